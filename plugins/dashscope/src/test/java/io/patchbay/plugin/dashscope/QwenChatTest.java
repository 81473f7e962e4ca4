package io.patchbay.plugin.dashscope;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.spi.json.Json;
import io.patchbay.spi.json.JsonValue;
import io.patchbay.testkit.host.FlowDriver;
import io.patchbay.testkit.host.FlowRun;
import io.patchbay.testkit.host.Reply;
import io.patchbay.testkit.host.SentRequest;
import io.patchbay.testkit.host.TestChannel;
import io.patchbay.testkit.host.TestChatCall;
import org.junit.jupiter.api.Test;

final class QwenChatTest {
    private static final TestChannel CHANNEL = TestChannel.builder(new DashScopeChannelType().descriptor(), "a")
            .secret("key", "sk-test")
            .build();
    private static final String USER = "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]";

    @Test
    void aChatIsAskedForAsAStream() {
        SentRequest sent =
                run(CHANNEL, "qwen-plus", USER + ",\"stream\":false").sent().getFirst();

        assertThat(sent.url())
                .isEqualTo("https://dashscope.aliyuncs.com/api/v1/services/aigc/text-generation/generation");
        assertThat(sent.header("authorization")).isEqualTo("Bearer sk-test");
        assertThat(sent.header("x-dashscope-sse")).isEqualTo("enable");
        assertThat(sent.header("x-dashscope-workspace")).isNull();
        assertThat(sent.json())
                .isEqualTo(Json.parse("{\"model\":\"qwen-plus\",\"input\":{" + USER + "},\"parameters\":"
                        + "{\"result_format\":\"message\",\"incremental_output\":true}}"));
    }

    @Test
    void theEndpointMayNameEitherApi() {
        for (String endpoint : new String[] {
            "https://dashscope-intl.aliyuncs.com/",
            "https://dashscope-intl.aliyuncs.com/api/v1",
            "https://dashscope-intl.aliyuncs.com/compatible-mode/v1/chat/completions"
        }) {
            TestChannel channel = CHANNEL.toBuilder()
                    .endpoint(endpoint)
                    .option("workspace", "ws-1")
                    .build();
            SentRequest sent = run(channel, "qwen-vl-max", USER).sent().getFirst();
            assertThat(sent.url())
                    .isEqualTo(
                            "https://dashscope-intl.aliyuncs.com/api/v1/services/aigc/multimodal-generation/generation");
            assertThat(sent.header("x-dashscope-workspace")).isEqualTo("ws-1");
        }
    }

    @Test
    void settingsAreMovedIntoTheirRanges() {
        assertThat(parameters(",\"temperature\":2,\"top_p\":1,\"top_k\":-1,\"max_tokens\":9000,\"seed\":-5,"
                        + "\"repetition_penalty\":0,\"presence_penalty\":3,\"stop\":\"END\",\"logprobs\":true,"
                        + "\"enable_thinking\":true,\"thinking_budget\":99,\"enable_search\":false,"
                        + "\"search_options\":{\"forced_search\":true}"))
                .isEqualTo(
                        Json.parse(
                                "{\"result_format\":\"message\",\"incremental_output\":true,\"max_tokens\":9000,"
                                        + "\"temperature\":1.99,\"top_p\":0.99,\"top_k\":0,\"repetition_penalty\":0.01,"
                                        + "\"presence_penalty\":2,\"seed\":0,\"stop\":[\"END\"],\"logprobs\":true,\"enable_thinking\":true,"
                                        + "\"thinking_budget\":99,\"enable_search\":false,\"search_options\":{\"forced_search\":true}}"));
    }

    @Test
    void aNameThatEndsInNetSearches() {
        SentRequest sent = run(CHANNEL, "qwen-turbo-net", USER).sent().getFirst();

        assertThat(sent.json().string("model")).isEqualTo("qwen-turbo");
        assertThat(sent.json().at("parameters", "enable_search")).isEqualTo(JsonValue.of(true));
        assertThat(parameters(",\"web_search_options\":{}").get("enable_search"))
                .isEqualTo(JsonValue.of(true));
    }

    @Test
    void whatTheVendorDoesNotKnowIsReported() {
        assertThat(run(
                                CHANNEL,
                                "qwen-plus",
                                "\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"a\"},"
                                        + "{\"type\":\"image_url\",\"image_url\":{\"url\":\"https://a.example\"}}]}],\"n\":2,"
                                        + "\"frequency_penalty\":1,\"logit_bias\":{\"1\":2},\"user\":\"u\","
                                        + "\"response_format\":{\"type\":\"json_schema\"}")
                        .dropped())
                .containsExactly(
                        "frequency_penalty", "logit_bias", "messages.image_url", "n", "response_format", "user");
    }

    @Test
    void aSchemaBecomesPlainJson() {
        assertThat(parameters(",\"response_format\":{\"type\":\"json_schema\"}").get("response_format"))
                .isEqualTo(Json.parse("{\"type\":\"json_object\"}"));
        assertThat(parameters(",\"response_format\":{\"type\":\"text\"}").get("response_format"))
                .isNull();
    }

    @Test
    void theChoiceOfAToolIsSaidWhereItCanBe() {
        String one = ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}],\"parallel_tool_calls\":true";
        String two = one.replace("]", ",{\"type\":\"function\",\"function\":{\"name\":\"g\"}}]");
        JsonValue forced = Json.parse("{\"type\":\"function\",\"function\":{\"name\":\"f\"}}");

        assertThat(parameters(one).get("tools")).isEqualTo(Json.parse("[" + forced + "]"));
        assertThat(parameters(one).get("parallel_tool_calls")).isEqualTo(JsonValue.of(true));
        assertThat(parameters(one + ",\"tool_choice\":\"required\"").get("tool_choice"))
                .isEqualTo(forced);
        assertThat(parameters(two + ",\"tool_choice\":" + forced).get("tool_choice"))
                .isEqualTo(forced);
        assertThat(parameters(two + ",\"tool_choice\":\"none\"").get("tool_choice"))
                .isEqualTo(JsonValue.of("none"));
        FlowRun<ChatEvent> run = run(CHANNEL, "qwen-plus", USER + two + ",\"tool_choice\":\"required\"");
        assertThat(run.sent().getFirst().json().at("parameters", "tool_choice")).isNull();
        assertThat(run.dropped()).containsExactly("tool_choice");
    }

    @Test
    void rolesAreBroughtIntoOrder() {
        assertThat(
                        messages(
                                "qwen-plus",
                                "[{\"role\":\"assistant\",\"content\":\"a\"},{\"role\":\"user\",\"content\":\"b\"},"
                                        + "{\"role\":\"system\",\"content\":\"s\"},{\"role\":\"developer\",\"content\":\"d\"}]"))
                .isEqualTo(Json.parse("[{\"role\":\"system\",\"content\":\"s\\n\\nd\"},"
                        + "{\"role\":\"user\",\"content\":\"a\\nb\"}]"));
    }

    @Test
    void callsOfToolsAndTheirAnswersAreKept() {
        String calls = "\"tool_calls\":[{\"id\":\"1\",\"type\":\"function\",\"function\":{\"name\":\"f\","
                + "\"arguments\":\"{}\"}}]";

        assertThat(messages(
                        "qwen-plus",
                        "[{\"role\":\"user\",\"content\":\"Q\"},{\"role\":\"assistant\",\"content\":null," + calls
                                + "},{\"role\":\"tool\",\"tool_call_id\":\"1\",\"content\":\"17\"}]"))
                .isEqualTo(Json.parse("[{\"role\":\"user\",\"content\":\"Q\"},{\"role\":\"assistant\",\"content\":\"\","
                        + calls + "},{\"role\":\"tool\",\"content\":\"17\",\"tool_call_id\":\"1\"}]"));
    }

    @Test
    void modelsThatSeeAndHearGetParts() {
        assertThat(
                        messages(
                                "qwen3-omni-flash",
                                "[{\"role\":\"system\",\"content\":\"s\"},{\"role\":\"user\",\"content\":[{\"type\":\"text\","
                                        + "\"text\":\"a\"},{\"type\":\"image_url\",\"image_url\":{\"url\":\"https://a.example/b.png\"}},"
                                        + "{\"type\":\"video_url\",\"video_url\":{\"url\":\"https://a.example/c.mp4\"}},"
                                        + "{\"type\":\"input_audio\",\"input_audio\":{\"data\":\"QUJD\",\"format\":\"mp3\"}}]}]"))
                .isEqualTo(Json.parse("[{\"role\":\"system\",\"content\":[{\"text\":\"s\"}]},{\"role\":\"user\","
                        + "\"content\":[{\"text\":\"a\"},{\"image\":\"https://a.example/b.png\"},"
                        + "{\"video\":\"https://a.example/c.mp4\"},{\"audio\":\"data:audio/mp3;base64,QUJD\"}]}]"));
    }

    private static JsonValue messages(String model, String messages) {
        return run(CHANNEL, model, "\"messages\":" + messages)
                .sent()
                .getFirst()
                .json()
                .at("input", "messages");
    }

    private static JsonValue parameters(String more) {
        return run(CHANNEL, "qwen-plus", USER + more).sent().getFirst().json().get("parameters");
    }

    private static FlowRun<ChatEvent> run(TestChannel channel, String model, String members) {
        FlowRun<ChatEvent> run = FlowDriver.answering(Reply.json(404, "{}"))
                .chat(new DashScopeChannelType()
                        .chat(TestChatCall.of("{\"model\":\"" + model + "\"," + members + "}"), channel));
        assertThat(run.mistakes()).isEmpty();
        return run;
    }
}
