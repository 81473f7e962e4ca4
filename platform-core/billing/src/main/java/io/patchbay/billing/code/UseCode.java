package io.patchbay.billing.code;

import io.patchbay.billing.ledger.Actor;
import io.patchbay.billing.ledger.Deed;
import io.patchbay.billing.ledger.LedgerEntry;
import io.patchbay.billing.ledger.Till;
import io.patchbay.foundation.database.Database.Transaction;
import io.patchbay.foundation.database.DatabaseException;
import java.time.Instant;

/**
 * A user uses a code: the use is counted and recorded and the account credited in one transaction.
 *
 * <p>The row of the code is locked before it is judged. Two codes of one type have two rows, so when a user takes both
 * at once on two nodes, the unique index refuses the second. The ledger then does the whole transaction again, and this
 * time the first use is seen.
 *
 * @param key names this one attempt
 * @param what which kind of code is expected
 * @param code the text of the user, printable ASCII
 * @param now when he used it
 */
record UseCode(String key, long userId, Actor actor, CodeKind what, String code, Instant now) implements Deed<Long> {
    @Override
    public LedgerEntry.Kind kind() {
        return what.line();
    }

    @Override
    public Long perform(Transaction tx, Till till) {
        CodeMapper mapper = tx.mapper(CodeMapper.class);
        CodeMapper.Worth worth = usable(mapper);
        // The till may still refuse, and writes nothing yet; from here on nothing may be refused.
        till.credit(worth.micro(), reason(worth));
        if (mapper.take(code, now.toEpochMilli()) != 1) {
            throw new DatabaseException("a code was used by somebody else although its row was locked", null);
        }
        mapper.record(code, userId, worth, now.toEpochMilli());
        return worth.micro();
    }

    private CodeMapper.Worth usable(CodeMapper mapper) {
        CodeMapper.Worth worth = mapper.lock(code);
        if (worth == null || !what.fits(worth.type())) {
            throw what.unknown();
        }
        if (worth.uses() >= worth.maxUses()) {
            throw what.usedUp();
        }
        if (worth.expiresAt() != null && !worth.expiresAt().isAfter(now)) {
            throw what.expired();
        }
        int before = worth.type() == null ? mapper.usesBy(code, userId) : mapper.usesOfType(userId, worth.type());
        if (before > 0) {
            throw what.again();
        }
        return worth;
    }

    /** The line is read by people, so it names the batch and not the code, which others may still use. */
    private String reason(CodeMapper.Worth worth) {
        return worth.type() == null
                ? "%s of batch %s".formatted(what.title(), worth.batch())
                : "%s of type %s, batch %s".formatted(what.title(), worth.type(), worth.batch());
    }

    @Override
    public Long repeated(Transaction tx, LedgerEntry recorded) {
        return recorded.micro();
    }

    /** Returns a text without the code, which is money. */
    @Override
    public String toString() {
        return "%s of user %d, attempt %s".formatted(what.title(), userId, key);
    }
}
