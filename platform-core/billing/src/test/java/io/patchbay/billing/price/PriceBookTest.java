package io.patchbay.billing.price;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.patchbay.billing.TokenUsage;
import io.patchbay.billing.ledger.LedgerEntry;
import io.patchbay.billing.ledger.Reservation;
import io.patchbay.billing.ledger.Settlement;
import io.patchbay.billing.testing.LedgerFixture;
import io.patchbay.foundation.state.Bus;
import io.patchbay.foundation.state.SharedState;
import io.patchbay.foundation.testing.TestDatabase;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class PriceBookTest {
    /** More than a change would be tried again, so that losing a race cannot be the way to be kept. */
    private static final int CHANGES = 30;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void changesLastAndEachMakesAVersion(TestDatabase kind) {
        try (LedgerFixture test = new LedgerFixture(kind, folder)) {
            Bus bus = SharedState.inProcess(test.clock()).bus();
            try (PriceBook book = PriceBook.open(test.database(), bus, test.clock())) {
                assertThat(book.version()).isZero();
                assertThat(book.find("a")).isEmpty();

                book.set(rule(-1, "0.000000001", "a", "b"));
                book.set(rule(-1, "2", "b", "模型"));
                book.set(rule(1, "3", "a"));
                book.delete(99);
                book.set(rule(99, "9", "z"));

                assertThat(book.version()).isEqualTo(3);
                assertThat(book.rules()).containsExactly(rule(1, "3", "a"), rule(2, "2", "b", "模型"));
            }
            try (PriceBook again = PriceBook.open(test.database(), bus, test.clock())) {
                assertThat(again.version()).isEqualTo(3);
                assertThat(again.rules()).containsExactly(rule(1, "3", "a"), rule(2, "2", "b", "模型"));
                assertThat(again.find("模型").orElseThrow().version()).isEqualTo(3);

                again.delete(1);
                again.delete(2);
                assertThat(again.rules()).isEmpty();
                assertThat(again.version()).isEqualTo(5);
            }
            try (PriceBook empty = PriceBook.open(test.database(), bus, test.clock())) {
                assertThat(empty.version()).isEqualTo(5);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void anyChargeCanBeComputedAgain(TestDatabase kind) {
        try (LedgerFixture test = new LedgerFixture(kind, folder);
                PriceBook book = open(test)) {
            book.set(new PriceRule(
                    -1, "token-billing", List.of("m"), new BigDecimal("0.0137"), new BigDecimal("0.0411"), false));
            Price price = book.find("m").orElseThrow();
            TokenUsage usage = new TokenUsage(1_234, 777, 100, 50, false);
            test.credit(7, 1_000_000);
            test.ledger()
                    .reserve(new Reservation(
                            "r",
                            7,
                            price.estimate(1_200, 1_000),
                            "m",
                            price.version(),
                            test.clock().instant()));
            test.ledger()
                    .settle("r", new Settlement(price.cost(usage), usage, ""))
                    .join();

            book.set(rule(1, "100", "m"));
            book.delete(1);

            LedgerEntry entry = test.ledger().entries(7, Long.MAX_VALUE, 1).getFirst();
            Price then = book.findAt(entry.model(), price.tag()).orElseThrow();
            assertThat(then.cost(entry.usage())).isEqualTo(-entry.micro()).isEqualTo(48_841);
            assertThat(book.findAt("m", new PriceTag(2, "", Instant.EPOCH))
                            .orElseThrow()
                            .rule()
                            .output())
                    .isEqualTo("100");
            assertThat(book.findAt("m", new PriceTag(3, "", Instant.EPOCH))).isEmpty();
            assertThat(book.findAt("m", new PriceTag(77, "", Instant.EPOCH))).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void anotherNodeLearnsOfAChange(TestDatabase kind) {
        try (LedgerFixture test = new LedgerFixture(kind, folder)) {
            Bus bus = SharedState.inProcess(test.clock()).bus();
            try (PriceBook here = PriceBook.open(test.database(), bus, test.clock());
                    PriceBook there = PriceBook.open(test.database(), bus, test.clock())) {
                here.set(rule(-1, "2", "a"));

                await().untilAsserted(() -> assertThat(there.find("a")).isPresent());
                there.set(rule(-1, "3", "b"));
                await().untilAsserted(() -> assertThat(here.rules()).hasSize(2));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void changesOfTwoNodesAtOnceAreBothKept(TestDatabase kind) throws Exception {
        try (LedgerFixture test = new LedgerFixture(kind, folder);
                PriceBook here = open(test);
                PriceBook there = open(test);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> changes = new ArrayList<>();
            for (int i = 0; i < CHANGES; i++) {
                String model = "m" + i;
                PriceBook book = i % 2 == 0 ? here : there;
                changes.add(threads.submit(() -> book.set(rule(-1, "1", model))));
            }
            for (Future<?> change : changes) {
                change.get();
            }

            here.set(rule(-1, "1", "last"));

            assertThat(here.version()).isEqualTo(CHANGES + 1);
            assertThat(here.rules())
                    .extracting(PriceRule::id)
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, CHANGES + 1).boxed().toList());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFailedChangeChangesNothing(TestDatabase kind) {
        try (LedgerFixture test = new LedgerFixture(kind, folder);
                PriceBook book = open(test)) {
            book.set(rule(-1, "2", "a"));
            List<PriceRule> tooMany = LongStream.range(0, 10_001)
                    .mapToObj(i -> rule(-1, "1", "m" + i))
                    .toList();

            assertThatThrownBy(() -> book.sync(tooMany, false))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("at most 10000");
            assertThat(book.rules()).containsExactly(rule(1, "2", "a"));
            assertThat(book.version()).isEqualTo(1);
        }
    }

    private static PriceBook open(LedgerFixture test) {
        return PriceBook.open(
                test.database(), SharedState.inProcess(test.clock()).bus(), test.clock());
    }

    private static PriceRule rule(long id, String output, String... models) {
        return new PriceRule(id, "times-billing", List.of(models), BigDecimal.ZERO, new BigDecimal(output), false);
    }
}
