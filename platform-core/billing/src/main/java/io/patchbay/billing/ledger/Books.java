package io.patchbay.billing.ledger;

import io.patchbay.foundation.database.Database.Transaction;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The accounts and reservations that one transaction works on: read and locked first, changed in memory in the order of
 * the operations, written back at the end. Many operations on one account thus cost one update.
 *
 * <p>Confined to one thread and one attempt of one transaction.
 */
final class Books {
    private final Transaction tx;
    private final LedgerMapper mapper;
    private final NodeIdentity identity;
    private final long now;
    private final AccountBooks accounts;
    private final Map<String, ReservationRow> reservations = new HashMap<>();
    private final Map<String, Outcome> outcomes = new HashMap<>();
    private final Set<String> adjusted = new HashSet<>();
    private final PlanBooks plans;
    private final Set<String> opened = new LinkedHashSet<>();
    /** What reservations held before they were extended. */
    private final Map<String, Long> extended = new LinkedHashMap<>();

    private final List<ReservationRow> closed = new ArrayList<>();
    private final List<EntryRow> entries = new ArrayList<>();

    private Books(Transaction tx, NodeIdentity identity, long now) {
        this.tx = tx;
        this.mapper = tx.mapper(LedgerMapper.class);
        this.accounts = new AccountBooks(mapper);
        this.plans = new PlanBooks(mapper);
        this.identity = identity;
        this.now = now;
    }

    /** Reads all that the operations concern, and locks the accounts until the transaction ends. */
    static Books careful(
            Transaction tx, NodeIdentity identity, long now, Collection<? extends Operation<?>> operations) {
        Books books = new Books(tx, identity, now);
        Set<String> requests = new TreeSet<>();
        for (Operation<?> operation : operations) {
            String request = operation.requestId();
            if (request != null) {
                requests.add(request);
            }
        }
        books.readReservations(requests);
        books.lockAccounts(operations);
        return books;
    }

    /**
     * As {@link #careful}, but believes what is remembered of reservations and accounts, and that new requests have no
     * reservation yet. When that is wrong the rows themselves refuse to be written, and nothing of the transaction lasts.
     */
    static Books trusting(
            Transaction tx,
            NodeIdentity identity,
            long now,
            Collection<? extends Operation<?>> operations,
            Remembered remembered) {
        Books books = new Books(tx, identity, now);
        Set<String> unknown = new TreeSet<>();
        for (Operation<?> operation : operations) {
            String request = operation.requestId();
            ReservationRow row = request == null ? null : remembered.open(request);
            if (row != null) {
                books.reservations.put(row.requestId(), row);
            } else if (request != null && !(operation instanceof Operation.Reserve)) {
                unknown.add(request);
            }
        }
        books.readReservations(unknown);
        books.accounts.believe(books.callers(operations), remembered);
        books.lockAccounts(operations);
        return books;
    }

    private void readReservations(Set<String> requests) {
        if (!requests.isEmpty()) {
            mapper.reservations(requests).forEach(row -> reservations.put(row.requestId(), row));
        }
    }

    private void lockAccounts(Collection<? extends Operation<?>> operations) {
        Set<Long> users = new TreeSet<>();
        for (Operation<?> operation : operations) {
            Long user = operation.userId();
            if (user != null) {
                users.add(user);
            }
        }
        reservations.values().forEach(row -> users.add(row.userId()));
        accounts.lock(users);
        plans.read(planned(operations));
    }

    /** Whose accounts only calls concern. What changes accounts otherwise is rare, and deserves a look. */
    private Set<Long> callers(Collection<? extends Operation<?>> operations) {
        Set<Long> users = new TreeSet<>();
        Set<Long> others = new TreeSet<>();
        reservations.values().forEach(row -> users.add(row.userId()));
        for (Operation<?> operation : operations) {
            Long user = operation.userId();
            if (user != null) {
                (operation instanceof Operation.Reserve ? users : others).add(user);
            }
        }
        users.removeAll(others);
        return users;
    }

    /** Whose counters may change: those who want to pay by a plan, and those whose reservation was paid by one. */
    private Set<Long> planned(Collection<? extends Operation<?>> operations) {
        Set<Long> users = new TreeSet<>();
        for (Operation<?> operation : operations) {
            if (operation instanceof Operation.Reserve(Reservation wish) && wish.plan() != null) {
                users.add(wish.userId());
            }
        }
        reservations.values().stream().filter(ReservationRow::byPlan).forEach(row -> users.add(row.userId()));
        return users;
    }

    Held reserve(Reservation wish) {
        ReservationRow known = reservations.get(wish.requestId());
        if (known != null) {
            return repeated(wish, known);
        }
        PlanUnit unit = wish.plan();
        boolean byPlan = unit != null && plans.take(wish.userId(), unit);
        long micro = byPlan ? 0 : wish.micro();
        Account account = accounts.find(wish.userId());
        long available = account == null ? 0 : account.available();
        PlanUnit exhausted = !byPlan && unit != null && unit.alone() ? unit : null;
        // A free request is let in even when the account is overdrawn; it makes the account when there is none.
        if (exhausted != null || micro > 0 && available < micro) {
            // The request may be a repetition whose first call used up the credits, which trusting has not looked for.
            readReservations(Set.of(wish.requestId()));
            known = reservations.get(wish.requestId());
            if (known != null) {
                return repeated(wish, known);
            }
            accounts.confirm(wish.userId());
            throw exhausted != null ? new PlanExhausted(exhausted) : new InsufficientCredits(available, micro);
        }
        if (account == null) {
            account = accounts.create(wish.userId());
        }
        account.hold(micro);
        ReservationRow row = row(wish, micro, byPlan ? unit : null);
        reservations.put(row.requestId(), row);
        opened.add(row.requestId());
        return row.held();
    }

    private ReservationRow row(Reservation wish, long micro, @Nullable PlanUnit taken) {
        return new ReservationRow(
                wish.requestId(),
                wish.userId(),
                micro,
                wish.model(),
                wish.tag().version(),
                identity.node(),
                identity.process(),
                ReservationRow.OPEN,
                wish.at().toEpochMilli(),
                wish.tag().group(),
                wish.tag().at().toEpochMilli(),
                taken == null ? null : taken.item(),
                taken == null || taken.unlimited() ? null : plans.window(wish.userId(), taken));
    }

    private static Held repeated(Reservation wish, ReservationRow known) {
        boolean same = known.byPlan()
                ? wish.plan() != null && wish.plan().item().equals(known.planItem())
                : known.micro() == wish.micro();
        if (known.userId() != wish.userId() || !same) {
            throw new IllegalArgumentException(
                    "request %s is already recorded with another user or amount".formatted(wish.requestId()));
        }
        return known.held();
    }

    Held extend(String requestId, long micro) {
        ReservationRow row = reservation(requestId);
        if (!row.open() || row.byPlan()) {
            return row.held();
        }
        Account account = holder(row);
        long more = Math.clamp(account.available(), 0, micro);
        if (more > 0) {
            account.hold(more);
            extended.putIfAbsent(requestId, row.micro());
            row = row.holding(row.micro() + more);
            reservations.put(requestId, row);
        }
        return row.held();
    }

    Outcome settle(String requestId, Settlement settlement) {
        ReservationRow row = reservation(requestId);
        if (!row.open()) {
            return recordedOutcome(requestId);
        }
        Account account = holder(row);
        long cost = row.byPlan() ? 0 : settlement.micro();
        long charged = account.settle(row.micro(), cost);
        long writtenOff = cost - charged;
        entries.add(EntryRow.of(
                row.userId(),
                requestId,
                LedgerEntry.Kind.SETTLE,
                -charged,
                writtenOff,
                account.balance(),
                Actor.SERVER,
                settlement.note(),
                row,
                settlement));
        return close(row, new Outcome(requestId, Outcome.Kind.SETTLED, charged, writtenOff, account.balance()));
    }

    Outcome release(String requestId, String reason) {
        ReservationRow row = reservation(requestId);
        if (!row.open()) {
            return recordedOutcome(requestId);
        }
        Account account = holder(row);
        account.hold(-row.micro());
        plans.giveBack(row);
        entries.add(EntryRow.of(
                row.userId(),
                requestId,
                LedgerEntry.Kind.RELEASE,
                0,
                0,
                account.balance(),
                Actor.SERVER,
                reason,
                row,
                null));
        return close(row, new Outcome(requestId, Outcome.Kind.RELEASED, 0, 0, account.balance()));
    }

    Balance adjust(Operation.Adjust change) {
        Account known = accounts.find(change.user());
        if (adjusted.contains(change.key())
                || mapper.entryOf(change.key(), change.kind().name()) > 0) {
            return known == null ? Balance.ZERO : known.toBalance();
        }
        long before = known == null ? 0 : known.balance();
        long after = change.kind() == LedgerEntry.Kind.SET ? change.micro() : Account.sum(before, change.micro());
        Account account = known == null ? accounts.create(change.user()) : known;
        account.moveTo(after);
        adjusted.add(change.key());
        entries.add(EntryRow.of(
                change.user(),
                change.key(),
                change.kind(),
                after - before,
                0,
                after,
                change.actor(),
                change.reason(),
                null,
                null));
        return account.toBalance();
    }

    <R extends @Nullable Object> R act(Deed<R> deed) {
        EntryRow done = mapper.entry(deed.key(), deed.kind().name());
        if (done != null) {
            return deed.repeated(tx, done.toEntry());
        }
        Account known = accounts.find(deed.userId());
        Account account = known == null ? new Account(new AccountRow(deed.userId(), 0, 0, 0, 0)) : known;
        AccountTill till = new AccountTill(deed, account);
        R result = deed.perform(tx, till);
        accounts.put(deed.userId(), account); // not before, because a refused deed makes no account
        entries.add(till.line());
        return result;
    }

    /**
     * Writes everything back.
     *
     * @throws ConcurrentChange when another node was faster with an account or a reservation
     */
    void flush() {
        LedgerRows rows = new LedgerRows(tx, now);
        accounts.flush(rows, now);
        rows.insertReservations(opened.stream().map(this::reservation).toList());
        extended.keySet().removeAll(opened);
        List<LedgerRows.Extended> holds = new ArrayList<>();
        extended.forEach((request, before) -> holds.add(
                new LedgerRows.Extended(request, before, reservation(request).micro())));
        if (!rows.extendReservations(holds)) {
            throw new ConcurrentChange("a reservation");
        }
        plans.flush(now);
        if (!rows.closeReservations(closed)) {
            throw new ConcurrentChange("a reservation");
        }
        rows.insertEntries(entries);
    }

    /** Has remembered what was written, after the transaction was committed. */
    void remember(Remembered remembered) {
        for (ReservationRow row : reservations.values()) {
            if (row.open() && row.process().equals(identity.process())) {
                remembered.put(row);
            } else {
                remembered.forget(row.requestId());
            }
        }
        accounts.remember(remembered);
    }

    private ReservationRow reservation(String requestId) {
        ReservationRow row = reservations.get(requestId);
        if (row == null) {
            throw new IllegalArgumentException("request %s has no reservation".formatted(requestId));
        }
        return row;
    }

    private Account holder(ReservationRow row) {
        Account account = accounts.find(row.userId());
        if (account == null) {
            throw new IllegalStateException(
                    "account %d of request %s is missing".formatted(row.userId(), row.requestId()));
        }
        return account;
    }

    private Outcome close(ReservationRow row, Outcome outcome) {
        ReservationRow after = row.closed(outcome.kind());
        reservations.put(row.requestId(), after);
        closed.add(after);
        outcomes.put(row.requestId(), outcome);
        return outcome;
    }

    private Outcome recordedOutcome(String requestId) {
        Outcome outcome = outcomes.get(requestId);
        if (outcome == null) {
            outcome = toOutcome(requestId, mapper.outcome(requestId));
            outcomes.put(requestId, outcome);
        }
        return outcome;
    }

    /** Returns the outcome that a line of the ledger records. */
    static Outcome toOutcome(String requestId, @Nullable EntryRow entry) {
        if (entry == null) {
            throw new IllegalStateException("request %s is closed without an outcome".formatted(requestId));
        }
        Outcome.Kind kind =
                entry.kind().equals(LedgerEntry.Kind.SETTLE.name()) ? Outcome.Kind.SETTLED : Outcome.Kind.RELEASED;
        return new Outcome(requestId, kind, -entry.micro(), entry.writtenOff(), entry.balanceAfter());
    }
}
