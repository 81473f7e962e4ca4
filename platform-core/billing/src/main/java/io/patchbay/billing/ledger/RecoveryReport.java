package io.patchbay.billing.ledger;

import java.time.Duration;

/**
 * What {@link Ledger#recover} released.
 *
 * @param reservations how many reservations of earlier processes were open
 * @param micro how many micro-credits they held
 * @param users how many accounts got credits back or had a free request open
 * @param took how long it took
 */
public record RecoveryReport(long reservations, long micro, int users, Duration took) {}
