package io.patchbay.billing.ledger;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The accounts that one transaction works on. Every one that is changed is written back only if nobody else has changed it,
 * so that believing what is remembered costs at worst another attempt.
 *
 * <p>Confined to one thread and one attempt of one transaction.
 */
final class AccountBooks {
    private final LedgerMapper mapper;
    private final Map<Long, Account> accounts = new LinkedHashMap<>();
    private final Set<Long> believed = new TreeSet<>();

    AccountBooks(LedgerMapper mapper) {
        this.mapper = mapper;
    }

    /** Takes those of the accounts that are remembered, without looking. */
    void believe(Collection<Long> users, Remembered remembered) {
        for (Long user : users) {
            AccountRow row = remembered.account(user);
            if (row != null && believed.add(user)) {
                accounts.put(user, new Account(row));
            }
        }
    }

    /** Reads those of the accounts that are not here yet, and locks them until the transaction ends. */
    void lock(Collection<Long> users) {
        Set<Long> unknown = new TreeSet<>(users);
        unknown.removeAll(accounts.keySet());
        if (!unknown.isEmpty()) {
            String list = unknown.stream().map(String::valueOf).collect(Collectors.joining(","));
            mapper.lockAccounts(list).forEach(row -> accounts.put(row.userId(), new Account(row)));
        }
    }

    @Nullable
    Account find(long user) {
        return accounts.get(user);
    }

    Account create(long user) {
        return put(user, new Account(new AccountRow(user, 0, 0, 0, 0)));
    }

    Account put(long user, Account account) {
        accounts.put(user, account);
        return account;
    }

    /**
     * Looks whether an account that was believed is as it was remembered. To be called before somebody is refused: what
     * is refused is not written, so no row would object.
     *
     * @throws ConcurrentChange when it is not
     */
    void confirm(long user) {
        if (!believed.remove(user)) {
            return;
        }
        AccountRow row = mapper.account(user);
        Account account = accounts.get(user);
        if (row == null || account == null || row.version() != account.version()) {
            throw new ConcurrentChange("an account");
        }
    }

    /**
     * Writes back what was changed.
     *
     * @throws ConcurrentChange when somebody else was faster with an account
     */
    void flush(LedgerRows rows, long now) {
        List<AccountRow> changed = new ArrayList<>();
        for (Account account : accounts.values()) {
            if (account.isNew()) {
                mapper.insertAccount(account.toRow(), now);
            } else if (account.isChanged()) {
                changed.add(account.toRow());
            }
        }
        if (!rows.updateAccounts(changed)) {
            throw new ConcurrentChange("an account");
        }
    }

    /** Has the accounts remembered as they were written. */
    void remember(Remembered remembered) {
        accounts.values().forEach(account -> remembered.put(account.written()));
    }
}
