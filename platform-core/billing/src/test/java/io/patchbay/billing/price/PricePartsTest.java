package io.patchbay.billing.price;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.billing.Credits;
import io.patchbay.billing.TokenUsage;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Parts of a usage with prices of their own, and what members of a group pay. */
final class PricePartsTest {
    private static final BigDecimal ONE = BigDecimal.ONE;

    @Test
    void eachPartHasItsPriceAndTheRestTheUsualOne() {
        Price price = price("1", "2", new PartPrices(d("0.1"), d("1.25"), d("3"), d("10"), d("20"), d("5"), d("40")));
        TokenUsage usage = new TokenUsage(1_000, 1_000, new TokenUsage.Parts(100, 200, 300, 30, 40, 5, 60), false);

        assertThat(price.lines(usage, 1))
                .containsExactly(
                        line("cached_input", 100, "0.1", "0.01"),
                        line("cache_write", 200, "1.25", "0.25"),
                        line("audio_input", 30, "10", "0.3"),
                        line("image_input", 5, "5", "0.025"),
                        line("input", 665, "1", "0.665"),
                        line("reasoning", 300, "3", "0.9"),
                        line("audio_output", 40, "20", "0.8"),
                        line("image_output", 60, "40", "2.4"),
                        line("output", 600, "2", "1.2"));
        assertThat(price.cost(usage)).isEqualTo(6_550_000);
    }

    @Test
    void aPartWithoutAPriceCostsWhatTheRestDoesAndAPriceOfZeroCostsNothing() {
        TokenUsage usage = new TokenUsage(1_000, 1_000, new TokenUsage.Parts(400, 0, 600, 0, 0, 0, 0), false);

        assertThat(price("1", "2", PartPrices.NONE).cost(usage)).isEqualTo(3_000_000);
        assertThat(price("1", "2", parts("0", null)).cost(usage)).isEqualTo(2_600_000);
        assertThat(price("1", "2", parts(null, "0")).cost(usage)).isEqualTo(1_800_000);
    }

    @Test
    void partsThatTogetherAreMoreThanTheWholeCountOnlyAsFarAsItGoes() {
        Price price = price("1", "2", new PartPrices(d("0.5"), d("4"), null, d("8"), null, null, null));
        TokenUsage usage = new TokenUsage(100, 0, new TokenUsage.Parts(60, 60, 9, 60, 9, 60, 9), false);

        assertThat(price.lines(usage, 1))
                .containsExactly(
                        line("cached_input", 60, "0.5", "0.03"),
                        line("cache_write", 40, "4", "0.16"),
                        line("input", 0, "1", "0"),
                        line("output", 0, "2", "0"));
    }

    @Property
    void everyTokenIsInOneLine(@ForAll("usages") TokenUsage usage, @ForAll("partPrices") PartPrices parts) {
        List<ChargeLine> lines = price("1", "2", parts).lines(usage, 1);

        assertThat(sum(lines, "input", "cached_input", "cache_write", "audio_input", "image_input"))
                .isEqualTo(usage.input());
        assertThat(sum(lines, "output", "reasoning", "audio_output", "image_output"))
                .isEqualTo(usage.output());
        assertThat(lines).extracting(ChargeLine::what).doesNotHaveDuplicates();
        assertThat(lines).allSatisfy(line -> assertThat(line.count()).isNotNegative());
    }

    @Property
    void theCostIsTheSumOfTheLinesTimesTheMultiplierRoundedUpOnce(
            @ForAll("usages") TokenUsage usage,
            @ForAll("partPrices") PartPrices parts,
            @ForAll("multipliers") BigDecimal multiplier) {
        Price price = new Price(rule("0.0137", "0.0411", parts), new PriceTag(1, "pro", Instant.EPOCH), multiplier);

        BigDecimal exact = price.lines(usage, 1).stream()
                .map(ChargeLine::credits)
                .reduce(BigDecimal.ZERO, BigDecimal::add)
                .multiply(multiplier)
                .movePointRight(6);

        assertThat(price.cost(usage))
                .isEqualTo(exact.setScale(0, RoundingMode.CEILING).longValueExact());
    }

    @Property
    void theCostLiesBetweenNothingAndAllAtTheHighestPrice(
            @ForAll("usages") TokenUsage usage,
            @ForAll("prices") BigDecimal input,
            @ForAll("prices") BigDecimal output,
            @ForAll("partPrices") PartPrices parts) {
        BigDecimal highest = Stream.of(
                        input,
                        output,
                        parts.cachedInput(),
                        parts.cacheWrite(),
                        parts.reasoning(),
                        parts.audioInput(),
                        parts.audioOutput(),
                        parts.imageInput(),
                        parts.imageOutput())
                .filter(price -> price != null)
                .max(Comparator.naturalOrder())
                .orElseThrow();
        Price all = new Price(new PriceRule(1, "token-billing", List.of("m"), highest, highest, false), 1);
        Price price = new Price(new PriceRule(1, "token-billing", List.of("m"), input, output, false, parts, null), 1);

        assertThat(price.cost(usage))
                .isBetween(0L, all.cost(new TokenUsage(usage.input(), usage.output(), 0, 0, false)));
    }

    @Property
    void aCheaperCacheNeverMakesACallDearer(@ForAll("usages") TokenUsage usage, @ForAll("prices") BigDecimal cached) {
        BigDecimal cheaper = cached.min(ONE);

        assertThat(price("1", "2", new PartPrices(cheaper, null, null, null, null, null, null))
                        .cost(usage))
                .isLessThanOrEqualTo(price("1", "2", PartPrices.NONE).cost(usage));
    }

    @Test
    void membersOfAGroupPayTheirShareOfTheListPrice() {
        PriceRule rule = rule("1", "2", PartPrices.NONE);
        TokenUsage usage = new TokenUsage(1_000, 1_000, 0, 0, false);
        PriceList list = new PriceList(
                1,
                new PriceDocument(List.of(rule), java.util.Map.of("pro", d("0.5"), "free", d("0"), "guest", d("1.5"))));

        assertThat(list.find("m", "pro", Instant.EPOCH).orElseThrow().cost(usage))
                .isEqualTo(1_500_000);
        assertThat(list.find("m", "guest", Instant.EPOCH).orElseThrow().cost(usage))
                .isEqualTo(4_500_000);
        assertThat(list.find("m", "normal", Instant.EPOCH).orElseThrow().cost(usage))
                .isEqualTo(3_000_000);
        assertThat(list.find("m", "", Instant.EPOCH).orElseThrow().cost(usage)).isEqualTo(3_000_000);
        Price free = list.find("m", "free", Instant.EPOCH).orElseThrow();
        assertThat(free.cost(usage)).isZero();
        assertThat(free.estimate(1_000, 1_000)).isZero();
        assertThat(free.free()).isTrue();
        assertThat(free.tag()).isEqualTo(new PriceTag(1, "free", Instant.EPOCH));
    }

    @Test
    void theShareIsTakenBeforeRoundingUp() {
        PriceRule rule = new PriceRule(1, "times-billing", List.of("m"), d("0"), d("0.000003"), false);
        Price price = new Price(rule, new PriceTag(1, "pro", Instant.EPOCH), d("0.5"));

        assertThat(price.cost(TokenUsage.NONE)).isEqualTo(2);
        assertThat(price.cost(TokenUsage.NONE, 2)).isEqualTo(3);
        assertThat(price.units(price.estimate(0, 0, 100))).isEqualTo(100);
    }

    @Test
    void aRuleThatCanCostNothingIsFreeWhateverElseItSays() {
        assertThat(free("non-billing", "5", "7", PartPrices.NONE)).isTrue();
        assertThat(free("times-billing", "5", "0", PartPrices.NONE)).isTrue();
        assertThat(free("times-billing", "0", "1", PartPrices.NONE)).isFalse();
        assertThat(free("token-billing", "0", "0", PartPrices.NONE)).isTrue();
        assertThat(free("token-billing", "0", "0", parts("0", "0"))).isTrue();
        assertThat(free("token-billing", "0", "0", parts(null, "0.1"))).isFalse();
    }

    @Test
    void aPriceForACallOfNothingHasOneUnit() {
        Price price = new Price(new PriceRule(1, "times-billing", List.of("m"), d("5"), d("0"), false), 1);

        assertThat(price.units(0)).isEqualTo(1);
        assertThat(price.cost(TokenUsage.NONE, 3)).isZero();
    }

    @Test
    void absurdPartsCostTheLargestAmount() {
        Price price = price("1000000", "1000000", parts("1000000", "1000000"));
        long most = Long.MAX_VALUE;

        assertThat(price.cost(new TokenUsage(
                        most, most, new TokenUsage.Parts(most, most, most, most, most, most, most), false)))
                .isEqualTo(Credits.MAX_MICRO);
    }

    @Provide
    Arbitrary<TokenUsage> usages() {
        Arbitrary<Long> count = Arbitraries.longs().between(-5, 1_000);
        Arbitrary<TokenUsage.Parts> parts = Combinators.combine(count, count, count, count, count, count, count)
                .as(TokenUsage.Parts::new);
        return Combinators.combine(count, count, parts).as((in, out, of) -> new TokenUsage(in, out, of, false));
    }

    @Provide
    Arbitrary<PartPrices> partPrices() {
        Arbitrary<BigDecimal> price = prices().injectNull(0.3);
        return Combinators.combine(price, price, price, price, price, price, price)
                .as(PartPrices::new);
    }

    @Provide
    Arbitrary<BigDecimal> prices() {
        return Arbitraries.bigDecimals()
                .between(BigDecimal.ZERO, BigDecimal.valueOf(1_000))
                .ofScale(9);
    }

    @Provide
    Arbitrary<BigDecimal> multipliers() {
        return Arbitraries.bigDecimals()
                .between(BigDecimal.ZERO, BigDecimal.valueOf(10))
                .ofScale(6);
    }

    private static long sum(List<ChargeLine> lines, String... names) {
        return lines.stream()
                .filter(line -> List.of(names).contains(line.what()))
                .mapToLong(ChargeLine::count)
                .sum();
    }

    private static ChargeLine line(String what, long count, String price, String credits) {
        BigDecimal exact = d(price).multiply(BigDecimal.valueOf(count)).movePointLeft(3);
        assertThat(exact).isEqualByComparingTo(credits);
        return new ChargeLine(what, count, d(price), exact);
    }

    private static boolean free(String type, String input, String output, PartPrices parts) {
        PriceRule rule = new PriceRule(1, type, List.of("m"), d(input), d(output), false, parts, null);
        return rule.free() && new Price(rule, 1).free();
    }

    private static PartPrices parts(@Nullable String cached, @Nullable String reasoning) {
        return new PartPrices(
                cached == null ? null : d(cached),
                null,
                reasoning == null ? null : d(reasoning),
                null,
                null,
                null,
                null);
    }

    private static Price price(String input, String output, PartPrices parts) {
        return new Price(rule(input, output, parts), 1);
    }

    private static PriceRule rule(String input, String output, PartPrices parts) {
        return new PriceRule(1, "token-billing", List.of("m"), d(input), d(output), false, parts, null);
    }

    private static BigDecimal d(String decimal) {
        return new BigDecimal(decimal);
    }
}
