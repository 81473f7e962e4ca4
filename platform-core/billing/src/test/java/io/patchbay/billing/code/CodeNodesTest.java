package io.patchbay.billing.code;

import static io.patchbay.billing.code.CodeFixture.attempt;
import static io.patchbay.billing.code.CodeFixture.inParallel;
import static io.patchbay.billing.code.CodeFixture.order;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.billing.ledger.Ledger;
import io.patchbay.billing.ledger.NodeIdentity;
import io.patchbay.billing.testing.LedgerFixture.RawMapper;
import io.patchbay.foundation.testing.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes with a ledger each on one MariaDB. */
final class CodeNodesTest {
    private static final String SAME_TYPE = "failed to use invitation: you have already used a code of this type";
    private static final String REDEEM_USED = "failed to use redeem code: this redeem code has been used";
    private static final String SAME_CODE = "failed to use redeem code: you have already used this redeem code";

    @TempDir
    private Path folder;

    @Test
    void oneCodeIsCreditedOnce() throws Exception {
        try (CodeFixture test = new CodeFixture(TestDatabase.MARIADB, folder);
                Ledger other = second(test)) {
            List<Codes> nodes = List.of(test.codes, test.node(other));
            String code = test.redeem(5, 1);

            List<String> answers = inParallel(IntStream.range(0, 1_000)
                    .<Callable<String>>mapToObj(
                            i -> () -> attempt(nodes.get(i % 2), CodeKind.REDEEM, code, 1 + i / 2 % 50))
                    .toList());

            assertThat(answers).filteredOn("ok 5"::equals).hasSize(1);
            assertThat(answers).filteredOn(REDEEM_USED::equals).hasSize(999);
            assertThat(test.money.number("SELECT SUM(balance) FROM credit_account"))
                    .isEqualTo(5_000_000);
            assertThat(test.money.violations()).isEmpty();
        }
    }

    @Test
    void aCodeForThirtyServesThirtyUsersOnce() throws Exception {
        try (CodeFixture test = new CodeFixture(TestDatabase.MARIADB, folder);
                Ledger other = second(test)) {
            List<Codes> nodes = List.of(test.codes, test.node(other));
            String code = test.redeem(5, 30);

            List<String> answers = inParallel(IntStream.range(0, 1_000)
                    .<Callable<String>>mapToObj(
                            i -> () -> attempt(nodes.get(i % 2), CodeKind.REDEEM, code, 1 + i / 2 % 50))
                    .toList());

            assertThat(answers).filteredOn("ok 5"::equals).hasSize(30);
            assertThat(answers).isSubsetOf("ok 5", REDEEM_USED, SAME_CODE);
            assertThat(test.money.violations()).isEmpty();
        }
    }

    @Test
    void codesOfOneTypeOnBothNodesGiveEachUserOneGift() throws Exception {
        try (CodeFixture test = new CodeFixture(TestDatabase.MARIADB, folder);
                Ledger other = second(test)) {
            List<Codes> nodes = List.of(test.codes, test.node(other));
            int users = 100; // none of them has an account yet, so no account is locked
            List<String> gifts = test.codes
                    .generate(order(CodeKind.GIFT, "spring", 5, 2 * users, 1, null), "chief")
                    .codes();

            List<String> answers = inParallel(IntStream.range(0, 2 * users)
                    .<Callable<String>>mapToObj(
                            i -> () -> attempt(nodes.get(i % 2), CodeKind.GIFT, gifts.get(i), 1 + i / 2))
                    .toList());

            assertThat(answers).filteredOn("ok 5"::equals).hasSize(users);
            assertThat(answers).filteredOn(SAME_TYPE::equals).hasSize(users);
            assertThat(test.money.number("SELECT COUNT(*) FROM credit_account WHERE balance = 5000000"))
                    .isEqualTo(users);
            assertThat(test.money.violations()).isEmpty();
        }
    }

    @Test
    void aUseThatLosesInTheMiddleIsToldTheReasonAndNoLogTellsTheCode() throws Exception {
        try (CodeFixture test = new CodeFixture(TestDatabase.MARIADB, folder);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                LogEar log = new LogEar()) {
            String first = test.gift("spring", 5);
            String second = test.gift("spring", 5);
            CountDownLatch written = new CountDownLatch(1);
            CountDownLatch commit = new CountDownLatch(1);
            // Another node has written its use and not committed yet: nobody can see it, but the index holds its place.
            Future<Integer> rival = threads.submit(() -> test.money.database().write(tx -> {
                RawMapper sql = tx.mapper(RawMapper.class);
                int rows = sql.run("UPDATE credit_code SET uses = 1 WHERE code = '" + first + "'");
                rows += sql.run("INSERT INTO credit_code_use VALUES ('" + first + "', 7, 'spring', 0, 1)");
                written.countDown();
                await(commit);
                return rows;
            }));
            await(written);
            Future<String> answer = threads.submit(() -> test.invite(second, 7));
            Awaitility.await()
                    .atMost(Duration.ofSeconds(8)) // the server itself waits for ten
                    .until(() -> test.money.number(
                                    "SELECT COUNT(*) FROM information_schema.innodb_trx WHERE trx_state = 'LOCK WAIT'")
                            > 0);
            commit.countDown();

            assertThat(answer.get(30, TimeUnit.SECONDS)).isEqualTo(SAME_TYPE);
            assertThat(rival.get(30, TimeUnit.SECONDS)).isEqualTo(2);
            assertThat(test.money.ledger().balance(7).owned()).isZero();
            assertThat(test.money.violations()).isEmpty();
            assertThat(log.text()).doesNotContain(first).doesNotContain(second);
            assertThat(test.invite(second, 8)).isEqualTo("ok 5");
        }
    }

    private static Ledger second(CodeFixture test) {
        return Ledger.start(test.money.database(), new NodeIdentity("node-2", "process-2"), test.money.clock());
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
