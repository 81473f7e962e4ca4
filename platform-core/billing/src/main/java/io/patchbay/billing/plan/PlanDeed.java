package io.patchbay.billing.plan;

import io.patchbay.billing.ledger.Actor;
import io.patchbay.billing.ledger.Deed;
import io.patchbay.billing.ledger.LedgerEntry;
import io.patchbay.billing.ledger.Till;
import io.patchbay.foundation.database.Database.Transaction;
import java.time.Instant;
import java.util.function.Function;

/**
 * A change of a subscription with its price, in one transaction. The account of the user is locked meanwhile, so no two
 * changes of one subscription overlap.
 *
 * @param change from what is stored to a quote; throws {@link IllegalArgumentException} to refuse
 * @param reason begins the line in the ledger
 */
record PlanDeed(String key, long userId, Actor actor, Function<Holding, Quote> change, String reason, Instant now)
        implements Deed<Subscription> {
    @Override
    public LedgerEntry.Kind kind() {
        return LedgerEntry.Kind.PLAN;
    }

    @Override
    public Subscription perform(Transaction tx, Till till) {
        PlanMapper mapper = tx.mapper(PlanMapper.class);
        Quote quote = change.apply(Holding.read(mapper, userId));
        Subscription after = quote.after();
        till.pay(
                quote.micro(),
                "%s: %s, until %s".formatted(reason, Subscription.group(after.level()), after.expiresAt()));
        PlanMapper.Row row = PlanRows.row(after);
        mapper.delete(userId);
        mapper.insert(row, now.toEpochMilli());
        if (quote.kind() == Quote.Kind.BUY) {
            mapper.forgetUsages(userId);
        }
        return PlanRows.subscription(row);
    }

    @Override
    public Subscription repeated(Transaction tx, LedgerEntry recorded) {
        return Holding.read(tx.mapper(PlanMapper.class), userId).subscription();
    }
}
