package io.patchbay.plugin.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.ChannelType;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.spi.json.JsonValue;
import io.patchbay.testkit.host.FlowDriver;
import io.patchbay.testkit.host.FlowRun;
import io.patchbay.testkit.host.Reply;
import io.patchbay.testkit.host.SentRequest;
import io.patchbay.testkit.host.TestChannel;
import io.patchbay.testkit.host.TestChatCall;
import org.junit.jupiter.api.Test;

final class ChatRequestTest {
    private static final ChannelType OPENAI = new OpenAiChannelType();
    private static final TestChannel CHANNEL = TestChannel.builder(OPENAI.descriptor(), "a")
            .secret("key", "sk-test-1")
            .build();

    private static final String SAMPLED = """
            ,"max_tokens":50,"temperature":0.2,"top_p":0.9,"presence_penalty":0.1,"frequency_penalty":0.1,"logit_bias":{"1":2},\
            "logprobs":true,"top_logprobs":3,"stop":["x"],"seed":7""";

    @Test
    void aChatIsPostedWithTheKeyToTheEndpoint() {
        SentRequest sent = sent(CHANNEL, "gpt-4o", "");

        assertThat(sent.method()).isEqualTo("POST");
        assertThat(sent.url()).isEqualTo("https://api.openai.com/v1/chat/completions");
        assertThat(sent.headers())
                .containsEntry("authorization", "Bearer sk-test-1")
                .containsEntry("content-type", "application/json")
                .containsEntry("accept", "text/event-stream")
                .doesNotContainKeys("openai-organization", "openai-project");
        assertThat(sent.text())
                .isEqualTo(
                        "{\"model\":\"gpt-4o\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],"
                                + "\"stream_options\":{\"include_usage\":true}}");
    }

    @Test
    void organizationAndProjectAreSentWhenSet() {
        TestChannel channel = CHANNEL.toBuilder()
                .option("organization", "org-1")
                .option("project", " proj_2 ")
                .build();

        assertThat(sent(channel, "gpt-4o", "").headers())
                .containsEntry("openai-organization", "org-1")
                .containsEntry("openai-project", "proj_2");
    }

    @Test
    void anotherServerIsAskedWhereTheEndpointPoints() {
        assertThat(sent(at("https://api.groq.com/openai"), "llama-4-scout", "").url())
                .isEqualTo("https://api.groq.com/openai/v1/chat/completions");
        assertThat(sent(at("https://api.moonshot.cn/v1/"), "kimi-k2.5", "").url())
                .isEqualTo("https://api.moonshot.cn/v1/chat/completions");
    }

    @Test
    void reasoningModelsGetTheirParametersOnly() {
        FlowRun<ChatEvent> run = run(CHANNEL, "gpt-5.4-mini", SAMPLED, Golden.stream("chat-text.sse"));

        JsonValue body = run.sent().getFirst().json();
        assertThat(body.asObject().members().keySet())
                .containsExactlyInAnyOrder(
                        "model", "stream", "messages", "max_completion_tokens", "seed", "stream_options");
        assertThat(body.longValue("max_completion_tokens", 0)).isEqualTo(50);
        assertThat(run.notes())
                .containsEntry(
                        "dropped",
                        "frequency_penalty, logit_bias, logprobs, presence_penalty, stop, temperature, top_logprobs, top_p");
    }

    @Test
    void theSameHoldsForARequestOfAnotherDialect() {
        TestChatCall call = TestChatCall.of(body("o4-mini", SAMPLED)).withoutWire();

        FlowRun<ChatEvent> run =
                FlowDriver.answering(Golden.stream("chat-text.sse")).chat(OPENAI.chat(call, CHANNEL));

        JsonValue body = run.sent().getFirst().json();
        assertThat(body.get("max_tokens")).isNull();
        assertThat(body.longValue("max_completion_tokens", 0)).isEqualTo(50);
        assertThat(body.get("temperature")).isNull();
        assertThat(body.get("stop")).isNull();
    }

    @Test
    void theOldestReasoningModelsTakeStopSequences() {
        assertThat(sent(CHANNEL, "o1", SAMPLED).json().get("stop")).isNotNull();
        assertThat(sent(CHANNEL, "o3", SAMPLED).json().get("stop")).isNull();
    }

    @Test
    void samplingIsFreeWhereReasoningIsSwitchedOff() {
        String none = SAMPLED + ",\"reasoning_effort\":\"none\"";

        assertThat(sent(CHANNEL, "gpt-5.2", none).json().get("temperature")).isNotNull();
        assertThat(sent(CHANNEL, "gpt-5.2", SAMPLED).json().get("temperature")).isNull();
        assertThat(sent(CHANNEL, "gpt-5", none).json().get("temperature")).isNull();
        assertThat(sent(CHANNEL, "gpt-5-mini", none).json().get("temperature")).isNull();
    }

    @Test
    void otherModelsKeepAllTheirParameters() {
        JsonValue body = sent(CHANNEL, "gpt-4.1", SAMPLED).json();

        assertThat(body.get("max_tokens")).isNotNull();
        assertThat(body.get("temperature")).hasToString("0.2");
        assertThat(body.get("stop")).isNotNull();
    }

    @Test
    void nothingIsAdaptedWhenTheOperatorSwitchedItOff() {
        TestChannel channel =
                CHANNEL.toBuilder().option("strictParameters", "false").build();

        JsonValue body = sent(channel, "gpt-5", SAMPLED + ",\"top_k\":4").json();

        assertThat(body.get("max_tokens")).isNotNull();
        assertThat(body.get("temperature")).isNotNull();
        assertThat(body.get("top_k")).isNotNull();
    }

    @Test
    void fieldsOfOtherVendorsGoToOtherVendorsOnly() {
        String foreign = ",\"top_k\":4,\"repetition_penalty\":1.1,\"enable_thinking\":true,\"metadata\":{\"a\":\"b\"}";

        assertThat(sent(CHANNEL, "gpt-4o", foreign).json().asObject().members().keySet())
                .containsExactlyInAnyOrder("model", "stream", "messages", "metadata", "stream_options");
        assertThat(sent(at("https://api.siliconflow.cn"), "Qwen/Qwen3-235B-A22B", foreign)
                        .json()
                        .asObject()
                        .members()
                        .keySet())
                .contains("top_k", "repetition_penalty", "enable_thinking", "metadata");
    }

    @Test
    void aRefusedFieldIsDroppedAndTheVendorAskedOnceMore() {
        FlowRun<ChatEvent> run = run(
                CHANNEL,
                "gpt-4.1",
                SAMPLED,
                Golden.error(400, "error-unsupported-temperature.json"),
                Golden.stream("chat-text.sse"));

        assertThat(run.ending()).isEqualTo(FlowRun.Ending.DONE);
        assertThat(run.sent()).hasSize(2);
        assertThat(run.sent().get(1).json().get("temperature")).isNull();
        assertThat(run.notes()).containsEntry("dropped", "temperature");
    }

    @Test
    void aModelUnknownToUsThatReasonsGetsItsTokenBoundByTheNewName() {
        FlowRun<ChatEvent> run = run(
                CHANNEL,
                "house-model",
                SAMPLED,
                Golden.error(400, "error-unsupported-max-tokens.json"),
                Golden.stream("chat-text.sse"));

        assertThat(run.sent().get(1).json().longValue("max_completion_tokens", 0))
                .isEqualTo(50);
        assertThat(run.sent().get(1).json().get("max_tokens")).isNull();
    }

    @Test
    void toolsAreNeverDropped() {
        String tools = ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}]";

        FlowRun<ChatEvent> run = run(CHANNEL, "gpt-4.1", tools, Golden.error(400, "error-unsupported-tools.json"));

        assertThat(run.sent()).hasSize(1);
        assertFault(run, FaultKind.BAD_REQUEST);
    }

    @Test
    void refusalsAreReadByTheirBody() {
        assertFault(run(CHANNEL, "gpt-4o", "", Golden.error(401, "error-bad-key.json")), FaultKind.KEY_DEAD);
        assertFault(run(CHANNEL, "gpt-4o", "", Golden.error(429, "error-quota.json")), FaultKind.QUOTA);
        assertFault(run(CHANNEL, "gpt-4o", "", Golden.error(429, "error-rate.json")), FaultKind.RATE);
        assertFault(run(CHANNEL, "gpt-4o", "", Golden.error(400, "error-too-long.json")), FaultKind.TOO_LONG);
        assertFault(run(CHANNEL, "gpt-4o", "", Golden.stream("chat-refused-early.sse")), FaultKind.RETRY);
    }

    @Test
    void modelsOfTheResponsesApiAreAskedThereAtOpenAiAndByChatElsewhere() {
        assertThat(sent(CHANNEL, "gpt-5.5-pro", "").path()).isEqualTo("/v1/responses");
        assertThat(sent(at("https://gateway.example"), "gpt-5.5-pro", "").path())
                .isEqualTo("/v1/chat/completions");
    }

    @Test
    void anEndpointThatIsNoAddressIsTheOperatorsMistake() {
        FlowRun<ChatEvent> run =
                FlowDriver.silent().chat(OPENAI.chat(TestChatCall.of(body("gpt-4o", "")), at("api openai com")));

        assertThat(run.mistakes()).isEmpty();
        assertFault(run, FaultKind.CONFIG);
    }

    @Test
    void theRequestIsNeverParsedForAClientOfTheSameDialect() {
        TestChatCall call = TestChatCall.of(body("gpt-5.4", SAMPLED));

        FlowDriver.answering(Golden.stream("chat-text.sse")).chat(OPENAI.chat(call, CHANNEL));

        assertThat(call.requestReads()).isZero();
    }

    private static TestChannel at(String endpoint) {
        return CHANNEL.toBuilder().endpoint(endpoint).build();
    }

    private static String body(String model, String more) {
        return "{\"model\":\"" + model + "\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]"
                + more + "}";
    }

    private static FlowRun<ChatEvent> run(TestChannel channel, String model, String more, Reply... replies) {
        FlowRun<ChatEvent> run = FlowDriver.answering(replies)
                .publicModel(model)
                .chat(OPENAI.chat(TestChatCall.of(body(model, more)), channel));
        assertThat(run.mistakes()).isEmpty();
        return run;
    }

    private static SentRequest sent(TestChannel channel, String model, String more) {
        return run(channel, model, more, Golden.stream("chat-text.sse")).sent().getFirst();
    }

    private static void assertFault(FlowRun<?> run, FaultKind kind) {
        assertThat(run.fault()).isNotNull();
        assertThat(run.fault().kind()).isEqualTo(kind);
        assertThat(run.fault().message()).doesNotContain("sk-test-1");
    }
}
