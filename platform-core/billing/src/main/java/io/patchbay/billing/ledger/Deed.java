package io.patchbay.billing.ledger;

import io.patchbay.foundation.database.Database.Transaction;
import org.jspecify.annotations.Nullable;

/**
 * A change of an account that belongs together with rows of another room: a plan is bought, a code is used up. Both are
 * written in one transaction, on the ledger's committing thread.
 *
 * <p>Immutable, because a transaction may be tried more than once, and quick: others wait for the same transaction. What is
 * refused must be refused before any row is written: by {@link IllegalArgumentException} with a sentence for the user, or
 * by {@link InsufficientCredits}.
 *
 * @param <R> what the caller learns when it is durable
 */
public interface Deed<R extends @Nullable Object> {
    /** Returns what makes a repetition harmless, unique for all time: 1 to 64 printable ASCII characters. */
    String key();

    /** Returns whose account it is. */
    long userId();

    /** Returns the kind of its line in the ledger. */
    LedgerEntry.Kind kind();

    /** Returns who does it. */
    Actor actor();

    /**
     * Does it.
     *
     * @param tx the mappers of the transaction
     * @param till the account; must be used exactly once
     * @throws IllegalArgumentException with a sentence for the user when it cannot be done
     * @throws InsufficientCredits when the account has too little
     */
    R perform(Transaction tx, Till till);

    /**
     * Returns what {@link #perform} returned when it was done, for a caller who did not hear of it.
     *
     * @param recorded the line in the ledger
     */
    R repeated(Transaction tx, LedgerEntry recorded);
}
