package io.patchbay.billing.ledger;

import org.jspecify.annotations.Nullable;

/**
 * What a reservation holds.
 *
 * @param micro the credits held, in micro-credits; 0 when a plan pays
 * @param planItem the item of the plan that pays, or null when credits pay
 */
public record Held(long micro, @Nullable String planItem) {}
