package io.patchbay.billing.plan;

import io.patchbay.billing.ledger.Actor;
import io.patchbay.billing.ledger.Deed;
import io.patchbay.billing.ledger.LedgerEntry;
import io.patchbay.billing.ledger.Till;
import io.patchbay.foundation.database.Database.Transaction;
import java.time.Instant;

/**
 * An administrator gives back the units a user has used. A deed although no credits move, because the account that is
 * locked meanwhile guards the counters, and the line in the ledger says who did it.
 */
record UsageDeed(String key, long userId, Actor actor, Instant now) implements Deed<Boolean> {
    @Override
    public LedgerEntry.Kind kind() {
        return LedgerEntry.Kind.PLAN;
    }

    @Override
    public Boolean perform(Transaction tx, Till till) {
        PlanMapper mapper = tx.mapper(PlanMapper.class);
        PlanMapper.Row row = mapper.find(userId);
        if (row == null || !PlanRows.subscription(row).active(now)) {
            throw new IllegalArgumentException("user is not subscribed");
        }
        till.pay(0, "used units given back by an administrator");
        mapper.releaseUsages(userId, now.toEpochMilli());
        return true;
    }

    @Override
    public Boolean repeated(Transaction tx, LedgerEntry recorded) {
        return true;
    }
}
