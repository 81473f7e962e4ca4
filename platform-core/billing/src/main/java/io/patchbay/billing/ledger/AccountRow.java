package io.patchbay.billing.ledger;

/** One row of the table credit_account; components in the order of the columns selected. */
record AccountRow(long userId, long balance, long reserved, long used, long version) {
    Balance toBalance() {
        return new Balance(balance - reserved, reserved, used);
    }
}
