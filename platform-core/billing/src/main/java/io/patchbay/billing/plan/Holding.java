package io.patchbay.billing.plan;

import java.util.List;

/**
 * What a user has of a plan, as it is stored.
 *
 * @param subscription which plan and until when
 * @param usages the counters of its items, those of months that are over as well
 */
record Holding(Subscription subscription, List<PlanMapper.UsageRow> usages) {
    Holding {
        usages = List.copyOf(usages);
    }

    static Holding read(PlanMapper mapper, long userId) {
        PlanMapper.Row row = mapper.find(userId);
        return row == null
                ? new Holding(Subscription.none(userId), List.of())
                : new Holding(PlanRows.subscription(row), mapper.usages(userId));
    }
}
