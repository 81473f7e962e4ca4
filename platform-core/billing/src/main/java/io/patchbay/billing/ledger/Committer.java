package io.patchbay.billing.ledger;

import io.patchbay.foundation.database.DatabaseException;
import io.patchbay.foundation.problem.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Group commit: one platform thread takes all operations that wait, makes them durable in one transaction, and completes
 * their futures afterwards. While one transaction is written to disk the next batch gathers, so nobody waits on purpose.
 *
 * <p>A batch that fails is tried again one operation at a time, so that one bad operation does not harm the others. When
 * the database itself is away, what would lose money is kept and tried again for a while; the rest fails at once.
 *
 * <p>Safe for use by many threads.
 */
final class Committer implements AutoCloseable {
    /** Makes operations durable in one transaction; the results are in the order of the operations. */
    interface Journal {
        List<Result> write(List<? extends Operation<?>> operations);
    }

    /** What became of one operation: a value, or the reason why it was refused. */
    record Result(@Nullable Object value, @Nullable RuntimeException refusal) {}

    private static final Logger log = LoggerFactory.getLogger(Committer.class);

    /** So many single operations failing in a row mean that the database is away, not that they are bad. */
    private static final int FAILURES_THAT_MEAN_AWAY = 3;

    private static final int MAX_ATTEMPTS = 9;
    private static final long FIRST_PAUSE = Duration.ofMillis(100).toNanos();
    private static final long LONGEST_PAUSE = Duration.ofSeconds(5).toNanos();
    private static final Duration CLOSE_DEADLINE = Duration.ofSeconds(30);

    private final Journal journal;
    private final LedgerLimits limits;
    private final LinkedBlockingQueue<Pending<?>> queue;
    private final PriorityQueue<Pending<?>> retries; // used by the committing thread only
    private final LongAdder batches = new LongAdder();
    private final LongAdder operations = new LongAdder();
    private final Thread thread;
    private volatile boolean closing;
    private volatile boolean stopped;

    Committer(Journal journal, LedgerLimits limits) {
        this.journal = journal;
        this.limits = limits;
        this.queue = new LinkedBlockingQueue<>(limits.waitingAll());
        this.retries = new PriorityQueue<>((a, b) -> Long.compare(a.dueNanos - b.dueNanos, 0));
        this.thread = Thread.ofPlatform().name("ledger-commit").daemon().unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** Queues an operation. The future fails with a {@link Problem} when the queue is full or closed. */
    <R> CompletableFuture<R> submit(Operation<R> operation) {
        Pending<R> pending = new Pending<>(operation);
        if (closing) {
            pending.refuse(closed());
        } else if (!operation.precious() && queue.size() >= limits.waiting() || !queue.offer(pending)) {
            pending.refuse(Problem.unavailable("the ledger is busy; try again in a moment"));
        } else if (stopped && queue.remove(pending)) {
            pending.refuse(closed()); // it came between the last look into the queue and the end of the thread
        }
        return pending.future;
    }

    int waiting() {
        return queue.size();
    }

    long batches() {
        return batches.sum();
    }

    long operations() {
        return operations.sum();
    }

    /** Commits what waits, then stops. Calling it again does nothing. */
    @Override
    public void close() {
        closing = true;
        queue.offer(new Pending<>(null)); // wakes the thread; when the queue is full it is awake
        try {
            thread.join(CLOSE_DEADLINE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        List<Pending<?>> batch = new ArrayList<>();
        while (!(closing && queue.isEmpty() && retries.isEmpty())) {
            batch.clear();
            try {
                collect(batch);
                if (!batch.isEmpty()) {
                    commit(batch);
                }
            } catch (InterruptedException e) {
                // Nobody has a reason to interrupt this thread; close() ends it.
                log.warn("ledger: the committing thread was interrupted and goes on");
            } catch (Throwable e) { // the thread must outlive everything
                log.error("ledger: a batch of {} operations failed unexpectedly", batch.size(), e);
                batch.forEach(pending -> pending.fail(unavailable(e)));
            }
        }
        stopped = true;
        for (Pending<?> late = queue.poll(); late != null; late = queue.poll()) {
            late.fail(closed());
        }
    }

    private void collect(List<Pending<?>> batch) throws InterruptedException {
        long now = System.nanoTime();
        Pending<?> retry = retries.peek();
        while (retry != null && batch.size() < limits.batch() && (closing || retry.dueNanos - now <= 0)) {
            batch.add(retry);
            retries.remove();
            retry = retries.peek();
        }
        if (batch.isEmpty()) {
            Pending<?> first = retry == null ? queue.take() : queue.poll(retry.dueNanos - now, TimeUnit.NANOSECONDS);
            if (first != null) {
                batch.add(first);
            }
        }
        queue.drainTo(batch, limits.batch() - batch.size());
        batch.removeIf(pending -> pending.operation == null);
    }

    private void commit(List<Pending<?>> batch) {
        List<Result> results;
        try {
            results = journal.write(operations(batch));
        } catch (RuntimeException e) {
            if (batch.size() == 1 && !(e instanceof DatabaseException failure && failure.isUncertain())) {
                failed(batch.getFirst(), e);
            } else {
                log.warn(
                        "ledger: a batch of {} operations failed, trying one at a time: {}",
                        batch.size(),
                        e.toString());
                commitOneByOne(batch);
            }
            return;
        }
        batches.increment();
        operations.add(batch.size());
        complete(batch, results);
    }

    private void commitOneByOne(List<Pending<?>> batch) {
        int failures = 0;
        RuntimeException last = null;
        for (Pending<?> pending : batch) {
            if (last != null && failures >= FAILURES_THAT_MEAN_AWAY) {
                failed(pending, last);
                continue;
            }
            try {
                List<Result> results = journal.write(operations(List.of(pending)));
                batches.increment();
                operations.increment();
                complete(List.of(pending), results);
                failures = 0;
            } catch (RuntimeException e) {
                failures++;
                last = e;
                failed(pending, e);
            }
        }
    }

    private void failed(Pending<?> pending, RuntimeException cause) {
        pending.attempts++;
        if (!pending.precious()) {
            log.warn("ledger: {} failed: {}", pending.name(), cause.toString());
            pending.fail(unavailable(cause));
            return;
        }
        if (pending.attempts >= MAX_ATTEMPTS || closing) {
            log.error("ledger: gave up {} after {} attempts", pending.name(), pending.attempts, cause);
            pending.fail(unavailable(cause));
            return;
        }
        long pause = Math.min(LONGEST_PAUSE, FIRST_PAUSE << (pending.attempts - 1));
        pending.dueNanos = System.nanoTime() + pause;
        retries.add(pending);
    }

    private static List<Operation<?>> operations(List<Pending<?>> batch) {
        List<Operation<?>> operations = new ArrayList<>(batch.size());
        for (Pending<?> pending : batch) {
            operations.add(pending.operation());
        }
        return operations;
    }

    private static void complete(List<Pending<?>> batch, List<Result> results) {
        for (int i = 0; i < batch.size(); i++) {
            batch.get(i).complete(results.get(i));
        }
    }

    private static Problem closed() {
        return Problem.unavailable("the server is stopping");
    }

    private static RuntimeException unavailable(Throwable cause) {
        return new Problem(Problem.Kind.UNAVAILABLE, "the ledger cannot be written at the moment", Map.of(), cause);
    }

    /** An operation with the future of its caller. */
    private static final class Pending<R> {
        private final @Nullable Operation<R> operation;
        private final CompletableFuture<R> future = new CompletableFuture<>();
        private int attempts; // committing thread only
        private long dueNanos; // committing thread only

        private Pending(@Nullable Operation<R> operation) {
            this.operation = operation;
        }

        private Operation<R> operation() {
            if (operation == null) {
                throw new IllegalStateException("the closing mark is not an operation");
            }
            return operation;
        }

        private boolean precious() {
            return operation != null && operation.precious();
        }

        private String name() {
            if (operation == null) {
                return "nothing";
            }
            return operation.getClass().getSimpleName() + " of request " + operation.requestId();
        }

        private void complete(Result result) {
            tell(() -> take(result));
        }

        private void fail(Throwable cause) {
            tell(() -> future.completeExceptionally(cause));
        }

        /** Fails at once, before the caller has the future. */
        private void refuse(Throwable cause) {
            future.completeExceptionally(cause);
        }

        @SuppressWarnings("unchecked") // the value was made by the operation of the same type
        private void take(Result result) {
            if (result.refusal() != null) {
                future.completeExceptionally(result.refusal());
            } else {
                future.complete((R) result.value());
            }
        }

        private void tell(Runnable outcome) {
            if (operation == null || operation.awaited()) {
                outcome.run();
            } else {
                Thread.ofVirtual().name("ledger-outcome").start(outcome);
            }
        }
    }
}
