package io.patchbay.billing.ledger;

import static io.patchbay.billing.testing.LedgerFixture.settlement;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.patchbay.foundation.database.DatabaseException;
import io.patchbay.foundation.problem.Problem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class CommitterTest {
    private static final LedgerLimits LIMITS = new LedgerLimits(100, 4, 8);

    @Test
    void whatGathersWhileATransactionRunsGoesIntoTheNextOne() {
        try (Journal journal = new Journal();
                Committer committer = journal.committer(LIMITS)) {
            CompletableFuture<?> first = committer.submit(settle("a"));
            journal.awaitEntered(1);
            CompletableFuture<?> second = committer.submit(settle("b"));
            CompletableFuture<?> third = committer.submit(settle("c"));
            assertThat(first).isNotDone();

            journal.letThrough(2);

            assertThat(CompletableFuture.allOf(first, second, third)).succeedsWithin(java.time.Duration.ofSeconds(10));
            assertThat(journal.batches).containsExactly(List.of("a"), List.of("b", "c"));
            assertThat(committer.batches()).isEqualTo(2);
            assertThat(committer.operations()).isEqualTo(3);
        }
    }

    @Test
    void oneBadOperationDoesNotHarmTheOthers() {
        try (Journal journal = new Journal();
                Committer committer = journal.committer(LIMITS)) {
            journal.failing = names -> names.contains("bad");
            CompletableFuture<?> first = committer.submit(settle("a"));
            journal.awaitEntered(1);
            CompletableFuture<?> good = committer.submit(settle("good"));
            CompletableFuture<?> bad = committer.submit(reserve("bad"));
            CompletableFuture<?> better = committer.submit(settle("better"));

            journal.letThrough(100);

            assertThat(CompletableFuture.allOf(first, good, better)).succeedsWithin(java.time.Duration.ofSeconds(10));
            assertThatThrownBy(bad::join)
                    .hasCauseInstanceOf(Problem.class)
                    .hasMessageContaining("the ledger cannot be written");
        }
    }

    @Test
    void outcomesAreKeptUntilTheDatabaseIsBack() {
        try (Journal journal = new Journal();
                Committer committer = journal.committer(LIMITS)) {
            journal.failing = names -> true;
            journal.letThrough(1_000);
            CompletableFuture<?> outcome = committer.submit(settle("a"));
            CompletableFuture<?> reservation = committer.submit(reserve("b"));
            assertThatThrownBy(reservation::join).hasCauseInstanceOf(Problem.class);

            journal.failing = names -> false;

            assertThat(outcome).succeedsWithin(java.time.Duration.ofSeconds(10));
        }
    }

    @Test
    void aFullQueueRefusesReservationsFirst() {
        try (Journal journal = new Journal();
                Committer committer = journal.committer(LIMITS)) {
            committer.submit(settle("running"));
            journal.awaitEntered(1);
            List<CompletableFuture<?>> waiting = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                waiting.add(committer.submit(reserve("r" + i)));
            }

            CompletableFuture<?> refused = committer.submit(reserve("one too many"));
            for (int i = 0; i < 4; i++) {
                waiting.add(committer.submit(settle("s" + i)));
            }
            CompletableFuture<?> refusedToo = committer.submit(settle("far too many"));

            assertThatThrownBy(refused::join)
                    .hasCauseInstanceOf(Problem.class)
                    .hasMessageContaining("the ledger is busy");
            assertThat(refusedToo).isCompletedExceptionally();
            journal.letThrough(100);
            assertThat(CompletableFuture.allOf(waiting.toArray(CompletableFuture[]::new)))
                    .succeedsWithin(java.time.Duration.ofSeconds(10));
        }
    }

    /** What may not be awaited by a thread: its caller may go on with anything. */
    private enum Unawaited {
        SETTLE(settle("a")),
        EXTEND(new Operation.Extend("a", 1)),
        RELEASE(new Operation.Release("a", "no answer"));

        final Operation<?> operation;

        Unawaited(Operation<?> operation) {
            this.operation = operation;
        }
    }

    @ParameterizedTest
    @EnumSource
    void slowCodeOfACallerDoesNotHoldUpOthers(Unawaited unawaited) {
        slowCodeBehind(unawaited.operation, journal -> {});
    }

    @Test
    void slowCodeBehindAFailureDoesNotHoldUpOthers() {
        Operation<?> extend = Unawaited.EXTEND.operation;
        slowCodeBehind(extend, journal -> journal.failing = names -> names.contains("a"));
    }

    private static void slowCodeBehind(Operation<?> operation, Consumer<Journal> setting) {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch slow = new CountDownLatch(1);
        try (Journal journal = new Journal();
                Committer committer = journal.committer(LIMITS)) {
            setting.accept(journal);
            CompletableFuture<?> first = committer.submit(operation);
            first.whenComplete((outcome, failure) -> {
                try {
                    running.countDown();
                    slow.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            journal.letThrough(100);

            assertThat(committer.submit(settle("b"))).succeedsWithin(java.time.Duration.ofSeconds(10));
            await().until(() -> running.getCount() == 0);
        } finally {
            slow.countDown();
        }
    }

    @Test
    void closingFinishesWhatWaitsAndRefusesWhatComesLater() {
        try (Journal journal = new Journal()) {
            Committer committer = journal.committer(LIMITS);
            CompletableFuture<?> running = committer.submit(settle("a"));
            journal.awaitEntered(1);
            CompletableFuture<?> waiting = committer.submit(settle("b"));
            journal.letThrough(100);

            committer.close();

            assertThat(running).succeedsWithin(java.time.Duration.ofSeconds(10));
            assertThat(waiting).succeedsWithin(java.time.Duration.ofSeconds(10));
            assertThatThrownBy(() -> committer.submit(settle("c")).join())
                    .hasCauseInstanceOf(Problem.class)
                    .hasMessageContaining("stopping");
        }
    }

    @Test
    void anErrorOfTheJournalDoesNotEndTheThread() {
        try (Journal journal = new Journal();
                Committer committer = journal.committer(LIMITS)) {
            journal.letThrough(100);
            journal.error = true;
            assertThatThrownBy(() -> committer.submit(settle("a")).join()).hasCauseInstanceOf(Problem.class);
            journal.error = false;

            assertThat(committer.submit(settle("b"))).succeedsWithin(java.time.Duration.ofSeconds(10));
        }
    }

    private static Operation<Outcome> settle(String request) {
        return new Operation.Settle(request, settlement(1));
    }

    private static Operation<Held> reserve(String request) {
        return new Operation.Reserve(new Reservation(request.replace(' ', '-'), 7, 1, "m", 1, Instant.EPOCH));
    }

    /** Lets each transaction begin, but end only when told; fails the ones it is told to. */
    private static final class Journal implements Committer.Journal, AutoCloseable {
        private final List<List<String>> batches = new CopyOnWriteArrayList<>();
        private final List<List<String>> entered = new CopyOnWriteArrayList<>();
        private final Semaphore permits = new Semaphore(0);
        private volatile Predicate<List<String>> failing = names -> false;
        private volatile boolean error;

        Committer committer(LedgerLimits limits) {
            Committer committer = new Committer(this, limits);
            committer.start();
            return committer;
        }

        @Override
        public List<Committer.Result> write(List<? extends Operation<?>> operations) {
            List<String> names = operations.stream()
                    .map(operation -> String.valueOf(operation.requestId()))
                    .toList();
            entered.add(names);
            permits.acquireUninterruptibly();
            if (error) {
                throw new AssertionError("told to fail");
            }
            if (failing.test(names)) {
                throw new DatabaseException("told to fail", null);
            }
            batches.add(names);
            return operations.stream()
                    .map(operation -> new Committer.Result(null, null))
                    .toList();
        }

        void awaitEntered(int count) {
            await().until(() -> entered.size() >= count);
        }

        void letThrough(int count) {
            permits.release(count);
        }

        @Override
        public void close() {
            permits.release(1_000_000);
        }
    }
}
