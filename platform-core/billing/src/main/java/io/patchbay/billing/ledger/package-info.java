/** The credit ledger: durable reserve, settle and release by request id, with recovery and an audit of its invariants. */
@NullMarked
package io.patchbay.billing.ledger;

import org.jspecify.annotations.NullMarked;
