package io.patchbay.billing.price;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.billing.Credits;
import io.patchbay.billing.TokenUsage;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

final class PriceTest {
    @Test
    void freeRulesCostNothing() {
        assertThat(price("non-billing", "5", "7").cost(usage(1_000, 1_000))).isZero();
        assertThat(price("", "5", "7").cost(usage(1_000, 1_000))).isZero();
    }

    @Test
    void callsCostTheOutputPriceWhateverTheirSize() {
        Price price = price("times-billing", "5", "0.25");

        assertThat(price.cost(usage(0, 0))).isEqualTo(250_000);
        assertThat(price.cost(usage(1_000_000, 1_000_000))).isEqualTo(250_000);
        assertThat(price.estimate(5, 5)).isEqualTo(250_000);
    }

    @Test
    void aPriceForACallIsHeldAndChargedForEachUnit() {
        Price price = price("times-billing", "5", "0.25");

        assertThat(price.estimate(5, 5, 4)).isEqualTo(1_000_000);
        assertThat(price.cost(usage(9, 9), 3)).isEqualTo(750_000);
        assertThat(price.cost(usage(9, 9), 0)).isEqualTo(250_000);
        assertThat(price.cost(usage(9, 9), -7)).isEqualTo(250_000);
    }

    @Test
    void unitsAreRoundedTogether() {
        Price price = price("times-billing", "0", "0.0000004");

        assertThat(price.cost(usage(0, 0), 1)).isEqualTo(1);
        assertThat(price.cost(usage(0, 0), 2)).isEqualTo(1);
        assertThat(price.cost(usage(0, 0), 5)).isEqualTo(2);
        assertThat(price.cost(usage(0, 0), 6)).isEqualTo(3);
    }

    @Test
    void tokensAndFreeModelsHaveNoUnits() {
        Price tokens = price("token-billing", "0.01", "0.03");

        assertThat(tokens.cost(usage(1_000, 1_000), 7)).isEqualTo(40_000);
        assertThat(tokens.estimate(1_000, 1_000, 7)).isEqualTo(40_000);
        assertThat(tokens.units(40_000)).isEqualTo(1);
        assertThat(price("non-billing", "5", "7").cost(usage(1, 1), 7)).isZero();
        assertThat(price("times-billing", "0", "0").units(0)).isEqualTo(1);
    }

    @Test
    void endlessUnitsCostTheLargestAmountInsteadOfOverflowing() {
        Price price = price("times-billing", "0", "1000000");

        assertThat(price.cost(usage(0, 0), Integer.MAX_VALUE)).isEqualTo(Credits.MAX_MICRO);
        assertThat(price("times-billing", "0", "0.000000000000001").units(Credits.MAX_MICRO))
                .isEqualTo(Integer.MAX_VALUE);
    }

    @Property
    void aHoldTellsForHowManyUnitsItWas(
            @ForAll("prices") BigDecimal output, @ForAll @IntRange(min = 1, max = 100) int units) {
        Price price = price("times-billing", BigDecimal.ZERO, output);
        long held = price.estimate(0, 0, units);

        // Prices below a micro-credit round up to it, so a hold may be enough for more.
        assertThat(price.cost(usage(0, 0), price.units(held))).isEqualTo(held);
        if (output.compareTo(new BigDecimal("0.000001")) >= 0) {
            assertThat(price.units(held)).isEqualTo(units);
        }
    }

    @Property
    void unitsCostWhatSoManyCallsCostAndNeverMore(
            @ForAll("prices") BigDecimal output, @ForAll @IntRange(min = 1, max = 100) int units) {
        Price price = price("times-billing", BigDecimal.ZERO, output);

        assertThat(price.cost(usage(0, 0), units))
                .isBetween(units * price.cost(usage(0, 0)) - units + 1, units * price.cost(usage(0, 0)));
    }

    @Test
    void tokensArePricedByTheThousand() {
        Price price = price("token-billing", "0.01", "0.03");

        assertThat(price.cost(usage(1_000, 1_000))).isEqualTo(40_000);
        assertThat(price.cost(usage(1, 0))).isEqualTo(10);
        assertThat(price.cost(usage(123, 456))).isEqualTo(1_230 + 13_680);
    }

    @Test
    void partsOfAMicroCreditAreRoundedUp() {
        assertThat(price("token-billing", "0.0000001", "0").cost(usage(1, 0))).isEqualTo(1);
        assertThat(price("token-billing", "0.0001", "0.0001").cost(usage(1, 2))).isEqualTo(1);
        assertThat(price("times-billing", "0", "0.000000000000001").cost(usage(0, 0)))
                .isEqualTo(1);
    }

    @Test
    void cachedTokensCostTheInputPrice() {
        Price price = price("token-billing", "1", "2");

        assertThat(price.cost(new TokenUsage(1_000, 0, 900, 0, false))).isEqualTo(1_000_000);
    }

    @Test
    void negativePricesAndCountsAreZero() {
        assertThat(price("token-billing", "-1", "2").cost(usage(1_000, -5))).isZero();
        assertThat(price("times-billing", "0", "-2").free()).isTrue();
    }

    @Test
    void absurdCountsCostTheLargestAmountInsteadOfOverflowing() {
        assertThat(price("token-billing", "1000000", "1000000").cost(usage(Long.MAX_VALUE, Long.MAX_VALUE)))
                .isEqualTo(Credits.MAX_MICRO);
    }

    @Property
    void costIsTheExactSumRoundedUp(
            @ForAll("prices") BigDecimal input,
            @ForAll("prices") BigDecimal output,
            @ForAll @LongRange(max = 10_000_000) long in,
            @ForAll @LongRange(max = 10_000_000) long out) {
        long cost = price("token-billing", input, output).cost(usage(in, out));

        BigDecimal exactMicro = input.multiply(BigDecimal.valueOf(in))
                .add(output.multiply(BigDecimal.valueOf(out)))
                .multiply(BigDecimal.valueOf(Credits.MICRO_PER_CREDIT))
                .divide(BigDecimal.valueOf(1_000), MathContext.UNLIMITED);
        assertThat(cost).isNotNegative();
        assertThat(BigDecimal.valueOf(cost)).isGreaterThanOrEqualTo(exactMicro);
        assertThat(BigDecimal.valueOf(cost).subtract(exactMicro)).isLessThan(BigDecimal.ONE);
    }

    @Property
    void moreTokensNeverCostLess(
            @ForAll("prices") BigDecimal input,
            @ForAll("prices") BigDecimal output,
            @ForAll @LongRange(min = -10, max = 1_000_000) long in,
            @ForAll @LongRange(min = -10, max = 1_000_000) long out,
            @ForAll @LongRange(max = 1_000) long moreIn,
            @ForAll @LongRange(max = 1_000) long moreOut) {
        Price price = price("token-billing", input, output);

        assertThat(price.cost(usage(in + moreIn, out + moreOut))).isGreaterThanOrEqualTo(price.cost(usage(in, out)));
    }

    @Property
    void anEstimateIsWhatTheSameTokensCost(
            @ForAll("prices") BigDecimal input,
            @ForAll("prices") BigDecimal output,
            @ForAll @LongRange(max = 1_000_000) long in,
            @ForAll @LongRange(max = 1_000_000) long out) {
        Price price = price("token-billing", input, output);

        assertThat(price.estimate(in, out)).isEqualTo(price.cost(usage(in, out)));
    }

    @Provide
    Arbitrary<BigDecimal> prices() {
        return Arbitraries.bigDecimals()
                .between(BigDecimal.ZERO, BigDecimal.valueOf(1_000))
                .ofScale(9);
    }

    private static TokenUsage usage(long input, long output) {
        return new TokenUsage(input, output, 0, 0, false);
    }

    private static Price price(String type, String input, String output) {
        return price(type, new BigDecimal(input), new BigDecimal(output));
    }

    private static Price price(String type, BigDecimal input, BigDecimal output) {
        return new Price(new PriceRule(1, type, List.of("m"), input, output, false), 1);
    }
}
