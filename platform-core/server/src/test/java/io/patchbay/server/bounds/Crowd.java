package io.patchbay.server.bounds;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/** Many clients at the same time, each on a thread of its own. */
final class Crowd implements AutoCloseable {
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /** What so many clients do. */
    static final class Doing<R> {
        private final List<Future<R>> clients;

        private Doing(List<Future<R>> clients) {
            this.clients = clients;
        }

        /** Waits for all and returns what came of each; fails with the first failure. */
        List<R> all() throws InterruptedException {
            List<R> results = new ArrayList<>();
            for (Future<R> client : clients) {
                try {
                    results.add(client.get());
                } catch (ExecutionException e) {
                    throw new AssertionError("a client failed: " + e.getCause(), e.getCause());
                }
            }
            return results;
        }
    }

    /** Begins with so many clients. */
    <R> Doing<R> begin(int count, IntFunction<Callable<R>> client) {
        List<Future<R>> clients = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            clients.add(threads.submit(client.apply(number)));
        }
        return new Doing<>(clients);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
