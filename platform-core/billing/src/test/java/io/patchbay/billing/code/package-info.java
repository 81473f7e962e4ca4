/** Tests of codes, and what they share. */
package io.patchbay.billing.code;
