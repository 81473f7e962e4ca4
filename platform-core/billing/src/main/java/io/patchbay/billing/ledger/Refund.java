package io.patchbay.billing.ledger;

import io.patchbay.foundation.database.Database.Transaction;

/** Gives back what a request was charged; its key is the request, so that it happens once. */
record Refund(String key, long userId, Actor actor, String reason) implements Deed<Long> {
    @Override
    public LedgerEntry.Kind kind() {
        return LedgerEntry.Kind.REFUND;
    }

    @Override
    public Long perform(Transaction tx, Till till) {
        EntryRow outcome = tx.mapper(LedgerMapper.class).outcome(key);
        long charged = outcome == null || outcome.userId() != userId ? 0 : -outcome.micro();
        if (charged <= 0) {
            throw new IllegalArgumentException("request %s was not charged".formatted(key));
        }
        till.credit(charged, reason);
        return charged;
    }

    @Override
    public Long repeated(Transaction tx, LedgerEntry recorded) {
        return recorded.micro();
    }
}
