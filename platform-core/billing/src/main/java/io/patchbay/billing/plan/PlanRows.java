package io.patchbay.billing.plan;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;

/** Subscriptions as rows. */
final class PlanRows {
    private static final int MILLIONTHS = 6;

    private PlanRows() {}

    static Subscription subscription(PlanMapper.Row row) {
        return new Subscription(
                row.userId(),
                row.level(),
                Instant.ofEpochMilli(row.expiresAt()),
                Instant.ofEpochMilli(row.anchorAt()),
                row.totalMonth(),
                row.enterprise(),
                BigDecimal.valueOf(row.paidShare(), MILLIONTHS).stripTrailingZeros());
    }

    static PlanMapper.Row row(Subscription subscription) {
        return new PlanMapper.Row(
                subscription.userId(),
                subscription.level(),
                subscription.expiresAt().toEpochMilli(),
                subscription.anchorAt().toEpochMilli(),
                subscription.totalMonths(),
                subscription.enterprise(),
                subscription
                        .paidShare()
                        .movePointRight(MILLIONTHS)
                        .setScale(0, RoundingMode.DOWN)
                        .longValueExact());
    }
}
