package io.patchbay.billing.price;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.billing.TokenUsage;
import io.patchbay.billing.testing.LedgerFixture;
import io.patchbay.foundation.state.SharedState;
import io.patchbay.foundation.testing.SettableClock;
import io.patchbay.foundation.testing.TestDatabase;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the price list says now, said once, and says again, on each kind of database. */
final class PriceHistoryTest {
    private static final TokenUsage USAGE =
            new TokenUsage(1_234, 567, new TokenUsage.Parts(100, 20, 300, 0, 0, 0, 0), false);
    private static final List<String> MODELS = List.of("a", "b", "c");
    private static final List<String> GROUPS = List.of("", "normal", "pro");

    /** Fixed, so that a failure can be seen again. */
    private static final long SEED = 20_261_126;

    @TempDir
    private Path folder;

    private record Asked(
            String model, PriceTag tag, @Nullable Long cost) {}

    @ParameterizedTest
    @EnumSource
    void aTagFindsThePriceOfThenAfterAnyChange(TestDatabase kind) {
        Random dice = new Random(SEED);
        try (LedgerFixture test = new LedgerFixture(kind, folder);
                PriceBook book = open(test)) {
            List<Asked> asked = new ArrayList<>();
            for (int step = 0; step < 60; step++) {
                change(book, dice, test.clock());
                test.clock().advance(Duration.ofMillis(dice.nextInt(5_000)));
                for (String model : MODELS) {
                    String group = GROUPS.get(dice.nextInt(GROUPS.size()));
                    Optional<Price> price = book.find(model, group);
                    PriceTag tag = price.map(Price::tag).orElseGet(() -> book.tag(group));
                    asked.add(new Asked(
                            model, tag, price.map(found -> found.cost(USAGE)).orElse(null)));
                }
            }
            assertThat(book.version()).isGreaterThan(20);
            for (Asked one : asked) {
                Long again = book.findAt(one.model(), one.tag())
                        .map(found -> found.cost(USAGE))
                        .orElse(null);
                assertThat(again).as(one.toString()).isEqualTo(one.cost());
            }
            assertThat(asked).extracting(Asked::cost).contains((Long) null);
        }
    }

    private static void change(PriceBook book, Random dice, SettableClock clock) {
        switch (dice.nextInt(6)) {
            case 0 -> book.set(rule(-1, dice, clock));
            case 1 -> book.set(rule(1 + dice.nextInt(10), dice, clock));
            case 2 -> book.delete(1 + dice.nextInt(10));
            case 3 -> book.sync(List.of(rule(0, dice, clock), rule(0, dice, clock)), dice.nextBoolean());
            case 4 -> book.setGroups(Map.of("pro", BigDecimal.valueOf(dice.nextInt(20), 1)));
            default -> book.restore(1 + dice.nextInt(Math.toIntExact(book.version() + 1)));
        }
    }

    private static PriceRule rule(long id, Random dice, SettableClock clock) {
        List<String> models =
                MODELS.stream().filter(model -> dice.nextBoolean()).toList();
        Instant from = dice.nextBoolean() ? null : clock.instant().plusMillis(dice.nextInt(20_000) - 5_000);
        return new PriceRule(
                id,
                dice.nextInt(4) == 0 ? "times-billing" : "token-billing",
                models,
                BigDecimal.valueOf(dice.nextInt(1_000), 3),
                BigDecimal.valueOf(dice.nextInt(1_000), 3),
                false,
                new PartPrices(BigDecimal.valueOf(dice.nextInt(100), 3), null, null, null, null, null, null),
                from);
    }

    @ParameterizedTest
    @EnumSource
    void aRuleTakesOverAtItsMomentWithoutAChange(TestDatabase kind) {
        try (LedgerFixture test = new LedgerFixture(kind, folder);
                PriceBook book = open(test)) {
            Instant soon = test.clock().instant().plusSeconds(60);
            book.set(dated(-1, "5", soon, "a"));
            book.set(dated(-1, "1", null, "a"));
            Price before = book.find("a").orElseThrow();

            test.clock().advance(Duration.ofSeconds(59));
            assertThat(book.find("a").orElseThrow().cost(USAGE)).isEqualTo(1_000_000);
            test.clock().advance(Duration.ofSeconds(1));
            assertThat(book.find("a").orElseThrow().cost(USAGE)).isEqualTo(5_000_000);

            assertThat(book.version()).isEqualTo(2);
            assertThat(book.findAt("a", before.tag()).orElseThrow().cost(USAGE)).isEqualTo(1_000_000);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatMembersOfGroupsPayIsPartOfAVersion(TestDatabase kind) {
        try (LedgerFixture test = new LedgerFixture(kind, folder);
                PriceBook book = open(test)) {
            book.set(dated(-1, "10", null, "a"));
            PriceTag before = book.find("a", "pro").orElseThrow().tag();
            book.setGroups(Map.of("pro", new BigDecimal("0.80"), "vip", BigDecimal.ZERO));
            assertThat(book.version()).isEqualTo(2);
            book.setGroups(Map.of("vip", BigDecimal.ZERO, "pro", new BigDecimal("0.8")));
            assertThat(book.version()).isEqualTo(2);

            assertThat(book.groups())
                    .containsOnly(Map.entry("pro", new BigDecimal("0.8")), Map.entry("vip", BigDecimal.ZERO));
            assertThat(book.find("a", "pro").orElseThrow().cost(USAGE)).isEqualTo(8_000_000);
            assertThat(book.find("a", "vip").orElseThrow().free()).isTrue();
            assertThat(book.find("a").orElseThrow().cost(USAGE)).isEqualTo(10_000_000);
            assertThat(book.findAt("a", before).orElseThrow().cost(USAGE)).isEqualTo(10_000_000);

            Map<String, @Nullable BigDecimal> holes = new LinkedHashMap<>();
            holes.put("pro", null);
            assertThatThrownBy(() -> book.setGroups(holes)).hasMessageContaining("must lie between 0 and 1000");
            assertThatThrownBy(() -> book.setGroups(Map.of("pro", new BigDecimal("-0.1"))))
                    .hasMessageContaining("must lie between 0 and 1000");
            assertThatThrownBy(() -> book.setGroups(Map.of(" ", BigDecimal.ONE)))
                    .hasMessageContaining("1 to 64 characters");
            assertThat(book.version()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void versionsAreListedAndBroughtBack(TestDatabase kind) {
        try (LedgerFixture test = new LedgerFixture(kind, folder);
                PriceBook book = open(test)) {
            assertThat(book.versionCount()).isZero();
            assertThat(book.versions(0, 10)).isEmpty();
            assertThat(book.restore(1)).isFalse();
            Instant first = test.clock().instant();
            book.set(dated(-1, "1", null, "a"));
            test.clock().advance(Duration.ofHours(1));
            book.setGroups(Map.of("pro", new BigDecimal("0.5")));
            book.set(dated(-1, "2", null, "b"));

            assertThat(book.versionCount()).isEqualTo(3);
            assertThat(book.versions(0, 2)).extracting(PriceVersion::version).containsExactly(3L, 2L);
            assertThat(book.versions(2, 2))
                    .containsExactly(new PriceVersion(1, first, List.of(dated(1, "1", null, "a")), Map.of()));
            assertThat(book.version(2).orElseThrow().groups()).containsOnlyKeys("pro");
            assertThat(book.version(9)).isEmpty();

            assertThat(book.restore(1)).isTrue();
            assertThat(book.version()).isEqualTo(4);
            assertThat(book.rules()).containsExactly(dated(1, "1", null, "a"));
            assertThat(book.groups()).isEmpty();
            assertThat(book.restore(1)).isTrue();
            assertThat(book.version()).isEqualTo(4);
            assertThat(book.restore(77)).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aVersionOfTheOlderProgramIsTheCurrentOneUntilTheNextChange(TestDatabase kind) {
        try (LedgerFixture test = new LedgerFixture(kind, folder)) {
            test.run("INSERT INTO price_version (version, rules, created_at) VALUES (5, "
                    + "'[{\"id\":2,\"type\":\"times-billing\",\"models\":[\"a\"],\"input\":0,\"output\":3,"
                    + "\"anonymous\":false}]', 1000)");
            try (PriceBook book = open(test)) {
                PriceTag then = new PriceTag(5, "", Instant.EPOCH);
                assertThat(book.version()).isEqualTo(5);
                assertThat(book.find("a").orElseThrow().cost(USAGE)).isEqualTo(3_000_000);

                book.set(dated(2, "4", null, "a"));

                assertThat(book.version()).isEqualTo(6);
                assertThat(book.findAt("a", then).orElseThrow().cost(USAGE)).isEqualTo(3_000_000);
                assertThat(book.find("a").orElseThrow().cost(USAGE)).isEqualTo(4_000_000);
                assertThat(book.version(5).orElseThrow().createdAt()).isEqualTo(Instant.ofEpochMilli(1_000));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPreviewTellsWhatTheSameSyncDoesAndStoresNothing(TestDatabase kind) {
        try (LedgerFixture test = new LedgerFixture(kind, folder);
                PriceBook book = open(test)) {
            book.set(dated(-1, "1", null, "a", "b"));
            List<PriceRule> incoming = List.of(dated(9, "2", null, "b", "c"));

            PriceChanges adding = book.preview(incoming, false);
            PriceChanges overwriting = book.preview(incoming, true);

            assertThat(book.version()).isEqualTo(1);
            assertThat(adding.added()).extracting(PriceChanges.Change::model).containsExactly("c");
            assertThat(adding.affected()).isEqualTo(1);
            assertThat(adding.unchanged()).isEqualTo(2);
            assertThat(overwriting.added())
                    .extracting(PriceChanges.Change::model)
                    .containsExactly("c");
            assertThat(overwriting.changed())
                    .containsExactly(new PriceChanges.Change("b", dated(0, "1", null, "b"), dated(0, "2", null, "b")));
            assertThat(overwriting.removed()).isEmpty();
            book.sync(incoming, true);
            assertThat(book.preview(incoming, true).affected()).isZero();
        }
    }

    private static PriceBook open(LedgerFixture test) {
        return PriceBook.open(
                test.database(), SharedState.inProcess(test.clock()).bus(), test.clock());
    }

    private static PriceRule dated(long id, String output, @Nullable Instant from, String... models) {
        return new PriceRule(
                id,
                "times-billing",
                List.of(models),
                BigDecimal.ZERO,
                new BigDecimal(output),
                false,
                PartPrices.NONE,
                from);
    }
}
