package io.patchbay.billing.mix;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.billing.ledger.LedgerAudit;
import io.patchbay.billing.receipt.Receipts;
import io.patchbay.foundation.testing.TestDatabase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Random interleavings of everything that moves money, by many clients on two nodes where the database allows them, with
 * a crash in between. What the clients saw must add up to what the tables say.
 */
final class MoneyMixTest {
    private static final int CLIENTS = 12;
    private static final int ROUNDS = Integer.getInteger("patchbay.mix.rounds", 3);
    private static final int STEPS = Integer.getInteger("patchbay.mix.steps", 60);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void whatTheClientsSawIsWhatTheTablesSay(TestDatabase kind) throws Exception {
        long seed = Long.getLong("patchbay.mix.seed", 20261126L);
        try (MoneySite site = new MoneySite(kind, folder)) {
            SplittableRandom random = new SplittableRandom(seed);
            for (int round = 0; round < ROUNDS; round++) {
                run(site, random.split());
                if (round + 1 < ROUNDS) {
                    site.crash();
                }
                assertThat(new LedgerAudit(site.database()).violations())
                        .as("seed %d, round %d", seed, round)
                        .isEmpty();
            }
            site.endAll();

            assertThat(new LedgerAudit(site.database()).violations())
                    .as("seed %d", seed)
                    .isEmpty();
            assertThat(new Receipts(site.ledger(0), site.prices()).disagreements())
                    .isEmpty();
            site.seen().assertAgrees(site);
            System.out.printf(
                    "money mix on %s, seed %d: %s%n", kind, seed, site.seen().summary());
            assertThat(site.seen().kinds()).as("every kind of deed happened").isEqualTo(MoneyClient.KINDS);
        }
    }

    private static void run(MoneySite site, SplittableRandom random) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                MoneyClient client = new MoneyClient(site, i % site.nodes(), random.split());
                clients.add(threads.submit(() -> client.run(STEPS)));
            }
            for (Future<?> client : clients) {
                client.get();
            }
        }
    }
}
