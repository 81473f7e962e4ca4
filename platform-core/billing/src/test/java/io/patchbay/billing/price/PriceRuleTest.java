package io.patchbay.billing.price;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.patchbay.foundation.json.Json;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PriceRuleTest {
    @Test
    void readsAndWritesTheChargeObject() throws JsonProcessingException {
        String json = "{\"id\":3,\"type\":\"token-billing\",\"models\":[\"gpt-4o\"],\"input\":0.0000001,\"output\":10,"
                + "\"anonymous\":true}";

        PriceRule rule = Json.mapper().readValue(json, PriceRule.class);

        assertThat(rule)
                .isEqualTo(new PriceRule(
                        3,
                        "token-billing",
                        List.of("gpt-4o"),
                        new BigDecimal("0.0000001"),
                        new BigDecimal("10"),
                        true));
        assertThat(Json.mapper().writeValueAsString(rule)).isEqualTo(json);
    }

    @Test
    void missingAndNullMembersHaveDefaults() throws JsonProcessingException {
        PriceRule rule = Json.mapper().readValue("{\"id\":-1,\"models\":null,\"input\":null}", PriceRule.class);

        assertThat(rule)
                .isEqualTo(new PriceRule(-1, "non-billing", List.of(), BigDecimal.ZERO, BigDecimal.ZERO, false));
    }

    @Test
    void namesAreStrippedAndKeptOnce() {
        assertThat(rule("", List.of(" a", "b ", "", "a"), "0").models()).containsExactly("a", "b");
    }

    @Test
    void pricesHaveOneFormSoThatEqualRulesAreEqual() {
        assertThat(rule("times-billing", List.of("a"), "1.50")).isEqualTo(rule("times-billing", List.of("a"), "1.5"));
        assertThat(rule("times-billing", List.of("a"), "100").output().toString())
                .isEqualTo("100");
        assertThat(rule("times-billing", List.of("a"), "-3").output()).isZero();
    }

    @Test
    void mistakesAreToldInWords() {
        assertThatThrownBy(() -> rule("per-month", List.of("a"), "1"))
                .hasMessage("price type 'per-month' is unknown; it must be one of"
                        + " non-billing, times-billing, token-billing");
        assertThatThrownBy(() -> rule("times-billing", List.of("a"), "1000000.1"))
                .hasMessage("the output price must be at most 1000000 credits");
        assertThatThrownBy(() -> rule("times-billing", List.of("a"), "1e-16"))
                .hasMessage("the output price must have at most 15 decimals");
        assertThatThrownBy(() -> rule("times-billing", List.of("x".repeat(256)), "1"))
                .hasMessageContaining("256 characters");
    }

    private static PriceRule rule(String type, List<String> models, String output) {
        return new PriceRule(1, type, models, BigDecimal.ZERO, new BigDecimal(output), false);
    }
}
