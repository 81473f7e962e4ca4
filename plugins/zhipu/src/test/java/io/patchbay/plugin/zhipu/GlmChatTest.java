package io.patchbay.plugin.zhipu;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.spi.json.Json;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import io.patchbay.testkit.host.FlowDriver;
import io.patchbay.testkit.host.FlowRun;
import io.patchbay.testkit.host.Reply;
import io.patchbay.testkit.host.TestChannel;
import io.patchbay.testkit.host.TestChatCall;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class GlmChatTest {
    private static final TestChannel CHANNEL = TestChannel.builder(new ZhipuChannelType().descriptor(), "a")
            .secret("key", "id.secret")
            .build();
    private static final String USER = "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]";

    @Test
    void theAddressIsCompletedWhereItEnds() {
        for (Map.Entry<String, String> endpoint : Map.of(
                        "https://open.bigmodel.cn", "https://open.bigmodel.cn/api/paas/v4/chat/completions",
                        "https://api.z.ai/", "https://api.z.ai/api/paas/v4/chat/completions",
                        "https://api.z.ai/api/coding/paas/v4", "https://api.z.ai/api/coding/paas/v4/chat/completions",
                        "https://open.bigmodel.cn/api/paas/v4/chat/completions",
                                "https://open.bigmodel.cn/api/paas/v4/chat/completions")
                .entrySet()) {
            TestChannel channel =
                    CHANNEL.toBuilder().endpoint(endpoint.getKey()).build();
            assertThat(run(channel, "glm-4.7", USER).sent().getFirst().url()).isEqualTo(endpoint.getValue());
        }
    }

    @Test
    void samplingIsMovedIntoTheVendorsRanges() {
        assertThat(body("glm-4", ",\"temperature\":1.5,\"top_p\":1"))
                .isEqualTo(sent("glm-4", ",\"temperature\":1,\"top_p\":0.99"));
        assertThat(body("glm-4", ",\"temperature\":0,\"top_p\":0"))
                .isEqualTo(sent("glm-4", ",\"do_sample\":false,\"top_p\":0.01"));
    }

    @Test
    void whatTheVendorDoesNotKnowIsReported() {
        FlowRun<ChatEvent> run = run(
                CHANNEL,
                "glm-4",
                USER + ",\"n\":2,\"seed\":1,\"logit_bias\":{\"1\":1},\"presence_penalty\":0,\"frequency_penalty\":1,"
                        + "\"stop\":[\"a\",\"b\"],\"tool_choice\":\"required\",\"reasoning_effort\":\"high\"");

        assertThat(run.sent().getFirst().json()).isEqualTo(sent("glm-4", ",\"stop\":[\"a\"]"));
        assertThat(run.dropped())
                .containsExactly(
                        "frequency_penalty", "logit_bias", "n", "reasoning_effort", "seed", "stop", "tool_choice");
    }

    @Test
    void thinkingIsSwitchedWhereItCanBe() {
        assertThat(body("glm-4.6", ",\"reasoning_effort\":\"none\""))
                .isEqualTo(sent("glm-4.6", ",\"thinking\":{\"type\":\"disabled\"}"));
        assertThat(body("glm-4.5-air", ",\"reasoning_effort\":\"low\"").get("thinking"))
                .isEqualTo(Json.parse("{\"type\":\"enabled\"}"));
        assertThat(body("glm-4.6", ",\"thinking\":{\"type\":\"enabled\",\"clear_thinking\":false}")
                        .get("thinking"))
                .isEqualTo(Json.parse("{\"type\":\"enabled\",\"clear_thinking\":false}"));
        assertThat(body("glm-4.6", "").get("thinking")).isNull();
    }

    @Test
    void aSchemaBecomesPlainJsonAndIsReported() {
        FlowRun<ChatEvent> run = run(
                CHANNEL,
                "glm-4.6",
                USER + ",\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"a\"}}");

        assertThat(run.sent().getFirst().json().get("response_format"))
                .isEqualTo(Json.parse("{\"type\":\"json_object\"}"));
        assertThat(run.dropped()).containsExactly("response_format");
    }

    @Test
    void aUserOfFewLettersIsLeftOut() {
        assertThat(body("glm-4", ",\"user\":\"user-1\"").get("user_id")).isEqualTo(JsonValue.of("user-1"));
        FlowRun<ChatEvent> run = run(CHANNEL, "glm-4", USER + ",\"user\":\"u\"");
        assertThat(run.sent().getFirst().json()).isEqualTo(sent("glm-4", ""));
        assertThat(run.dropped()).containsExactly("user");
    }

    @Test
    void choosingNoToolSendsNone() {
        FlowRun<ChatEvent> run = run(
                CHANNEL,
                "glm-4",
                USER + ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}],"
                        + "\"tool_choice\":\"none\"");

        assertThat(run.sent().getFirst().json()).isEqualTo(sent("glm-4", ""));
        assertThat(run.dropped()).isEmpty();
    }

    @Test
    void searchingIsATool() {
        assertThat(body(
                                "glm-4",
                                ",\"web_search_options\":{\"search_context_size\":\"high\"},\"tools\":"
                                        + "[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}]")
                        .get("tools"))
                .isEqualTo(Json.parse("[{\"type\":\"function\",\"function\":{\"name\":\"f\"}},{\"type\":\"web_search\","
                        + "\"web_search\":{\"enable\":true,\"search_engine\":\"search_pro\",\"search_result\":true,"
                        + "\"content_size\":\"high\"}}]"));
    }

    @Test
    void picturesAreSentAsBareBase64OrByAddress() {
        String content = "\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":"
                + "{\"url\":\"data:image/png;base64,QUJD\",\"detail\":\"low\"}},{\"type\":\"image_url\",\"image_url\":"
                + "{\"url\":\"https://a.example/b.png\"}}]}]";

        JsonValue parts =
                run(CHANNEL, "glm-4v", content).sent().getFirst().json().at("messages", 0, "content");

        assertThat(parts)
                .isEqualTo(Json.parse("[{\"type\":\"image_url\",\"image_url\":{\"url\":\"QUJD\",\"detail\":\"low\"}},"
                        + "{\"type\":\"image_url\",\"image_url\":{\"url\":\"https://a.example/b.png\"}}]"));
        assertThat(run(CHANNEL, "glm-4v-flash", content).fault().kind()).isEqualTo(FaultKind.BAD_REQUEST);
    }

    @Test
    void answersOfToolsAreSentBack() {
        String messages =
                "\"messages\":[{\"role\":\"user\",\"content\":\"Q\"},{\"role\":\"assistant\",\"content\":null,"
                        + "\"tool_calls\":[{\"id\":\"1\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]},"
                        + "{\"role\":\"tool\",\"tool_call_id\":\"1\",\"content\":\"17\"}]";

        assertThat(run(CHANNEL, "glm-4.7", messages).sent().getFirst().json().get("messages"))
                .isEqualTo(Json.parse("{" + messages + "}").get("messages"));
    }

    @Test
    void modelsOfTheOldVersionAreRefusedWithAHint() {
        for (String model : new String[] {"zhipu-chatglm-pro", "chatglm_std", "characterglm"}) {
            FlowRun<ChatEvent> run = run(CHANNEL, model, USER);
            assertThat(run.sent()).isEmpty();
            assertThat(run.fault().kind()).isEqualTo(FaultKind.UNSUPPORTED);
            assertThat(run.fault().message()).contains("redirect");
        }
    }

    @Test
    void theOldNameOfATurboStillAnswers() {
        assertThat(body("zhipu-chatglm-turbo", "")).isEqualTo(sent("glm-3-turbo", ""));
        assertThat(body("glm-3-turbo", "")).isEqualTo(sent("glm-3-turbo", ""));
    }

    @Test
    void idsOfRequestsAreNotShown() {
        Reply reply = Reply.json(
                429, "{\"error\":{\"code\":\"1302\",\"message\":\"too fast (request id: 20240105abcdef)\"}}");
        Fault fault = FlowDriver.answering(reply)
                .chat(new ZhipuChannelType().chat(TestChatCall.asking("glm-4", "Hi"), CHANNEL))
                .fault();

        assertThat(fault.kind()).isEqualTo(FaultKind.RATE);
        assertThat(fault.message()).isEqualTo("too fast");
    }

    private static JsonValue body(String model, String more) {
        return run(CHANNEL, model, USER + more).sent().getFirst().json();
    }

    private static JsonObject sent(String model, String more) {
        return Json.parse("{\"model\":\"" + model + "\",\"stream\":true," + USER + more
                        + ",\"stream_options\":{\"include_usage\":true}}")
                .asObject();
    }

    private static FlowRun<ChatEvent> run(TestChannel channel, String model, String members) {
        FlowRun<ChatEvent> run = FlowDriver.answering(Reply.json(404, "{}"))
                .chat(new ZhipuChannelType()
                        .chat(
                                TestChatCall.of("{\"model\":\"" + model + "\",\"stream\":true," + members + "}"),
                                channel));
        assertThat(run.mistakes()).isEmpty();
        return run;
    }
}
