package io.patchbay.testkit.upstream;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/** What a scripted upstream remembers, and waiting for it. Safe for use by many threads. */
final class UpstreamMemory {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Facts facts = new Facts();

    /** The facts; touched inside of {@link #read} and {@link #change} only. */
    static final class Facts {
        final Deque<ReceivedRequest> received = new ArrayDeque<>();
        final List<Cancellation> cancellations = new ArrayList<>();
        final List<Charge> bill = new ArrayList<>();
        final List<HeardMessage> heard = new ArrayList<>();
        final List<SocketClosing> closings = new ArrayList<>();
        int remembered = 20_000;
        int active;

        void trim() {
            while (received.size() > remembered) {
                received.removeFirst();
            }
        }

        void forget() {
            received.clear();
            cancellations.clear();
            bill.clear();
            heard.clear();
            closings.clear();
        }
    }

    <T> T read(Function<Facts, T> reading) {
        lock.lock();
        try {
            return reading.apply(facts);
        } finally {
            lock.unlock();
        }
    }

    void change(Consumer<Facts> change) {
        lock.lock();
        try {
            change.accept(facts);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until so many entries are in that list and returns them. */
    <T> List<T> await(String what, int count, Function<Facts, ? extends Collection<T>> list) {
        await(
                facts -> list.apply(facts).size() >= count,
                facts -> count + " " + what + ", found " + list.apply(facts).size());
        return read(facts -> List.copyOf(list.apply(facts)));
    }

    /** Waits until the facts are so; fails after 10 seconds. */
    void await(Predicate<Facts> condition, Function<Facts, String> expected) {
        long left = PATIENCE.toNanos();
        lock.lock();
        try {
            while (!condition.test(facts)) {
                if (left <= 0) {
                    throw new AssertionError(
                            "expected within " + PATIENCE.toSeconds() + " s: " + expected.apply(facts));
                }
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for " + expected.apply(facts), e);
        } finally {
            lock.unlock();
        }
    }
}
