package io.patchbay.billing.ledger;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the ledger knows between two transactions and need not read again: the reservations that this process opened and
 * did not close yet and, when it is the only one that writes accounts, the accounts that were used last.
 *
 * <p>None of it is relied upon, see {@link Books#trusting}. Confined to the committing thread.
 */
final class Remembered {
    /** Some 100 bytes each. */
    static final int ACCOUNTS = 4_096;

    private final boolean onlyWriter;
    private final Map<String, ReservationRow> open = new HashMap<>();
    private final Map<Long, AccountRow> accounts = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, AccountRow> eldest) {
            return size() > ACCOUNTS;
        }
    };

    /**
     * Remembers nothing yet.
     *
     * @param onlyWriter whether no other process writes accounts; else they are read, and locked, each time
     */
    Remembered(boolean onlyWriter) {
        this.onlyWriter = onlyWriter;
    }

    /** Returns a reservation that is open, or null when none is known. */
    @Nullable
    ReservationRow open(String requestId) {
        return open.get(requestId);
    }

    void put(ReservationRow row) {
        open.put(row.requestId(), row);
    }

    void forget(String requestId) {
        open.remove(requestId);
    }

    /** Returns an account, or null when it is not known. */
    @Nullable
    AccountRow account(long user) {
        return accounts.get(user);
    }

    void put(AccountRow row) {
        if (onlyWriter) {
            accounts.put(row.userId(), row);
        }
    }

    /** Forgets all accounts, after something went wrong. */
    void forgetAccounts() {
        accounts.clear();
    }
}
