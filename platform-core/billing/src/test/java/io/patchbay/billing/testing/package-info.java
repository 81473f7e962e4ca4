/** What the tests of billing share. */
package io.patchbay.billing.testing;
