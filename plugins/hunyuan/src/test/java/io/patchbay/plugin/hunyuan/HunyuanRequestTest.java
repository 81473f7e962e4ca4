package io.patchbay.plugin.hunyuan;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.FaultKind;
import io.patchbay.spi.Secret;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.spi.chat.ChatMessage;
import io.patchbay.spi.json.Json;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import io.patchbay.testkit.host.FlowDriver;
import io.patchbay.testkit.host.FlowRun;
import io.patchbay.testkit.host.Reply;
import io.patchbay.testkit.host.SentRequest;
import io.patchbay.testkit.host.TestCalls;
import io.patchbay.testkit.host.TestChannel;
import io.patchbay.testkit.host.TestChatCall;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class HunyuanRequestTest {
    private static final HunyuanChannelType HUNYUAN = new HunyuanChannelType();
    private static final TestChannel CLOUD = TestChannel.builder(new HunyuanChannelType().descriptor(), "a")
            .secret("app_id", "1300000000")
            .secret("secret_id", "AKIDfakeTc3SecretId00000000000000000")
            .secret("secret_key", "fakeTc3SecretKey0000000000000000")
            .build();
    private static final String USER = "\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]";

    @Test
    void anActionOfTheCloudApiIsSignedAsPublished() {
        FlowRun<ChatEvent> run = FlowDriver.answering(Reply.json(404, "{}"))
                // The driver's clock moves by one millisecond with each step.
                .startingAt(Instant.ofEpochSecond(1_704_441_600))
                .chat(HUNYUAN.chat(call("hunyuan-lite", ",\"stream\":true"), CLOUD));

        SentRequest sent = run.sent().getFirst();
        assertThat(sent.text())
                .isEqualTo("{\"Model\":\"hunyuan-lite\",\"Messages\":[{\"Role\":\"user\",\"Content\":\"hello\"}],"
                        + "\"Stream\":true}");
        assertThat(sent.method() + " " + sent.url()).isEqualTo("POST https://hunyuan.tencentcloudapi.com/");
        assertThat(sent.header("x-tc-action")).isEqualTo("ChatCompletions");
        assertThat(sent.header("x-tc-version")).isEqualTo("2023-09-01");
        assertThat(sent.header("x-tc-region")).isEqualTo("ap-guangzhou");
        assertThat(sent.header("x-tc-timestamp")).isEqualTo("1704441600");
        assertThat(sent.header("authorization"))
                .isEqualTo("TC3-HMAC-SHA256 Credential=AKIDfakeTc3SecretId00000000000000000/2024-01-05/hunyuan/"
                        + "tc3_request, SignedHeaders=content-type;host, "
                        + "Signature=0e9d3b3c6412eff3f431b254988820dc2caafdd0d3150983f10333cbc2ee359c");
    }

    @Test
    void aLineOfTwoPartsSignsAlike() {
        TestChannel pair = CLOUD.toBuilder()
                .secret("app_id", "AKIDfakeTc3SecretId00000000000000000")
                .secret("secret_id", "fakeTc3SecretKey0000000000000000")
                .secret("secret_key", "")
                .build();

        assertThat(run(pair, "hunyuan-lite", USER).sent().getFirst().header("authorization"))
                .isEqualTo(run(CLOUD, "hunyuan-lite", USER).sent().getFirst().header("authorization"));
    }

    @Test
    void settingsOfTheCloudApiAreNamedAndMovedIntoTheirRanges() {
        FlowRun<ChatEvent> run = run(
                CLOUD,
                "hunyuan",
                USER + ",\"temperature\":3,\"top_p\":0.5,\"stop\":\"END\",\"seed\":99999,\"max_tokens\":9,"
                        + "\"enable_deep_search\":true,\"reasoning_effort\":\"low\",\"response_format\":{\"type\":\"json_object\"}");

        assertThat(run.sent().getFirst().json())
                .isEqualTo(Json.parse("{\"Model\":\"hunyuan-turbos-latest\",\"Messages\":[{\"Role\":\"user\","
                        + "\"Content\":\"hello\"}],\"Stream\":false,\"Temperature\":2,\"TopP\":0.5,\"Stop\":[\"END\"],"
                        + "\"Seed\":10000,\"EnableDeepSearch\":true}"));
        assertThat(run.dropped()).containsExactly("max_tokens", "reasoning_effort", "response_format");
        assertThat(body("hunyuan-a13b", USER + ",\"reasoning_effort\":\"none\"").get("EnableThinking"))
                .isEqualTo(JsonValue.of(false));
    }

    @Test
    void theSchemaOfAToolIsAText() {
        String f = "{\"type\":\"function\",\"function\":{\"name\":\"f\",\"description\":\"d\",\"parameters\":"
                + "{\"type\":\"object\"}}}";
        JsonValue said = Json.parse("{\"Type\":\"function\",\"Function\":{\"Name\":\"f\",\"Description\":\"d\","
                + "\"Parameters\":\"{\\\"type\\\":\\\"object\\\"}\"}}");

        JsonValue forced = body("hunyuan", USER + ",\"tools\":[" + f + "],\"tool_choice\":\"required\"");
        assertThat(forced.at("Tools", 0)).isEqualTo(said);
        assertThat(forced.get("ToolChoice")).isEqualTo(JsonValue.of("custom"));
        assertThat(forced.get("CustomTool")).isEqualTo(said);
        String two = ",\"tools\":[" + f + "," + f.replace("\"f\"", "\"g\"") + "],\"tool_choice\":";
        assertThat(body("hunyuan", USER + two + "\"none\"").get("ToolChoice")).isEqualTo(JsonValue.of("none"));
        assertThat(body("hunyuan", USER + two + "{\"type\":\"function\",\"function\":{\"name\":\"g\"}}")
                        .at("CustomTool", "Function", "Name"))
                .isEqualTo(JsonValue.of("g"));
        assertThat(run(CLOUD, "hunyuan", USER + two + "\"required\"").dropped()).containsExactly("tool_choice");
    }

    @Test
    void rolesOfTheCloudApiAreBroughtIntoOrder() {
        assertThat(body(
                                "hunyuan",
                                "\"messages\":[{\"role\":\"assistant\",\"content\":\"a\"},{\"role\":\"user\",\"content\":\"b\"},"
                                        + "{\"role\":\"system\",\"content\":\"s\"},{\"role\":\"assistant\",\"content\":\"c\"}]")
                        .get("Messages"))
                .isEqualTo(
                        Json.parse("[{\"Role\":\"system\",\"Content\":\"s\"},{\"Role\":\"user\",\"Content\":\"a\\nb\"},"
                                + "{\"Role\":\"assistant\",\"Content\":\"c\"},{\"Role\":\"user\",\"Content\":\".\"}]"));
    }

    @Test
    void callsOfToolsAndTheirAnswersAreKept() {
        assertThat(body(
                                "hunyuan",
                                "\"messages\":[{\"role\":\"user\",\"content\":\"Q\"},{\"role\":\"assistant\",\"content\":null,"
                                        + "\"tool_calls\":[{\"id\":\"1\",\"type\":\"function\",\"function\":{\"name\":\"f\","
                                        + "\"arguments\":\"{}\"}}],\"reasoning_content\":\"thought\"},"
                                        + "{\"role\":\"tool\",\"tool_call_id\":\"1\",\"content\":\"17\"}]")
                        .get("Messages"))
                .isEqualTo(Json.parse("[{\"Role\":\"user\",\"Content\":\"Q\"},{\"Role\":\"assistant\",\"ToolCalls\":"
                        + "[{\"Id\":\"1\",\"Type\":\"function\",\"Function\":{\"Name\":\"f\",\"Arguments\":\"{}\"}}]},"
                        + "{\"Role\":\"tool\",\"Content\":\"17\",\"ToolCallId\":\"1\"}]"));
    }

    @Test
    void picturesStandBesideWordsWhereTheModelSees() {
        String picture = "\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":"
                + "{\"url\":\"https://a.example/b.png\"}}]}]";

        assertThat(body("hunyuan-vision", picture).get("Messages"))
                .isEqualTo(Json.parse("[{\"Role\":\"user\",\"Contents\":[{\"Type\":\"image_url\",\"ImageUrl\":{\"Url\":"
                        + "\"https://a.example/b.png\"}},{\"Type\":\"text\",\"Text\":\".\"}]}]"));
        FlowRun<ChatEvent> blind = run(CLOUD, "hunyuan", picture);
        assertThat(blind.dropped()).containsExactly("messages.image_url");
        assertThat(blind.sent().getFirst().json().get("Messages"))
                .isEqualTo(Json.parse("[{\"Role\":\"user\",\"Content\":\".\"}]"));
    }

    @Test
    void theOldHostIsSignedAsPublished() {
        JsonObject settings = Json.parse(
                        "{\"app_id\":1300000000,\"secret_id\":\"AKIDfakeHunyuanSecretId\","
                                + "\"timestamp\":1704441600,\"expired\":1704528000,"
                                + "\"query_id\":\"11111111-2222-3333-4444-555555555555\",\"temperature\":0,\"top_p\":0.8,\"stream\":1}")
                .asObject();

        assertThat(OldChat.signature(
                        settings, List.of(ChatMessage.of("user", "hello")), Secret.of("fakeHunyuanSecretKey")))
                .isEqualTo("8TWAZ3Ccr/4amYighHAXVgj/0pQ=");
    }

    @Test
    void theOldHostGetsUserAndAssistantByTurns() {
        TestChannel old =
                CLOUD.toBuilder().endpoint("https://hunyuan.cloud.tencent.com/").build();

        FlowRun<ChatEvent> run = FlowDriver.answering(Reply.json(404, "{}"))
                .startingAt(Instant.ofEpochSecond(1_704_441_600))
                .chat(HUNYUAN.chat(
                        TestChatCall.of("{\"model\":\"hunyuan\",\"messages\":[{\"role\":\"system\",\"content\":\"s\"},"
                                + "{\"role\":\"user\",\"content\":\"a \\\"b\\\"\"},{\"role\":\"assistant\",\"content\":\"c\"}],"
                                + "\"top_p\":0.25,\"max_tokens\":7}"),
                        old));

        SentRequest sent = run.sent().getFirst();
        assertThat(sent.url()).isEqualTo("https://hunyuan.cloud.tencent.com/hyllm/v1/chat/completions");
        JsonObject body = sent.json().asObject();
        assertThat(body.get("messages"))
                .isEqualTo(Json.parse("[{\"role\":\"user\",\"content\":\"s\\na \\\"b\\\"\"},"
                        + "{\"role\":\"assistant\",\"content\":\"c\"}]"));
        assertThat(body.string("query_id")).matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
        assertThat(body.toBuilder().remove("messages").remove("query_id").build())
                .isEqualTo(
                        Json.parse(
                                "{\"app_id\":1300000000,\"secret_id\":\"AKIDfakeTc3SecretId00000000000000000\","
                                        + "\"timestamp\":1704441600,\"expired\":1704528000,\"temperature\":0,\"top_p\":0.25,\"stream\":1}"));
        List<ChatMessage> messages = List.of(ChatMessage.of("user", "s\na \"b\""), ChatMessage.of("assistant", "c"));
        assertThat(sent.header("authorization"))
                .isEqualTo(OldChat.signature(
                        body.toBuilder().remove("messages").build(),
                        messages,
                        Secret.of("fakeTc3SecretKey0000000000000000")));
        assertThat(run.dropped()).containsExactly("max_tokens");
    }

    @Test
    void theOldHostWantsAllThreeParts() {
        TestChannel old = CLOUD.toBuilder()
                .endpoint("https://hunyuan.cloud.tencent.com")
                .secret("app_id", "AKIDx")
                .build();

        assertThat(run(old, "hunyuan", USER).fault().kind()).isEqualTo(FaultKind.CONFIG);
    }

    @Test
    void aLoneKeySpeaksOpenAisDialect() {
        TestChannel open = Channels.open("a");

        SentRequest sent = run(open, "hunyuan", USER + ",\"web_search_options\":{},\"temperature\":1.5")
                .sent()
                .getFirst();

        assertThat(sent.url()).isEqualTo("https://api.hunyuan.cloud.tencent.com/v1/chat/completions");
        assertThat(sent.header("authorization")).isEqualTo("Bearer sk-open-a");
        assertThat(sent.json())
                .isEqualTo(Json.parse("{\"model\":\"hunyuan-turbos-latest\"," + USER
                        + ",\"temperature\":1.5,\"enable_enhancement\":true,\"search_info\":true,\"citation\":true,"
                        + "\"stream\":false}"));
        assertThat(run(open.toBuilder().endpoint("https://proxy.example/v1").build(), "hunyuan", USER)
                        .sent()
                        .getFirst()
                        .url())
                .isEqualTo("https://proxy.example/v1/chat/completions");
    }

    @Test
    void vectorsAreMadeWithALoneKeyOnly() {
        String call = "{\"model\":\"hunyuan-embedding\",\"input\":\"a\"}";

        assertThat(FlowDriver.answering(Reply.json(
                                "{\"data\":[{\"index\":0,\"embedding\":[1]}],\"usage\":{\"prompt_tokens\":1}}"))
                        .run(HUNYUAN.embed(TestCalls.embedding(call), Channels.open("a")))
                        .sent()
                        .getFirst()
                        .url())
                .isEqualTo("https://api.hunyuan.cloud.tencent.com/v1/embeddings");
        assertThat(FlowDriver.silent()
                        .run(HUNYUAN.embed(TestCalls.embedding(call), CLOUD))
                        .fault()
                        .kind())
                .isEqualTo(FaultKind.UNSUPPORTED);
    }

    private static JsonValue body(String model, String members) {
        return run(CLOUD, model, members).sent().getFirst().json();
    }

    private static FlowRun<ChatEvent> run(TestChannel channel, String model, String members) {
        FlowRun<ChatEvent> run = FlowDriver.answering(Reply.json(404, "{}"))
                .chat(HUNYUAN.chat(
                        TestChatCall.of("{\"model\":\"" + model + "\"," + members + ",\"stream\":false}"), channel));
        assertThat(run.mistakes()).isEmpty();
        return run;
    }

    private static TestChatCall call(String model, String more) {
        return TestChatCall.of("{\"model\":\"" + model + "\"," + USER + more + "}");
    }
}
