package io.patchbay.billing.plan;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How many units of each item a user has used in a running month. Immutable.
 *
 * @param byItem what is not named is not used
 */
record UnitsUsed(Map<String, Long> byItem) {
    private static final int DECIMALS = 16;

    UnitsUsed {
        byItem = Map.copyOf(byItem);
    }

    /** Returns what was counted since the running month began; counters of older months count no more. */
    static UnitsUsed since(Instant begin, List<PlanMapper.UsageRow> rows) {
        Map<String, Long> used = new HashMap<>();
        for (PlanMapper.UsageRow row : rows) {
            if (row.windowStart() >= begin.toEpochMilli()) {
                used.put(row.item(), row.used());
            }
        }
        return new UnitsUsed(used);
    }

    long of(PlanItem item) {
        return byItem.getOrDefault(item.id(), 0L);
    }

    /**
     * Returns how much of a plan's month is used: the part of the item of which most is used, from 0 to 1. Items without
     * a limit, or of which the plan has nothing, count for nothing.
     */
    BigDecimal share(Plan plan) {
        BigDecimal most = BigDecimal.ZERO;
        for (PlanItem item : plan.items()) {
            if (item.value() > 0) {
                // Up, so that nothing that was used can be had for time as well.
                BigDecimal share = BigDecimal.valueOf(of(item))
                        .divide(BigDecimal.valueOf(item.value()), DECIMALS, RoundingMode.UP);
                most = most.max(share);
            }
        }
        return most.min(BigDecimal.ONE);
    }
}
