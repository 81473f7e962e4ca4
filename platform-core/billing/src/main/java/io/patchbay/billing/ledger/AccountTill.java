package io.patchbay.billing.ledger;

import org.jspecify.annotations.Nullable;

/** The {@link Till} of one deed. Confined to one attempt of one transaction. */
final class AccountTill implements Till {
    private final Deed<?> deed;
    private final Account account;
    private @Nullable EntryRow line;

    AccountTill(Deed<?> deed, Account account) {
        this.deed = deed;
        this.account = account;
    }

    @Override
    public long available() {
        return account.available();
    }

    @Override
    public long pay(long micro, String reason) {
        check(micro);
        if (micro > 0 && account.available() < micro) {
            throw new InsufficientCredits(account.available(), micro);
        }
        account.use(micro);
        return write(-micro, reason);
    }

    @Override
    public long credit(long micro, String reason) {
        check(micro);
        if (deed.kind() == LedgerEntry.Kind.REFUND) {
            account.use(-micro);
        } else {
            account.moveTo(Account.sum(account.balance(), micro));
        }
        return write(micro, reason);
    }

    /** Returns the line that the deed wrote. */
    EntryRow line() {
        if (line == null) {
            throw new IllegalStateException("the deed %s did not use its till".formatted(deed.key()));
        }
        return line;
    }

    private void check(long micro) {
        if (line != null) {
            throw new IllegalStateException("the deed %s used its till twice".formatted(deed.key()));
        }
        if (micro < 0) {
            throw new IllegalArgumentException("the amount of a deed is negative: " + micro);
        }
    }

    private long write(long micro, String reason) {
        line = EntryRow.of(
                deed.userId(), deed.key(), deed.kind(), micro, 0, account.balance(), deed.actor(), reason, null, null);
        return account.balance();
    }
}
