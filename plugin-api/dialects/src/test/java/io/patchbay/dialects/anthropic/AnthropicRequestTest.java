package io.patchbay.dialects.anthropic;

import static io.patchbay.dialects.anthropic.Written.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AnthropicRequestTest {
    private static final String TOOL = """
            "tools":[{"type":"function","function":{"name":"f","description":"Does.","parameters":\
            {"type":"object","properties":{"a":{"type":"string"}},"required":["a"]}}}]""";

    @Test
    void aPlainChatIsModelBoundAndMessages() {
        assertThat(Written.body("claude-sonnet-4-5", "")).isEqualTo(json("""
                        {"model":"claude-sonnet-4-5","max_tokens":8192,"messages":[{"role":"user","content":"Hi"}]}"""));
    }

    @Test
    void aStreamIsAskedForInTheBody() {
        assertThat(AnthropicRequest.of(Written.read(Written.HI), "claude-sonnet-4-5", true)
                        .body()
                        .flag("stream", false))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "claude-2.1, 2500",
        "claude-3-opus-20240229, 2500",
        "deepseek-chat, 2500",
        "claude-3-5-haiku-20241022, 8192",
        "claude-opus-4-1, 8192",
        "claude-opus-4-6, 32000",
        "claude-sonnet-5, 32000"
    })
    void theBoundOfTheAnswerIsTheModelsUsualOne(String model, long bound) {
        assertThat(Written.body(model, "").longValue("max_tokens", 0)).isEqualTo(bound);
    }

    @ParameterizedTest
    @CsvSource({
        "claude-3-haiku-20240307, 4096",
        "claude-3-5-sonnet-20241022, 8192",
        "claude-opus-4-20250514, 32000",
        "claude-sonnet-4-5, 64000",
        "claude-opus-5, 128000",
        "glm-4.6, 500000"
    })
    void theClientsBoundIsCutToWhatTheModelTakes(String model, long bound) {
        assertThat(Written.body(model, "\"max_completion_tokens\":500000").longValue("max_tokens", 0))
                .isEqualTo(bound);
        assertThat(Written.body(model, "\"max_tokens\":77").longValue("max_tokens", 0))
                .isEqualTo(77);
    }

    @Test
    void samplingIsClampedAndStopSequencesLoseBlanks() {
        AnthropicRequest written = Written.of(
                "claude-3-5-sonnet-20241022",
                "\"temperature\":1.7,\"top_p\":0.9,\"top_k\":5,\"stop\":[\"END\",\"\\n\",\"\"]");

        assertThat(written.body().toJson())
                .contains("\"temperature\":1,\"top_p\":0.9,\"top_k\":5,\"stop_sequences\":[\"END\"]");
        assertThat(written.unmapped()).containsExactly("stop");
    }

    @Test
    void temperatureAndTopPExcludeEachOtherFrom41On() {
        AnthropicRequest written = Written.of("claude-opus-4-1", "\"temperature\":0.2,\"top_p\":0.9");

        assertThat(written.body().get("temperature")).hasToString("0.2");
        assertThat(written.body().has("top_p")).isFalse();
        assertThat(written.unmapped()).containsExactly("top_p");
        assertThat(Written.body("claude-opus-4-1", "\"top_p\":0.9").get("top_p"))
                .hasToString("0.9");
    }

    @Test
    void modelsAfter46TakeNoSampling() {
        AnthropicRequest written = Written.of("claude-opus-4-7", "\"temperature\":0.2,\"top_p\":0.9,\"top_k\":5");

        assertThat(written.body().members().keySet()).containsExactly("model", "max_tokens", "messages");
        assertThat(written.unmapped()).containsExactlyInAnyOrder("temperature", "top_p", "top_k");
        assertThat(Written.of("claude-opus-4-7", "\"temperature\":1,\"top_p\":1")
                        .unmapped())
                .isEmpty();
    }

    @Test
    void thinkingLeavesNoRoomForSampling() {
        AnthropicRequest written = Written.of(
                "claude-sonnet-4-5", "\"reasoning_effort\":\"low\",\"temperature\":0.2,\"top_p\":0.97,\"top_k\":5");

        assertThat(written.body().has("temperature")).isFalse();
        assertThat(written.body().get("top_p")).hasToString("0.97");
        assertThat(written.unmapped()).containsExactlyInAnyOrder("temperature", "top_k");
    }

    @Test
    void systemIsATextAndBlocksWhereTheyAreCached() {
        String messages = """
                "messages":[{"role":"system","content":"Be brief."},{"role":"developer","content":[%s]},{"role":"user","content":"Hi"}]""";

        assertThat(Written.body("claude-sonnet-4-5", messages.formatted("{\"type\":\"text\",\"text\":\"And kind.\"}"))
                        .get("system"))
                .isEqualTo(json("\"Be brief.\\n\\nAnd kind.\""));
        assertThat(Written.body(
                                "claude-sonnet-4-5",
                                messages.formatted(
                                        "{\"type\":\"text\",\"text\":\"And kind.\",\"cache_control\":{\"type\":\"ephemeral\"}}"))
                        .get("system"))
                .isEqualTo(json("""
                        [{"type":"text","text":"Be brief."},\
                        {"type":"text","text":"And kind.","cache_control":{"type":"ephemeral"}}]"""));
    }

    @Test
    void toolsAreDeclaredWithWhatThisDialectAddsToThem() {
        String tools = """
                "tools":[{"type":"function","function":{"name":"f","description":"Does.","parameters":{"properties":{}},\
                "strict":true},"cache_control":{"type":"ephemeral","ttl":"1h"}},{"type":"function","function":{"name":"g"}},\
                {"type":"web_search_20250305","name":"web_search","max_uses":3}]""";

        assertThat(Written.body("claude-sonnet-4-5", tools).get("tools")).isEqualTo(json("""
                        [{"name":"f","description":"Does.","input_schema":{"properties":{},"type":"object"},"strict":true,\
                        "cache_control":{"type":"ephemeral","ttl":"1h"}},\
                        {"name":"g","input_schema":{"type":"object","properties":{}}},\
                        {"type":"web_search_20250305","name":"web_search","max_uses":3}]"""));
        assertThat(Written.of("claude-3-opus-20240229", tools).unmapped()).containsExactly("tools.strict");
    }

    @Test
    void toolsOfOtherVendorsAreReported() {
        AnthropicRequest written = Written.of(
                "claude-sonnet-4-5",
                "\"tools\":[{\"type\":\"web_search_preview\"},{\"type\":\"custom\",\"custom\":{\"name\":\"sql\"}}]");

        assertThat(written.body().get("tools")).isEqualTo(json("""
                        [{"name":"sql","input_schema":{"type":"object","properties":{"input":{"type":"string"}},\
                        "required":["input"]}}]"""));
        assertThat(written.unmapped()).containsExactlyInAnyOrder("tools", "tools.custom");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"auto\"|{\"type\":\"auto\"}",
                "\"required\"|{\"type\":\"any\"}",
                "\"none\"|{\"type\":\"none\"}",
                "{\"type\":\"function\",\"function\":{\"name\":\"f\"}}|{\"type\":\"tool\",\"name\":\"f\"}",
                "{\"type\":\"any\"}|{\"type\":\"any\"}",
            })
    void theChoiceOfToolsIsMapped(String wanted, String expected) {
        assertThat(Written.body("claude-sonnet-4-5", TOOL + ",\"tool_choice\":" + wanted)
                        .get("tool_choice"))
                .isEqualTo(json(expected));
        assertThat(Written.body("claude-sonnet-4-5", "\"tool_choice\":" + wanted)
                        .has("tool_choice"))
                .isFalse();
    }

    @Test
    void oneCallAtATimeIsAskedForInTheChoice() {
        String single = TOOL + ",\"parallel_tool_calls\":false";

        assertThat(Written.body("claude-sonnet-4-5", single).get("tool_choice"))
                .isEqualTo(json("{\"type\":\"auto\",\"disable_parallel_tool_use\":true}"));
        assertThat(Written.body("claude-sonnet-4-5", single + ",\"tool_choice\":\"required\"")
                        .get("tool_choice"))
                .isEqualTo(json("{\"type\":\"any\",\"disable_parallel_tool_use\":true}"));
        assertThat(Written.body("claude-sonnet-4-5", single + ",\"tool_choice\":\"none\"")
                        .get("tool_choice"))
                .isEqualTo(json("{\"type\":\"none\"}"));
    }

    @Test
    void aChoiceAmongAllowedToolsLeavesTheOthersOut() {
        String tools = """
                "tools":[{"type":"function","function":{"name":"f"}},{"type":"function","function":{"name":"g"}}],\
                "tool_choice":{"type":"allowed_tools","allowed_tools":{"mode":"required","tools":[{"type":"function",\
                "function":{"name":"g"}}]}}""";

        JsonObject body = Written.body("claude-sonnet-4-5", tools);

        assertThat(body.get("tools")).isEqualTo(json("""
                        [{"name":"g","input_schema":{"type":"object","properties":{}}}]"""));
        assertThat(body.get("tool_choice")).isEqualTo(json("{\"type\":\"any\"}"));
    }

    @Test
    void aCallCannotBeDemandedOfModelsThatAlwaysThink() {
        AnthropicRequest written = Written.of("claude-opus-5-5", TOOL + ",\"tool_choice\":\"required\"");

        assertThat(written.body().get("tool_choice")).isEqualTo(json("{\"type\":\"auto\"}"));
        assertThat(written.unmapped()).containsExactly("tool_choice");
    }

    @Test
    void toolsThatWereCalledBeforeAreDeclaredWhereTheClientNoLongerDoes() {
        JsonObject body = Written.body("claude-sonnet-4-5", """
                        "messages":[{"role":"user","content":"Hi"},{"role":"assistant","content":null,"tool_calls":[{"id":"a",\
                        "type":"function","function":{"name":"f","arguments":"{}"}}]},\
                        {"role":"tool","tool_call_id":"a","content":"1"}]""");

        assertThat(body.get("tools")).isEqualTo(json("""
                        [{"name":"f","input_schema":{"type":"object","properties":{}}}]"""));
        assertThat(body.get("tool_choice")).isEqualTo(json("{\"type\":\"none\"}"));
    }

    @Test
    void aSchemaBindsTheAnswerWhereTheModelCan() {
        String format = """
                "response_format":{"type":"json_schema","json_schema":{"name":"answer","strict":true,"schema":\
                {"type":"object","properties":{"a":{"type":"array","items":{"type":"object","properties":{}}}}}}}""";

        assertThat(Written.body("claude-haiku-4-5", format).get("output_config"))
                .isEqualTo(json("""
                        {"format":{"type":"json_schema","schema":{"type":"object","properties":{"a":{"type":"array","items":\
                        {"type":"object","properties":{},"additionalProperties":false}}},"additionalProperties":false}}}"""));
        assertThat(Written.body("claude-3-opus-20240229", format).string("system"))
                .startsWith("Answer with one JSON object only")
                .endsWith("{\"type\":\"array\",\"items\":{\"type\":\"object\",\"properties\":{}}}}}");
    }

    @Test
    void jsonWithoutASchemaIsAskedForInWordsBehindTheSystemText() {
        JsonObject body = Written.body("claude-sonnet-4-5", """
                        "messages":[{"role":"system","content":"Be brief."},{"role":"user","content":"Hi"}],\
                        "response_format":{"type":"json_object"}""");

        assertThat(body.string("system"))
                .isEqualTo("Be brief.\n\nAnswer with one JSON object only, without any words around it.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"user\":\"end-user-17\"|end-user-17",
                "\"safety_identifier\":\"abc\"|abc",
                "\"metadata\":{\"user_id\":\"native\"},\"user\":\"other\"|native",
                "\"user\":\"ann@example.org\"|438c4c7afe600cdf1e455c369bec76dc",
                "\"user\":\"+47 22 33 44 55\"|9c0dbd5a92e911e41b8ea9788634e2a6",
            })
    void theUserIsNamedButNeverByAnAddress(String members, String expected) {
        assertThat(Written.body("claude-sonnet-4-5", members).get("metadata"))
                .isEqualTo(json("{\"user_id\":\"" + expected + "\"}"));
    }

    @ParameterizedTest
    @CsvSource({"auto, auto", "default, standard_only", "standard_only, standard_only"})
    void theServiceTierIsMapped(String wanted, String expected) {
        assertThat(Written.body("claude-sonnet-4-5", "\"service_tier\":\"" + wanted + "\"")
                        .string("service_tier"))
                .isEqualTo(expected);
    }

    @Test
    void membersOfThisApiPass() {
        String members = """
                "context_management":{"edits":[]},"container":"c1","cache_control":{"type":"ephemeral"},"speed":"fast",\
                "stop_sequences":["X"],"output_config":{"task_budget":{"type":"tokens","total":9}}""";

        JsonObject body = Written.body("claude-opus-4-6", members);

        assertThat(body.toJson())
                .contains("\"context_management\":{\"edits\":[]}")
                .contains("\"container\":\"c1\"")
                .contains("\"cache_control\":{\"type\":\"ephemeral\"}")
                .contains("\"speed\":\"fast\"")
                .contains("\"stop_sequences\":[\"X\"]")
                .contains("\"output_config\":{\"task_budget\":{\"type\":\"tokens\",\"total\":9}}");
    }

    @Test
    void whatHasNoPlaceIsReported() {
        AnthropicRequest written = Written.of("claude-sonnet-4-5", """
                        "n":2,"seed":7,"presence_penalty":0.1,"frequency_penalty":0.1,"repetition_penalty":1.1,"logit_bias":{"1":2},\
                        "logprobs":true,"top_logprobs":3,"metadata":{"order":"17"},"service_tier":"flex","verbosity":"low",\
                        "response_format":{"type":"grammar"}""");

        assertThat(written.body().members().keySet()).containsExactly("model", "max_tokens", "messages");
        assertThat(written.unmapped())
                .containsExactlyInAnyOrder(
                        "n",
                        "seed",
                        "presence_penalty",
                        "frequency_penalty",
                        "repetition_penalty",
                        "logit_bias",
                        "logprobs",
                        "top_logprobs",
                        "metadata",
                        "service_tier",
                        "verbosity",
                        "response_format");
        assertThat(MessageTranscript.CODEC.unmapped(Written.read(Written.HI + ",\"seed\":7"), "claude-sonnet-4-5"))
                .containsExactly("seed");
    }

    @Test
    void askingForNothingSpecialIsNotReported() {
        assertThat(Written.of("claude-sonnet-4-5", """
                                "n":1,"logprobs":false,"presence_penalty":0,"top_logprobs":0,"store":false,"seed":null,\
                                "response_format":{"type":"text"},"stream_options":{"include_usage":true},"top_k":0""").unmapped()).isEmpty();
    }
}
