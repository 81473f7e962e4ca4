package io.patchbay.billing.price.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.patchbay.billing.TokenUsage;
import io.patchbay.billing.price.DollarRate;
import io.patchbay.billing.price.Price;
import io.patchbay.billing.price.PriceRule;
import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PriceTemplatesTest {
    private final PriceTemplates templates = PriceTemplates.shipped();

    @ParameterizedTest
    @ValueSource(strings = {"7.1", "1000", "0.000001", "7.123456"})
    void everyPriceMakesAValidRuleAtAnyRate(String rate) {
        for (PriceTemplates.Origin origin : templates.origins()) {
            List<PriceRule> rules = templates.rules(new DollarRate(new BigDecimal(rate)), origin.vendor());

            assertThat(rules).isNotEmpty();
            assertThat(rules).allSatisfy(rule -> {
                assertThat(rule.models()).isNotEmpty();
                assertThat(rule.free()).isFalse();
                assertThat(rule.anonymous()).isFalse();
                assertThat(rule.effectiveFrom()).isNull();
            });
        }
    }

    @Test
    void pricesOfAVendorNameEachModelOnceInOneGroup() {
        for (PriceGroup group : templates.groups()) {
            List<String> models = group.prices().stream()
                    .flatMap(price -> price.models().stream())
                    .toList();
            assertThat(models).as(group.vendor() + " " + group.currency()).doesNotHaveDuplicates();
            assertThat(models)
                    .allSatisfy(
                            model -> assertThat(model).isEqualTo(model.strip()).isNotEmpty());
        }
        List<String> all = templates.rules(DollarRate.USUAL, "").stream()
                .flatMap(rule -> rule.models().stream())
                .toList();
        assertThat(all).doesNotHaveDuplicates().hasSizeGreaterThan(250);
    }

    @Test
    void partsArePricedAsVendorsDo() {
        for (PriceGroup group : templates.groups()) {
            for (PriceGroup.ModelPrice price : group.prices()) {
                assertThat(Stream.of(
                                        price.input(),
                                        price.output(),
                                        price.cachedInput(),
                                        price.cacheWrite(),
                                        price.reasoning(),
                                        price.audioInput(),
                                        price.audioOutput(),
                                        price.imageInput(),
                                        price.imageOutput())
                                .filter(Objects::nonNull))
                        .as(price.models().toString())
                        .isNotEmpty()
                        .allSatisfy(one -> assertThat(one).isNotNegative());
                if (price.cachedInput() != null) {
                    assertThat(price.cachedInput())
                            .as(price.models().toString())
                            .isLessThan(price.input());
                }
                if (price.cacheWrite() != null) {
                    assertThat(price.cacheWrite()).as(price.models().toString()).isGreaterThan(price.input());
                }
                if (group.unit() == PriceGroup.Unit.CALL) {
                    assertThat(price.output()).isPositive();
                    assertThat(price.input()).isNull();
                }
            }
        }
    }

    @Test
    void eachGroupTellsWhereItsPricesAreFromAndWhen() {
        assertThat(templates.origins()).allSatisfy(origin -> {
            assertThat(origin.vendor()).matches("[a-z]+");
            assertThat(origin.name()).isNotBlank();
            assertThat(origin.source()).isNotBlank();
            assertThat(YearMonth.parse(origin.asOf())).isBetween(YearMonth.of(2024, 1), YearMonth.of(2026, 11));
            assertThat(origin.currency()).isIn("USD", "CNY");
            assertThat(origin.models()).isPositive();
        });
        assertThat(templates.asOf()).isEqualTo("2026-07");
        Set<String> vendors = new HashSet<>();
        templates.origins().forEach(origin -> vendors.add(origin.vendor()));
        assertThat(vendors)
                .contains(
                        "openai",
                        "anthropic",
                        "google",
                        "deepseek",
                        "qwen",
                        "zhipu",
                        "moonshot",
                        "mistral",
                        "xai",
                        "groq",
                        "classic");
    }

    @ParameterizedTest
    @CsvSource({
        // dollars for a million tokens, at 7.1
        "openai, gpt-4o, 0.1775, 0.71, 0.08875",
        "openai, gpt-4.1-nano, 0.0071, 0.0284, 0.001775",
        "anthropic, claude-sonnet-4-5, 0.213, 1.065, 0.0213",
        "google, gemini-1.5-flash, 0.005325, 0.0213, 0.00133125",
        // yuan for a million tokens
        "qwen, qwen-plus, 0.008, 0.02,",
        // the original's: dollars and yuan for a thousand tokens
        "classic, gpt-4o, 0.355, 1.065,",
        "classic, gpt-3.5-turbo-1106, 0.071, 0.142,",
        "classic, deepseek-chat, 0.01, 0.02,",
        "classic, moonshot-v1-8k, 0.12, 0.12,",
        // for a call
        "classic, dall-e-3, 0, 5.68,",
        "classic, midjourney-turbo, 0, 5,"
    })
    void pricesBecomeCreditsExactly(String vendor, String model, String input, String output, String cached) {
        PriceRule rule = find(templates.rules(DollarRate.USUAL, vendor), model);

        assertThat(rule.input()).isEqualByComparingTo(input);
        assertThat(rule.output()).isEqualByComparingTo(output);
        if (cached == null) {
            assertThat(rule.parts().cachedInput()).isNull();
        } else {
            assertThat(rule.parts().cachedInput()).isEqualByComparingTo(cached);
        }
    }

    @Test
    void aRealCallCostsWhatTheVendorTakesTimesTen() {
        // 10,000 tokens of input, half from the cache, and 2,000 of output: 0.0125 + 0.00625 + 0.02 dollars.
        Price price = new Price(find(templates.rules(new DollarRate(BigDecimal.ONE), ""), "gpt-4o"), 1);

        assertThat(price.cost(new TokenUsage(10_000, 2_000, 5_000, 0, false))).isEqualTo(387_500);
    }

    @Test
    void aModelOfSeveralGroupsIsTakenFromTheFirst() {
        assertThat(find(templates.rules(DollarRate.USUAL, ""), "gpt-4o").output())
                .isEqualByComparingTo("0.71");
        assertThat(templates.rules(DollarRate.USUAL, ""))
                .extracting(PriceRule::id)
                .startsWith(1L, 2L, 3L)
                .doesNotHaveDuplicates();
        assertThat(templates.rules(DollarRate.USUAL, "nobody")).isEmpty();
    }

    @Test
    void aRateThatCannotBeIsRefused() {
        assertThat(DollarRate.parse(" ")).isEqualTo(DollarRate.USUAL);
        assertThat(DollarRate.parse("7.25").yuan()).isEqualByComparingTo("7.25");
        for (String bad : new String[] {"0", "-1", "1000.1", "7.1234567", "seven", "1e999999999", "NaN"}) {
            assertThatThrownBy(() -> DollarRate.parse(bad))
                    .as(bad)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith(
                            "the rate of the dollar must be above 0, at most 1000 and have at most 6 decimals; is '");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{\"vendor\":\"x\"}]",
                "[{\"vendor\":\"x\",\"name\":\"X\",\"source\":\"s\",\"as_of\":\"2026-07\",\"currency\":\"EUR\","
                        + "\"unit\":\"per call\",\"prices\":[]}]",
                "[{\"vendor\":\"x\",\"name\":\"X\",\"source\":\"s\",\"as_of\":\"2026-07\",\"currency\":\"USD\","
                        + "\"unit\":\"per page\",\"prices\":[]}]",
                "[{\"vendor\":\"x\",\"name\":\"X\",\"source\":\"s\",\"as_of\":\"2026-07\",\"currency\":\"USD\","
                        + "\"unit\":\"per call\",\"prices\":[{\"output\":1}]}]"
            })
    void dataOfAnotherShapeIsRefused(String json) {
        assertThatThrownBy(() -> PriceTemplates.parse(json)).isInstanceOf(JsonProcessingException.class);
    }

    private static PriceRule find(List<PriceRule> rules, String model) {
        return rules.stream()
                .filter(rule -> rule.models().contains(model))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no price of " + model));
    }
}
