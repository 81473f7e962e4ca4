package io.patchbay.billing.ledger;

import io.patchbay.billing.Credits;
import io.patchbay.foundation.database.Database;
import io.patchbay.foundation.database.DatabaseException;
import io.patchbay.foundation.database.Dialect;
import io.patchbay.foundation.ids.RequestId;
import io.patchbay.foundation.problem.Problem;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The credit accounts of all users and everything that ever changed them, in micro-credits.
 *
 * <p><b>Life of a request.</b> {@link #reserve} holds the estimated cost before any work is done, then either
 * {@link #settle} charges what it really cost or {@link #release} gives the hold back. Each step is keyed by the request
 * id and idempotent, and none returns (or completes its future) before it is durable. Every reservation, the free ones
 * included, ends with exactly one outcome; the first one asked for wins.
 *
 * <p><b>Check and hold are one step.</b> An account is read and locked, checked, and written back by an update that
 * matches only when nobody changed the account in between. Open reservations count against what is available, so any
 * number of parallel requests can hold no more than there is.
 *
 * <p><b>How far an account can be overdrawn.</b> A cost up to the hold is always charged. What goes beyond it is charged
 * only as far as the available credits stay at or above <em>minus this one hold</em>; the rest is written off and recorded
 * with the entry. Whatever requests do, what is available therefore never falls below minus the largest single
 * reservation, and neither does the balance; only an administrator can go lower. Always: cost = charged + written off.
 * Consuming never adds credits, and a user without an account has none.
 *
 * <p><b>Group commit.</b> A single thread takes all waiting operations and writes them in one transaction, so that
 * durability costs one disk write for many requests.
 *
 * <p>Safe for use by many threads. On SQLite there must be one ledger only; on MySQL several nodes may have one each.
 */
public final class Ledger implements AutoCloseable {
    private static final int ATTEMPTS = 5;

    private final Database database;
    private final NodeIdentity identity;
    private final InstantSource clock;
    private final Committer committer;

    /** Committing thread only. */
    private final Remembered remembered;

    private Ledger(Database database, NodeIdentity identity, InstantSource clock, LedgerLimits limits) {
        this.database = database;
        this.identity = identity;
        this.clock = clock;
        this.committer = new Committer(this::commit, limits);
        // A file of SQLite has one ledger; see above.
        this.remembered = new Remembered(database.dialect() == Dialect.SQLITE);
    }

    /** Returns the mapper types that the database must know. */
    public static List<Class<?>> mappers() {
        return List.of(LedgerMapper.class, RecoveryMapper.class, AuditMapper.class);
    }

    /** Starts the committing thread. The database stays the caller's and must outlive the ledger. */
    public static Ledger start(Database database, NodeIdentity identity, InstantSource clock) {
        return start(database, identity, clock, LedgerLimits.DEFAULT);
    }

    /** Starts the committing thread with other limits. */
    public static Ledger start(Database database, NodeIdentity identity, InstantSource clock, LedgerLimits limits) {
        Ledger ledger = new Ledger(database, identity, clock, limits);
        ledger.committer.start();
        return ledger;
    }

    /**
     * Holds credits, or a unit of a plan, for a request and returns what is held when that is durable. Repeating a call with the same request id, user and
     * amount does nothing.
     *
     * <p>Blocks, without reacting to interruption: a caller who left in between could not know whether to release. When
     * it fails with a {@link Problem} the hold may exist nevertheless; releasing it is allowed and right.
     *
     * @throws InsufficientCredits when less is available; nothing is held or recorded then
     * @throws PlanExhausted when nothing but a plan may pay and no unit is left; nothing is held or recorded then
     * @throws IllegalArgumentException when the request id is recorded with another user or amount
     * @throws Problem of kind UNAVAILABLE when too many operations wait, the database is away, or the ledger is closed
     */
    public Held reserve(Reservation reservation) {
        return await(committer.submit(new Operation.Reserve(reservation)));
    }

    /**
     * Holds more credits for a request that runs, as far as there are any, for an answer that becomes longer than was
     * expected. The future completes with what is then held in all, on a thread of its own. It fails as that of {@link
     * #settle}, and at once when the database is away.
     *
     * @param micro how much more is wanted, more than 0 micro-credits
     */
    public CompletableFuture<Held> extend(String requestId, long micro) {
        return committer.submit(new Operation.Extend(requestId, micro));
    }

    /**
     * Charges a request and ends its hold. The future completes when that is durable, on a virtual thread of its own.
     *
     * <p>Repeated, or called after a release, it changes nothing and completes with the first outcome. It fails with
     * {@link IllegalArgumentException} when the request has no reservation, and with a {@link Problem} of kind
     * UNAVAILABLE when the database stayed away for about twenty seconds; the reservation is then still open.
     */
    public CompletableFuture<Outcome> settle(String requestId, Settlement settlement) {
        return committer.submit(new Operation.Settle(requestId, settlement));
    }

    /**
     * Ends the hold of a request without charging anything. The future behaves as that of {@link #settle}.
     *
     * @param reason one line for the ledger, for example {@code upstream refused}
     */
    public CompletableFuture<Outcome> release(String requestId, String reason) {
        return committer.submit(new Operation.Release(requestId, reason));
    }

    /** Returns the balance of a user, all zero without an account. */
    public Balance balance(long userId) {
        AccountRow row = database.read(LedgerMapper.class, mapper -> mapper.account(userId));
        return row == null ? Balance.ZERO : row.toBalance();
    }

    /** Returns the balances of those of the users who have an account. */
    public Map<Long, Balance> balances(Collection<Long> userIds) {
        if (userIds.isEmpty()) {
            return Map.of();
        }
        Map<Long, Balance> balances = new HashMap<>();
        String users = userIds.stream().map(String::valueOf).collect(Collectors.joining(","));
        for (AccountRow row : database.read(LedgerMapper.class, mapper -> mapper.accounts(users))) {
            balances.put(row.userId(), row.toBalance());
        }
        return balances;
    }

    /** Returns how a request ended, or empty while it is open or when it is unknown. */
    public Optional<Outcome> outcome(String requestId) {
        EntryRow entry = database.read(LedgerMapper.class, mapper -> mapper.outcome(requestId));
        return entry == null ? Optional.empty() : Optional.of(Books.toOutcome(requestId, entry));
    }

    /**
     * Returns lines of an account, newest first.
     *
     * @param below only lines with a smaller {@link LedgerEntry#id}; {@link Long#MAX_VALUE} for the newest
     * @param limit at most so many, from 1 to 1,000
     */
    public List<LedgerEntry> entries(long userId, long below, int limit) {
        if (limit < 1 || limit > 1_000) {
            throw new IllegalArgumentException("limit must lie between 1 and 1000, is " + limit);
        }
        return database.read(LedgerMapper.class, mapper -> mapper.entries(userId, below, limit)).stream()
                .map(EntryRow::toEntry)
                .toList();
    }

    /**
     * Adds credits to an account, which is made when there is none, and returns its balance when that is durable. Each
     * call adds again.
     *
     * @param micro how much; a negative amount takes credits back and may overdraw the account
     * @throws IllegalArgumentException when the amount is beyond {@link Credits#MAX_MICRO} in either direction, or the
     *     balance would leave the range an account can hold
     * @throws Problem of kind UNAVAILABLE as for {@link #reserve}
     */
    public Balance credit(long userId, long micro, Actor actor, String reason) {
        return creditOnce(RequestId.next(), userId, micro, actor, reason);
    }

    /**
     * Adds credits as {@link #credit} does, but only once for each key, so that it can be repeated after a failure.
     *
     * @param key what the credits are for, for example {@code order:4711}; 1 to 64 printable ASCII characters
     */
    public Balance creditOnce(String key, long userId, long micro, Actor actor, String reason) {
        return adjust(new Operation.Adjust(key, userId, LedgerEntry.Kind.CREDIT, micro, actor, reason));
    }

    /**
     * Sets what an account owns ({@link Balance#owned}) and returns its balance when that is durable; running requests
     * keep what they hold. Otherwise as {@link #credit}.
     */
    public Balance setBalance(long userId, long micro, Actor actor, String reason) {
        return adjust(new Operation.Adjust(RequestId.next(), userId, LedgerEntry.Kind.SET, micro, actor, reason));
    }

    /**
     * Does a deed and returns when it is durable. A deed whose key is recorded is not done again.
     *
     * @throws IllegalArgumentException when the deed is refused
     * @throws InsufficientCredits when the account has too little
     * @throws Problem of kind UNAVAILABLE as for {@link #reserve}
     */
    public <R extends @Nullable Object> R perform(Deed<R> deed) {
        Keys.check("key of a deed", deed.key());
        return await(committer.submit(new Operation.Act<>(deed)));
    }

    /**
     * Gives back what a request was charged, once, and returns how much that was, in micro-credits.
     *
     * @throws IllegalArgumentException when the request is unknown, open, or was not charged
     * @throws Problem of kind UNAVAILABLE as for {@link #reserve}
     */
    public long refund(String requestId, Actor actor, String reason) {
        LedgerEntry outcome = charge(requestId)
                .map(Charge::outcome)
                .orElseThrow(() -> new IllegalArgumentException("request %s was not charged".formatted(requestId)));
        return perform(new Refund(requestId, outcome.userId(), actor, reason));
    }

    /** Returns all that is known of a request, or empty when it is unknown. */
    public Optional<Charge> charge(String requestId) {
        return database.read(LedgerMapper.class, mapper -> {
            List<ReservationRow> rows = mapper.reservations(List.of(requestId));
            if (rows.isEmpty()) {
                return Optional.empty();
            }
            ReservationRow row = rows.getFirst();
            EntryRow entry = mapper.outcome(requestId);
            return Optional.of(row.charge(entry == null ? null : entry.toEntry()));
        });
    }

    /**
     * A charged request.
     *
     * @param id the number of its line
     */
    public record Settled(long id, String requestId, Charge charge) {}

    /**
     * Returns charged requests of all users, oldest first.
     *
     * @param above only lines with a larger number
     * @param limit at most so many, from 1 to 1,000
     */
    public List<Settled> settled(long above, int limit) {
        return database.read(LedgerMapper.class, mapper -> {
            List<EntryRow> lines = mapper.settled(above, Math.clamp(limit, 1, 1_000));
            if (lines.isEmpty()) {
                return List.of();
            }
            Map<String, ReservationRow> rows = new HashMap<>();
            mapper.reservations(lines.stream().map(EntryRow::requestId).toList())
                    .forEach(row -> rows.put(row.requestId(), row));
            List<Settled> settled = new ArrayList<>(lines.size());
            for (EntryRow line : lines) {
                ReservationRow row = rows.get(line.requestId());
                if (row != null) { // always, says the audit
                    settled.add(new Settled(line.id(), line.requestId(), row.charge(line.toEntry())));
                }
            }
            return settled;
        });
    }

    /** Returns what was given back of the charge of a request, in micro-credits; 0 when nothing was. */
    public long refunded(String requestId) {
        EntryRow line =
                database.read(LedgerMapper.class, mapper -> mapper.entry(requestId, LedgerEntry.Kind.REFUND.name()));
        return line == null ? 0 : line.micro();
    }

    /**
     * Releases what earlier processes of this node left open. To be called once, after the start and before requests are
     * let in. The upstream's work for these requests is lost with the process that knew its cost, so nothing is charged.
     *
     * @param processStart when this process started; reservations made later by another process of the same node are
     *     left alone, because that process is alive
     */
    public RecoveryReport recover(Instant processStart) {
        return new Recovery(database, identity, clock).run(processStart);
    }

    /** Returns how many operations wait for their transaction. */
    public int waiting() {
        return committer.waiting();
    }

    /** Returns how many operations were committed since the start. */
    public long committedOperations() {
        return committer.operations();
    }

    /** Returns in how many transactions they were committed. */
    public long committedBatches() {
        return committer.batches();
    }

    /** Commits what waits and stops; later calls fail. Calling it again does nothing. */
    @Override
    public void close() {
        committer.close();
    }

    private Balance adjust(Operation.Adjust change) {
        long micro = change.micro();
        if (micro > Credits.MAX_MICRO || micro < -Credits.MAX_MICRO) {
            throw new IllegalArgumentException(
                    "amount must lie within %d micro-credits, is %d".formatted(Credits.MAX_MICRO, micro));
        }
        Keys.check("key of a credit", change.key());
        return await(committer.submit(change));
    }

    /** Makes operations durable in one transaction; called by the committing thread only. */
    List<Committer.Result> commit(List<? extends Operation<?>> operations) {
        List<List<Operation<?>>> runs = runs(operations);
        boolean several = runs.size() > 1;
        if (several) {
            remembered.forgetAccounts(); // a deed writes accounts itself
        }
        for (int attempt = 1; ; attempt++) {
            // What is remembered is of before the transaction: a run must see what the one before it has written.
            boolean careful = several || attempt > 1;
            try {
                Committed committed = database.write(tx -> commit(tx, runs, careful));
                committed.books().forEach(books -> books.remember(remembered));
                return committed.results();
            } catch (ConcurrentChange | DatabaseException e) {
                remembered.forgetAccounts();
                boolean again = !(e instanceof DatabaseException failure) || failure.isDuplicate();
                if (attempt == ATTEMPTS || !again) {
                    throw e;
                }
            }
        }
    }

    /** One attempt. All state is made anew here: the database may run this more than once. */
    private Committed commit(Database.Transaction tx, List<List<Operation<?>>> runs, boolean careful) {
        List<Committer.Result> results = new ArrayList<>();
        List<Books> written = new ArrayList<>();
        for (List<Operation<?>> run : runs) {
            Books books = careful
                    ? Books.careful(tx, identity, clock.millis(), run)
                    : Books.trusting(tx, identity, clock.millis(), run, remembered);
            run.forEach(operation -> results.add(apply(operation, books)));
            books.flush();
            written.add(books);
        }
        return new Committed(results, written);
    }

    private record Committed(List<Committer.Result> results, List<Books> books) {}

    /** A deed reads and writes rows itself, so what came before it must have been written, and nothing read yet. */
    private static List<List<Operation<?>>> runs(List<? extends Operation<?>> operations) {
        List<List<Operation<?>>> runs = new ArrayList<>();
        boolean open = false;
        for (Operation<?> operation : operations) {
            boolean deed = operation instanceof Operation.Act<?>;
            if (deed || !open) {
                runs.add(new ArrayList<>());
            }
            runs.getLast().add(operation);
            open = !deed;
        }
        return runs;
    }

    private static Committer.Result apply(Operation<?> operation, Books books) {
        try {
            return new Committer.Result(operation.apply(books), null);
        } catch (InsufficientCredits | PlanExhausted | IllegalArgumentException | IllegalStateException refusal) {
            return new Committer.Result(null, refusal); // concerns this operation only; the others go on
        }
    }

    private static <R extends @Nullable Object> R await(CompletableFuture<R> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }
}
