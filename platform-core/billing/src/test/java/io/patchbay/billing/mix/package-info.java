/** Everything that moves money, at once. */
@org.jspecify.annotations.NullMarked
package io.patchbay.billing.mix;
