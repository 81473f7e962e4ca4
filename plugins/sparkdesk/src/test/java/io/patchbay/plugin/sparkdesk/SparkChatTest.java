package io.patchbay.plugin.sparkdesk;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.FaultKind;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.spi.json.Json;
import io.patchbay.spi.json.JsonValue;
import io.patchbay.testkit.host.FlowDriver;
import io.patchbay.testkit.host.FlowRun;
import io.patchbay.testkit.host.Reply;
import io.patchbay.testkit.host.TestChannel;
import io.patchbay.testkit.host.TestChatCall;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SparkChatTest {
    private static final Reply ANSWER = Reply.socket(
            "{\"header\":{\"code\":0,\"sid\":\"s\",\"status\":2},\"payload\":{\"choices\":{\"status\":2,\"text\":[{\"content\":\"ok\"}]}}}");
    private static final TestChannel CHANNEL =
            TestChannel.builder(new SparkChannelType().descriptor(), "one").build();
    private static final String HI = "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]";

    private static FlowRun<ChatEvent> run(TestChannel channel, String model, String members) {
        FlowRun<ChatEvent> run = FlowDriver.answering(ANSWER)
                .chat(new SparkChannelType()
                        .chat(TestChatCall.of("{\"model\":\"" + model + "\"," + members + "}"), channel));
        assertThat(run.mistakes()).isEmpty();
        return run;
    }

    private static JsonValue asked(String model, String members) {
        return Json.parse(run(CHANNEL, model, members).said().getFirst());
    }

    @ParameterizedTest
    @CsvSource({
        "spark-desk-lite, /v1.1/chat, lite",
        "spark-desk-pro, /v3.1/chat, generalv3",
        "spark-desk-pro-128k, /chat/pro-128k, pro-128k",
        "spark-desk-max, /v3.5/chat, generalv3.5",
        "spark-desk-max-32k, /chat/max-32k, max-32k",
        "spark-desk-4.0-ultra, /v4.0/chat, 4.0Ultra",
        "spark-x, /v1/x1, spark-x",
        "spark-desk-v3.5, /v3.5/chat, generalv3.5",
        "never-heard-of, /v1.1/chat, lite",
    })
    void everyModelHasItsPathAndDomain(String model, String path, String domain) {
        FlowRun<ChatEvent> run = run(CHANNEL, model, HI);

        assertThat(run.sent().getFirst().path()).isEqualTo(path);
        assertThat(Json.parse(run.said().getFirst())
                        .at("parameter", "chat", "domain")
                        .string())
                .isEqualTo(domain);
    }

    @Test
    void theOperatorMayRenameThem() {
        TestChannel renamed = CHANNEL.toBuilder()
                .option("tiers", "spark-desk-max=/v9.9/chat general9; nonsense; spark-x = nopath x")
                .build();

        assertThat(run(renamed, "spark-desk-max", HI).sent().getFirst().path()).isEqualTo("/v9.9/chat");
        assertThat(run(renamed, "spark-x", HI).sent().getFirst().path()).isEqualTo("/v1/x1");
    }

    @Test
    void asksTheWholeConversationInOneMessage() {
        JsonValue asked = asked(
                "spark-desk-max",
                "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"},{\"role\":\"system\",\"content\":\"Be brief.\"},"
                        + "{\"role\":\"assistant\",\"content\":\"\",\"tool_calls\":[{\"id\":\"a\",\"type\":\"function\",\"function\":"
                        + "{\"name\":\"w\",\"arguments\":\"{}\"}}]},{\"role\":\"tool\",\"tool_call_id\":\"a\",\"content\":\"17\"}],"
                        + "\"temperature\":0,\"top_k\":40,\"max_tokens\":99999");

        assertThat(asked.at("payload", "message", "text"))
                .isEqualTo(Json.parse(
                        "[{\"role\":\"system\",\"content\":\"Be brief.\"},{\"role\":\"user\",\"content\":\"Hi\"},"
                                + "{\"role\":\"assistant\",\"content\":\"[called the tool w with {}]\"},"
                                + "{\"role\":\"user\",\"content\":\"[result of the tool] 17\"}]"));
        assertThat(asked.at("parameter", "chat"))
                .isEqualTo(Json.parse(
                        "{\"domain\":\"generalv3.5\",\"temperature\":0.01,\"max_tokens\":8192,\"top_k\":6}"));
        assertThat(asked.at("payload", "functions")).isNull();
        assertThat(asked.at("header", "uid").string()).hasSize(32);
    }

    @Test
    void aTierWithoutSystemMessagesGetsThemInTheUsersWords() {
        JsonValue asked = asked(
                "spark-desk-lite",
                "\"messages\":[{\"role\":\"system\",\"content\":\"Be brief.\"},{\"role\":\"user\",\"content\":\"Hi\"}]");

        assertThat(asked.at("payload", "message", "text", 0, "role").string()).isEqualTo("user");
        assertThat(asked.at("payload", "message", "text", 0, "content").string())
                .contains("Be brief.")
                .endsWith("Hi");
    }

    @Test
    void aPictureGoesFirstAndToTheSocketForPictures() {
        FlowRun<ChatEvent> run = run(
                CHANNEL,
                "spark-desk-lite",
                "\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"What?\"},{\"type\":\"image_url\","
                        + "\"image_url\":{\"url\":\"data:image/png;base64,iVBORw0KGgo=\"}}]}]");

        assertThat(run.sent().getFirst().url()).startsWith("wss://spark-api.cn-huabei-1.xf-yun.com/v2.1/image?");
        assertThat(Json.parse(run.said().getFirst()).at("payload", "message", "text"))
                .isEqualTo(Json.parse("[{\"role\":\"user\",\"content\":\"iVBORw0KGgo=\",\"content_type\":\"image\"},"
                        + "{\"role\":\"user\",\"content\":\"What?\",\"content_type\":\"text\"}]"));
    }

    @Test
    void functionsCanBeSwitchedOffAndAreThenReported() {
        TestChannel without = CHANNEL.toBuilder().option("functions", "false").build();
        FlowRun<ChatEvent> run = run(
                without,
                "spark-desk-max",
                HI + ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"w\",\"parameters\":{}}}]");

        assertThat(Json.parse(run.said().getFirst()).at("payload", "functions")).isNull();
        assertThat(run.dropped()).containsExactly("tools");
    }

    @Test
    void thinkingIsSwitchedOnlyWhereTheModelThinks() {
        assertThat(asked("spark-x", HI + ",\"reasoning_effort\":\"none\"")
                        .at("parameter", "chat", "thinking", "type")
                        .string())
                .isEqualTo("disabled");
        assertThat(run(CHANNEL, "spark-desk-max", HI + ",\"reasoning_effort\":\"none\"")
                        .dropped())
                .containsExactly("reasoning_effort");
    }

    @Test
    void aConversationMustEndWithTheUser() {
        FlowRun<ChatEvent> run = run(
                CHANNEL,
                "spark-x",
                "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"},{\"role\":\"assistant\",\"content\":\"Ho\"}]");

        assertThat(run.sent()).isEmpty();
        assertThat(run.fault().kind()).isEqualTo(FaultKind.BAD_REQUEST);
    }

    @ParameterizedTest
    @CsvSource({"401, KEY_DEAD", "403, CLOCK"})
    void aRefusedHandshakeTellsWhoIsToBlame(int status, FaultKind kind) {
        FlowRun<ChatEvent> run = FlowDriver.answering(
                        Reply.json(status, "{\"message\":\"HMAC signature does not match\"}"))
                .chat(new SparkChannelType().chat(TestChatCall.asking("spark-x", "Hi"), CHANNEL));

        assertThat(run.fault().kind()).isEqualTo(kind);
    }
}
