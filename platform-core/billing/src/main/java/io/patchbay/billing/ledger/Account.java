package io.patchbay.billing.ledger;

import io.patchbay.billing.Credits;

/** An account inside one transaction. Not safe for use by many threads. */
final class Account {
    /** No balance may leave this range, so that no sum over an account overflows. */
    private static final long MAX_BALANCE = 1_000 * Credits.MAX_MICRO;

    private final long userId;
    private final long version;
    private long balance;
    private long reserved;
    private long used;
    private boolean changed;

    Account(AccountRow row) {
        this.userId = row.userId();
        this.version = row.version();
        this.balance = row.balance();
        this.reserved = row.reserved();
        this.used = row.used();
    }

    boolean isNew() {
        return version == 0;
    }

    /** Returns the version that was read, 0 for an account that is new. */
    long version() {
        return version;
    }

    boolean isChanged() {
        return changed;
    }

    long balance() {
        return balance;
    }

    long available() {
        return balance - reserved;
    }

    /** Holds more or, with a negative amount, less. */
    void hold(long micro) {
        if (micro != 0) {
            reserved += micro;
            changed = true;
        }
    }

    /**
     * Ends a hold and charges a cost; returns what was charged.
     *
     * <p>Up to the hold the cost is always charged. Beyond it, it is charged as far as what is available stays at or
     * above minus the hold: running answers cannot be cut to the token, but a user must not be able to run up debts by
     * starting many of them.
     */
    long settle(long held, long cost) {
        long affordable = Math.max(held, available() + 2 * held);
        long charged = Math.min(cost, affordable);
        hold(-held);
        if (charged != 0) {
            balance -= charged;
            used += charged;
            changed = true;
        }
        return charged;
    }

    /** Takes credits that count as used or, with a negative amount, gives such credits back. */
    void use(long micro) {
        balance = sum(balance, -micro);
        used += micro;
        changed = true;
    }

    void moveTo(long micro) {
        balance = micro;
        changed = true;
    }

    /**
     * Returns the sum of a balance and a change.
     *
     * @throws IllegalArgumentException when the sum is beyond what an account can hold
     */
    static long sum(long balance, long micro) {
        long sum = balance + micro;
        if (sum > MAX_BALANCE || sum < -MAX_BALANCE) {
            throw new IllegalArgumentException("the balance would leave the range that an account can hold");
        }
        return sum;
    }

    AccountRow toRow() {
        return new AccountRow(userId, balance, reserved, used, version);
    }

    /** Returns the row as it is once this is written back. */
    AccountRow written() {
        return new AccountRow(userId, balance, reserved, used, isNew() || changed ? version + 1 : version);
    }

    Balance toBalance() {
        return new Balance(available(), reserved, used);
    }
}
