package io.patchbay.billing.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.billing.testing.LedgerFixture;
import io.patchbay.foundation.ids.RequestId;
import io.patchbay.foundation.testing.TestDatabase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Prints how many requests the ledger takes; the figures are for reading, only soundness is asserted. */
final class LedgerThroughputTest {
    private static final int CLIENTS = 64;
    private static final int USERS = 16;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void reservesAndSettles(TestDatabase kind) throws Exception {
        try (LedgerFixture test = new LedgerFixture(kind, folder)) {
            for (int user = 1; user <= USERS; user++) {
                test.credit(user, 1_000_000_000_000L);
            }
            measure(test, 2_000);
            long batches = test.ledger().committedBatches();
            long start = System.nanoTime();
            long pairs = measure(test, Long.getLong("ledger.bench.millis", 2_000));
            double seconds = (System.nanoTime() - start) / 1e9;
            System.out.printf(
                    "ledger on %s: %,.0f reserve+settle pairs/s, %d clients, %d users, %.1f operations a transaction%n",
                    kind,
                    pairs / seconds,
                    CLIENTS,
                    USERS,
                    2.0 * pairs / (test.ledger().committedBatches() - batches));
            assertThat(test.violations()).isEmpty();
        }
    }

    private static long measure(LedgerFixture test, long millis) throws Exception {
        AtomicBoolean stop = new AtomicBoolean();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Long>> clients = new ArrayList<>();
            for (int client = 0; client < CLIENTS; client++) {
                long user = client % USERS + 1;
                clients.add(threads.submit(() -> {
                    long pairs = 0;
                    while (!stop.get()) {
                        String request = RequestId.next();
                        test.reserve(request, user, 1_000);
                        test.settle(request, 700);
                        pairs++;
                    }
                    return pairs;
                }));
            }
            Thread.sleep(millis);
            stop.set(true);
            long pairs = 0;
            for (Future<Long> client : clients) {
                pairs += client.get();
            }
            return pairs;
        }
    }
}
