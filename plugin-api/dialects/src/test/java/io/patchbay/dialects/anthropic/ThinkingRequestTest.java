package io.patchbay.dialects.anthropic;

import static io.patchbay.dialects.anthropic.Written.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ThinkingRequestTest {
    private static final String TOOL = "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}]";

    /** By the table of efforts and budgets; the bound has room for an answer beside the budget. */
    @ParameterizedTest
    @CsvSource({
        "minimal, 1024, 9216",
        "low, 1024, 9216",
        "medium, 8192, 16384",
        "high, 24576, 32768",
        "xhigh, 32768, 40960",
        "max, 62976, 64000",
        "auto, 8192, 16384"
    })
    void olderModelsThinkByABudget(String effort, long budget, long bound) {
        JsonObject body = Written.body("claude-sonnet-4-5", "\"reasoning_effort\":\"" + effort + "\"");

        assertThat(body.get("thinking")).isEqualTo(json("{\"type\":\"enabled\",\"budget_tokens\":" + budget + "}"));
        assertThat(body.longValue("max_tokens", 0)).isEqualTo(bound);
    }

    @ParameterizedTest
    @CsvSource({
        "claude-opus-4-6, minimal, low",
        "claude-opus-4-6, medium, medium",
        "claude-opus-4-6, xhigh, high",
        "claude-opus-4-6, max, max",
        "claude-opus-4-7, xhigh, xhigh",
        "claude-sonnet-5, high, high"
    })
    void newerModelsThinkByAnEffort(String model, String effort, String expected) {
        JsonObject body = Written.body(model, "\"reasoning_effort\":\"" + effort + "\"");

        assertThat(body.at("thinking", "type")).isEqualTo(json("\"adaptive\""));
        assertThat(body.get("output_config")).isEqualTo(json("{\"effort\":\"" + expected + "\"}"));
    }

    @Test
    void theModelDecidesWhereTheEffortIsAuto() {
        JsonObject body = Written.body("claude-opus-4-6", "\"reasoning_effort\":\"auto\"");

        assertThat(body.get("thinking")).isEqualTo(json("{\"type\":\"adaptive\"}"));
        assertThat(body.has("output_config")).isFalse();
    }

    @Test
    void thinkingIsShownWhereModelsHideItUnlessAsked() {
        assertThat(Written.body("claude-opus-4-7", "\"reasoning_effort\":\"high\"")
                        .get("thinking"))
                .isEqualTo(json("{\"type\":\"adaptive\",\"display\":\"summarized\"}"));
        assertThat(Written.body("claude-opus-4-7", "\"thinking\":{\"type\":\"adaptive\",\"display\":\"omitted\"}")
                        .get("thinking"))
                .isEqualTo(json("{\"type\":\"adaptive\",\"display\":\"omitted\"}"));
    }

    @ParameterizedTest
    @CsvSource({
        "claude-sonnet-4-5, disabled, ''",
        "claude-opus-4-8, disabled, ''",
        "claude-opus-5, disabled, ''",
        "claude-haiku-5-5, disabled, ''",
        "claude-sonnet-5-5, between_tools, ''",
        "claude-opus-5-5, '', low",
        "claude-fable-5, '', low",
        "claude-mythos-preview, '', low"
    })
    void noThinkingIsSaidAsTheModelTakesIt(String model, String type, String effort) {
        AnthropicRequest written = Written.of(model, "\"reasoning_effort\":\"none\"");

        JsonObject body = written.body();
        assertThat(body.has("thinking")).isEqualTo(!type.isEmpty());
        if (!type.isEmpty()) {
            assertThat(body.get("thinking")).isEqualTo(json("{\"type\":\"" + type + "\"}"));
        }
        assertThat(body.has("output_config")).isEqualTo(!effort.isEmpty());
        assertThat(written.unmapped().contains("reasoning_effort")).isEqualTo(type.isEmpty());
    }

    @Test
    void highEffortsAreRefusedWithoutThinking() {
        assertThat(Written.body(
                                "claude-opus-5",
                                "\"thinking\":{\"type\":\"disabled\"},\"output_config\":{\"effort\":\"max\"}")
                        .get("output_config"))
                .isEqualTo(json("{\"effort\":\"high\"}"));
    }

    @Test
    void modelsThatCannotThinkReportTheWish() {
        AnthropicRequest written = Written.of("claude-3-5-sonnet-20241022", "\"reasoning_effort\":\"high\"");

        assertThat(written.body().has("thinking")).isFalse();
        assertThat(written.unmapped()).containsExactly("reasoning_effort");
        assertThat(Written.of("claude-3-opus-20240229", "\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":2000}")
                        .unmapped())
                .containsExactly("thinking");
        assertThat(Written.of("claude-3-opus-20240229", "\"reasoning_effort\":\"none\"")
                        .unmapped())
                .isEmpty();
    }

    @Test
    void theClientsBoundIsNeverExceededByABudget() {
        JsonObject half = Written.body("claude-opus-4-5", "\"reasoning_effort\":\"high\",\"max_tokens\":4000");
        JsonObject tight = Written.body(
                "claude-opus-4-5", "\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":9000},\"max_tokens\":4000");
        AnthropicRequest none = Written.of("claude-opus-4-5", "\"reasoning_effort\":\"high\",\"max_tokens\":1024");

        assertThat(half.at("thinking", "budget_tokens")).hasToString("2000");
        assertThat(half.longValue("max_tokens", 0)).isEqualTo(4_000);
        assertThat(tight.at("thinking", "budget_tokens")).hasToString("3999");
        assertThat(none.body().has("thinking")).isFalse();
        assertThat(none.unmapped()).containsExactly("reasoning_effort");
    }

    @Test
    void aGivenBudgetIsKeptWhereBudgetsAreTakenAndBecomesAnEffortWhereNot() {
        String given = "\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":20000}";

        assertThat(Written.body("claude-opus-4-6", given).get("thinking"))
                .isEqualTo(json("{\"type\":\"enabled\",\"budget_tokens\":20000}"));
        JsonObject newer = Written.body("claude-opus-4-7", given);
        assertThat(newer.at("thinking", "type")).isEqualTo(json("\"adaptive\""));
        assertThat(newer.get("output_config")).isEqualTo(json("{\"effort\":\"high\"}"));
    }

    @Test
    void anEffortByItselfSwitchesNothingOn() {
        JsonObject body = Written.body("claude-opus-4-6", "\"output_config\":{\"effort\":\"low\"}");

        assertThat(body.has("thinking")).isFalse();
        assertThat(body.get("output_config")).isEqualTo(json("{\"effort\":\"low\"}"));
    }

    @Test
    void aDemandedCallWinsOverThinking() {
        AnthropicRequest older =
                Written.of("claude-opus-4-6", TOOL + ",\"tool_choice\":\"required\",\"reasoning_effort\":\"high\"");
        AnthropicRequest newer =
                Written.of("claude-opus-5", TOOL + ",\"tool_choice\":\"required\",\"reasoning_effort\":\"high\"");

        assertThat(older.body().has("thinking")).isFalse();
        assertThat(older.unmapped()).containsExactly("reasoning_effort");
        assertThat(newer.body().get("thinking")).isEqualTo(json("{\"type\":\"disabled\"}"));
        assertThat(newer.body().get("tool_choice")).isEqualTo(json("{\"type\":\"any\"}"));
    }

    @Test
    void aBudgetNeedsTheThinkingThatLedToTheCalls() {
        String messages = """
                "messages":[{"role":"user","content":"Hi"},{"role":"assistant","content":null,%s"tool_calls":[{"id":"a",\
                "type":"function","function":{"name":"f","arguments":"{}"}}]},{"role":"tool","tool_call_id":"a","content":"1"}],""";
        String signed = "\"reasoning_details\":[{\"type\":\"thinking\",\"thinking\":\"Hm\",\"signature\":\"EqQB\"}],";
        String wish = TOOL + ",\"reasoning_effort\":\"high\"";

        AnthropicRequest without = Written.of("claude-sonnet-4-5", messages.formatted("") + wish);

        assertThat(without.body().has("thinking")).isFalse();
        assertThat(without.unmapped()).containsExactly("reasoning_effort");
        assertThat(Written.body("claude-sonnet-4-5", messages.formatted(signed) + wish)
                        .has("thinking"))
                .isTrue();
        assertThat(Written.body("claude-opus-4-6", messages.formatted("") + wish)
                        .has("thinking"))
                .isTrue();
    }

    @Test
    void otherModelsBehindTheDialectGetWhatTheClientSaid() {
        AnthropicRequest written =
                Written.of("glm-4.6", "\"thinking\":{\"type\":\"enabled\"},\"reasoning_effort\":\"high\"");

        assertThat(written.body().get("thinking")).isEqualTo(json("{\"type\":\"enabled\"}"));
        assertThat(written.unmapped()).containsExactly("reasoning_effort");
    }
}
