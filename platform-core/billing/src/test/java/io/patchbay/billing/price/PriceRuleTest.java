package io.patchbay.billing.price;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.foundation.json.Json;
import java.math.BigDecimal;
import java.time.Instant;
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
    void furtherMembersAreThereWhereTheyAreSetAndComeBack() throws JsonProcessingException {
        String json = "{\"id\":1,\"type\":\"token-billing\",\"models\":[\"m\"],\"input\":1,\"output\":2,"
                + "\"anonymous\":false,\"cached_input\":0.1,\"cache_write\":1.25,\"reasoning\":0,\"audio_input\":3,"
                + "\"audio_output\":4,\"image_input\":5,\"image_output\":6,"
                + "\"effective_from\":\"2026-12-01T00:00:00Z\"}";

        PriceRule rule = Json.mapper().readValue(json, PriceRule.class);

        assertThat(rule.parts())
                .isEqualTo(new PartPrices(
                        new BigDecimal("0.1"),
                        new BigDecimal("1.25"),
                        BigDecimal.ZERO,
                        new BigDecimal("3"),
                        new BigDecimal("4"),
                        new BigDecimal("5"),
                        new BigDecimal("6")));
        assertThat(rule.effectiveFrom()).isEqualTo(Instant.parse("2026-12-01T00:00:00Z"));
        JsonNode written = Json.mapper().readTree(Json.write(rule));
        assertThat(written).isEqualTo(Json.mapper().readTree(json));
        assertThat(Json.mapper().readValue(written.toString(), PriceRule.class)).isEqualTo(rule);
    }

    @Test
    void noInnerNameOfAMemberIsWrittenOrRead() throws JsonProcessingException {
        PriceRule rule = Json.mapper().readValue("""
                {"id":1,"type":"token-billing","models":["m"],"input":1,"output":2,"parts":{"cachedInput":9},\
                "effectiveFrom":"2026-12-01T00:00:00Z","cached_input":null,"effective_from":" "}""", PriceRule.class);

        assertThat(rule.parts()).isEqualTo(PartPrices.NONE);
        assertThat(rule.effectiveFrom()).isNull();
        assertThat(Json.write(rule))
                .isEqualTo("{\"id\":1,\"type\":\"token-billing\",\"models\":[\"m\"],\"input\":1,\"output\":2,"
                        + "\"anonymous\":false}");
    }

    @Test
    void onlyPricesForTokensHaveParts() throws JsonProcessingException {
        PriceRule rule = Json.mapper()
                .readValue("{\"type\":\"times-billing\",\"models\":[\"m\"],\"cached_input\":1}", PriceRule.class);

        assertThat(rule.parts()).isEqualTo(PartPrices.NONE);
    }

    @Test
    void mistakesInFurtherMembersAreTold() {
        assertThatThrownBy(() -> Json.mapper()
                        .readValue("{\"type\":\"token-billing\",\"cached_input\":1000001}", PriceRule.class))
                .hasMessageContaining("the cached_input price must be at most 1000000 credits");
        assertThatThrownBy(() -> Json.mapper().readValue("{\"effective_from\":\"tomorrow\"}", PriceRule.class))
                .hasMessageContaining("effective_from must be a time such as 2026-12-01T00:00:00Z, is 'tomorrow'");
        assertThat(rule("token-billing", List.of("a"), "1")
                        .withModels(List.of("b"))
                        .models())
                .containsExactly("b");
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
