/** The HTTP face of billing: balances, price rules and the administrator's user list. */
@NullMarked
package io.patchbay.billing.rest;

import org.jspecify.annotations.NullMarked;
