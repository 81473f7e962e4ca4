package io.patchbay.billing.ledger;

import org.jspecify.annotations.Nullable;

/**
 * One change of the ledger, waiting for its transaction. Immutable: a transaction may be tried more than once.
 *
 * @param <R> what the caller learns when the change is durable
 */
sealed interface Operation<R extends @Nullable Object> {
    /** Returns the request concerned, or null when there is none. */
    @Nullable
    String requestId();

    /** Returns the account concerned, or null when the reservation tells it. */
    @Nullable
    Long userId();

    /** Returns whether money or a hold is lost when this is given up, so that it is worth many attempts. */
    default boolean precious() {
        return true;
    }

    /**
     * Returns whether nothing but a waiting thread hangs on the outcome, so that it may be told on the thread that commits;
     * on the others may hang code of callers, which must hold up neither the next transaction nor each other.
     */
    default boolean awaited() {
        return false;
    }

    /**
     * Makes the change in the working set. A change that is refused throws before it has touched anything.
     *
     * @throws InsufficientCredits when the account cannot hold the amount
     * @throws IllegalArgumentException when the change contradicts what is recorded
     */
    R apply(Books books);

    /** Holds credits. */
    record Reserve(Reservation reservation) implements Operation<Held> {
        @Override
        public String requestId() {
            return reservation.requestId();
        }

        @Override
        public Long userId() {
            return reservation.userId();
        }

        @Override
        public boolean precious() {
            return false; // the caller is told, and nothing has been promised to anybody yet
        }

        @Override
        public boolean awaited() {
            return true;
        }

        @Override
        public Held apply(Books books) {
            return books.reserve(reservation);
        }
    }

    /** Holds more credits for a request that runs, as far as there are any. */
    record Extend(String requestId, long micro) implements Operation<Held> {
        @Override
        public @Nullable Long userId() {
            return null;
        }

        @Override
        public boolean precious() {
            return false; // the caller stops the request when it is not told
        }

        @Override
        public Held apply(Books books) {
            return books.extend(requestId, micro);
        }
    }

    /** Charges a served request. */
    record Settle(String requestId, Settlement settlement) implements Operation<Outcome> {
        @Override
        public @Nullable Long userId() {
            return null;
        }

        @Override
        public Outcome apply(Books books) {
            return books.settle(requestId, settlement);
        }
    }

    /** Gives back what a request held. */
    record Release(String requestId, String reason) implements Operation<Outcome> {
        @Override
        public @Nullable Long userId() {
            return null;
        }

        @Override
        public Outcome apply(Books books) {
            return books.release(requestId, reason);
        }
    }

    /** Adds to a balance, or sets it; the key makes a repetition harmless. */
    record Adjust(String key, long user, LedgerEntry.Kind kind, long micro, Actor actor, String reason)
            implements Operation<Balance> {
        @Override
        public @Nullable String requestId() {
            return null; // the key is no reservation
        }

        @Override
        public Long userId() {
            return user;
        }

        @Override
        public boolean precious() {
            return false; // somebody waits for the answer and can ask again
        }

        @Override
        public boolean awaited() {
            return true;
        }

        @Override
        public Balance apply(Books books) {
            return books.adjust(this);
        }
    }

    /** Changes an account together with rows of another room; applied alone, see {@link Ledger}. */
    record Act<R extends @Nullable Object>(Deed<R> deed) implements Operation<R> {
        @Override
        public @Nullable String requestId() {
            return null; // the key is no reservation
        }

        @Override
        public Long userId() {
            return deed.userId();
        }

        @Override
        public boolean precious() {
            return false; // somebody waits for the answer and can ask again
        }

        @Override
        public boolean awaited() {
            return true;
        }

        @Override
        public R apply(Books books) {
            return books.act(deed);
        }
    }
}
