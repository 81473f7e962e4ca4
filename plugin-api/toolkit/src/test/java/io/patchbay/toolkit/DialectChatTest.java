package io.patchbay.toolkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.Dialect;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.Profile;
import io.patchbay.spi.Secret;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.spi.http.HttpRequest;
import io.patchbay.spi.json.JsonValue;
import io.patchbay.testkit.host.ChatSummary;
import io.patchbay.testkit.host.FlowDriver;
import io.patchbay.testkit.host.FlowRun;
import io.patchbay.testkit.host.Reply;
import io.patchbay.testkit.host.SentRequest;
import io.patchbay.testkit.host.TestChatCall;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class DialectChatTest {
    private static final Reply STREAM = Reply.sse("""
            {"id":"c1","object":"chat.completion.chunk","created":1,"model":"up","choices":[{"index":0,"delta":{"role":"assistant","content":"Hi"},"finish_reason":null}]}""", """
            {"id":"c1","object":"chat.completion.chunk","created":1,"model":"up","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}""", """
            {"id":"c1","object":"chat.completion.chunk","created":1,"model":"up","choices":[],"usage":{"prompt_tokens":3,"completion_tokens":1,"total_tokens":4}}""");
    private static final Reply WHOLE = Reply.json("""
            {"id":"c2","object":"chat.completion","created":1,"model":"up","choices":[{"index":0,"message":{"role":"assistant","content":"Hi"},"finish_reason":"stop"}],"usage":{"prompt_tokens":3,"completion_tokens":1,"total_tokens":4}}""");

    private static final String ASKING = """
            {"model":"mine", "stream":true, "x_own": 1.50, "temperature":0.2, "max_tokens":9, "messages":[{"role":"user","content":"Hi"}]}""";

    @Test
    void theClientsBodyIsSplicedAndNeverParsed() {
        TestChatCall call = TestChatCall.of(ASKING).upstreamModel("up");

        FlowRun<ChatEvent> run = FlowDriver.answering(STREAM).chat(flow(call));

        assertThat(run.mistakes()).isEmpty();
        assertThat(ChatSummary.of(run.events()).first().text()).isEqualTo("Hi");
        assertThat(ChatSummary.of(run.events()).usage()).isNotNull();
        assertThat(call.requestReads()).isZero();
        SentRequest sent = run.sent().getFirst();
        assertThat(sent.method()).isEqualTo("POST");
        assertThat(sent.url()).isEqualTo("https://host.example/v1/chat/completions");
        assertThat(sent.header("authorization")).isEqualTo("Bearer s3cret");
        assertThat(sent.header("accept")).isEqualTo("text/event-stream");
        assertThat(sent.header("content-type")).isEqualTo("application/json");
        assertThat(sent.text())
                .contains("\"model\":\"up\"")
                .contains("\"x_own\": 1.50")
                .contains("\"stream_options\":{\"include_usage\":true}");
    }

    @Test
    void aRequestWithoutABodyOfTheDialectIsWrittenFromItsCanonicalForm() {
        TestChatCall call = TestChatCall.of(ASKING).upstreamModel("up").withoutWire();

        JsonValue sent = sent(call, flow(call), STREAM);

        assertThat(sent.string("model")).isEqualTo("up");
        assertThat(sent.flag("stream", false)).isTrue();
        assertThat(sent.at("stream_options", "include_usage")).isEqualTo(JsonValue.of(true));
        assertThat(sent.at("messages", 0, "content")).isNotNull();
        assertThat(sent.get("x_own")).hasToString("1.50");
    }

    @Test
    void aBodyOfAnotherDialectIsWrittenAnew() {
        TestChatCall call = TestChatCall.of(ASKING);

        FlowRun<ChatEvent> run = FlowDriver.answering(STREAM)
                .chat(DialectChat.of(call, new Dialect("unheard-of"), DialectChatTest::request));

        assertThat(run.mistakes()).singleElement().asString().contains("no codec for the dialect unheard-of");
    }

    @Test
    void usageIsAskedForWithoutForgettingTheClientsOptions() {
        TestChatCall call = TestChatCall.of("""
                {"model":"m","stream":true,"stream_options":{"include_usage":false,"include_obfuscation":false},"messages":[]}""");

        JsonValue options = sent(call, flow(call), STREAM).get("stream_options");

        assertThat(options).hasToString("{\"include_usage\":true,\"include_obfuscation\":false}");
    }

    @Test
    void aVendorThatDoesNotKnowStreamOptionsNeverSeesThem() {
        TestChatCall call = TestChatCall.of(
                "{\"model\":\"m\",\"stream\":true,\"stream_options\":{\"include_usage\":true},\"messages\":[]}");

        JsonValue sent =
                sent(call, flow(call).with(Profile.builder().asksForUsage(false).build()), STREAM);

        assertThat(sent.get("stream_options")).isNull();
    }

    @Test
    void aWholeAnswerIsAskedForWithoutStreamOptions() {
        TestChatCall call = TestChatCall.of(
                "{\"model\":\"m\",\"stream\":false,\"stream_options\":{\"include_usage\":true},\"messages\":[]}");

        FlowRun<ChatEvent> run = FlowDriver.answering(WHOLE).chat(flow(call));

        assertThat(run.mistakes()).isEmpty();
        assertThat(run.ending()).isEqualTo(FlowRun.Ending.DONE);
        assertThat(run.sent().getFirst().header("accept")).isEqualTo("application/json");
        assertThat(run.sent().getFirst().json().get("stream_options")).isNull();
        assertThat(ChatSummary.of(run.events()).first().text()).isEqualTo("Hi");
    }

    @Test
    void fieldsAreRenamedAndDroppedByTheProfileAndTheDroppedOnesNoted() {
        TestChatCall call = TestChatCall.of("""
                {"model":"m","stream":true,"temperature":0.2,"top_p":null,"seed":7,"max_tokens":9,"messages":[]}""");
        Profile profile = Profile.builder()
                .drop("temperature")
                .drop("top_p")
                .drop("absent")
                .rename("max_tokens", "max_completion_tokens")
                .build();

        FlowRun<ChatEvent> run = FlowDriver.answering(STREAM).chat(flow(call).with(profile));

        JsonValue sent = run.sent().getFirst().json();
        assertThat(sent.get("temperature")).isNull();
        assertThat(sent.get("top_p")).isNull();
        assertThat(sent.get("max_tokens")).isNull();
        assertThat(sent.longValue("max_completion_tokens", 0)).isEqualTo(9);
        assertThat(sent.longValue("seed", 0)).isEqualTo(7);
        assertThat(run.notes()).containsEntry("dropped", "temperature");
    }

    @Test
    void theVendorsOwnNameWinsWhenAClientSendsBoth() {
        TestChatCall call = TestChatCall.of(
                "{\"model\":\"m\",\"stream\":true,\"max_tokens\":9,\"max_completion_tokens\":20,\"messages\":[]}");
        Profile profile =
                Profile.builder().rename("max_tokens", "max_completion_tokens").build();

        JsonValue sent = sent(call, flow(call).with(profile), STREAM);
        JsonValue written = sent(call.withoutWire(), flow(call.withoutWire()).with(profile), STREAM);

        assertThat(sent.get("max_tokens")).isNull();
        assertThat(sent.longValue("max_completion_tokens", 0)).isEqualTo(20);
        assertThat(written.get("max_tokens")).isNull();
        assertThat(written.longValue("max_completion_tokens", 0)).isEqualTo(20);
    }

    @Test
    void theAuthorsSettingsWinOverTheClients() {
        TestChatCall call = TestChatCall.of(ASKING);

        JsonValue sent = sent(call, flow(call).setting("temperature", JsonValue.of(1)), STREAM);

        assertThat(sent.get("temperature")).hasToString("1");
    }

    @Test
    void aReplacedFieldIsGoneWithoutAWordAndARefusedOneIsTold() {
        TestChatCall call = TestChatCall.of(
                "{\"model\":\"m\",\"stream\":true,\"user\":\"u\",\"n\":1,\"reasoning_effort\":\"low\",\"messages\":[]}");

        FlowRun<ChatEvent> run = FlowDriver.answering(STREAM)
                .chat(flow(call)
                        .with(Profile.builder().rename("user", "user_id").build())
                        .replacing("reasoning_effort", "thinking", JsonValue.of(true))
                        .replacing("absent", "x", JsonValue.of(2))
                        .refusing("user")
                        .refusing("n")
                        .refusing("seed"));

        JsonValue sent = run.sent().getFirst().json();
        assertThat(sent.asObject().members().keySet())
                .containsExactlyInAnyOrder("model", "stream", "messages", "stream_options", "thinking", "x");
        assertThat(run.dropped()).containsExactly("user");
    }

    @Test
    void aFieldRefusedByNameIsLeftOutAndTheVendorAskedOnceMore() {
        FlowRun<ChatEvent> run = FlowDriver.answering(refusing("temperature", "unsupported_value", "no"), STREAM)
                .chat(flow(TestChatCall.of(ASKING)).askingAgain());

        assertThat(run.mistakes()).isEmpty();
        assertThat(run.ending()).isEqualTo(FlowRun.Ending.DONE);
        assertThat(run.sent()).hasSize(2);
        assertThat(run.sent().get(1).json().get("temperature")).isNull();
        assertThat(run.sent().get(1).json().longValue("max_tokens", 0)).isEqualTo(9);
        assertThat(run.notes()).containsEntry("dropped", "temperature");
    }

    @Test
    void theVendorIsAskedOnceMoreAndNotTwice() {
        FlowRun<ChatEvent> run = FlowDriver.answering(
                        refusing("temperature", "unsupported_value", "no"),
                        refusing("x_own", "unknown_parameter", "no"),
                        STREAM)
                .chat(flow(TestChatCall.of(ASKING)).askingAgain());

        assertThat(run.sent()).hasSize(2);
        assertThat(run.fault()).isNotNull();
        assertThat(run.fault().kind()).isEqualTo(FaultKind.BAD_REQUEST);
    }

    @Test
    void aTokenBoundIsSentByTheProposedNameButNeverLeftOut() {
        String proposal = "Unsupported parameter: 'max_tokens' is not supported with this model. Use"
                + " 'max_completion_tokens' instead.";

        FlowRun<ChatEvent> renamed = FlowDriver.answering(
                        refusing("max_tokens", "unsupported_parameter", proposal), STREAM)
                .chat(flow(TestChatCall.of(ASKING)).askingAgain());
        FlowRun<ChatEvent> refused = FlowDriver.answering(refusing("max_tokens", "unsupported_parameter", "no"), STREAM)
                .chat(flow(TestChatCall.of(ASKING)).askingAgain());

        assertThat(renamed.sent().get(1).json().longValue("max_completion_tokens", 0))
                .isEqualTo(9);
        assertThat(renamed.sent().get(1).json().get("max_tokens")).isNull();
        assertThat(renamed.ending()).isEqualTo(FlowRun.Ending.DONE);
        assertThat(refused.sent()).hasSize(1);
        assertThat(refused.ending()).isEqualTo(FlowRun.Ending.FAILED);
    }

    @Test
    void aRefusedUsageOptionIsLeftOutAltogether() {
        FlowRun<ChatEvent> run = FlowDriver.answering(
                        refusing("stream_options.include_usage", "unknown_parameter", "no"), STREAM)
                .chat(flow(TestChatCall.of(ASKING)).askingAgain());

        assertThat(run.sent().get(1).json().get("stream_options")).isNull();
        assertThat(run.ending()).isEqualTo(FlowRun.Ending.DONE);
    }

    @Test
    void aFieldThatWasNeverSentIsNoReasonToAskAgain() {
        FlowRun<ChatEvent> run = FlowDriver.answering(refusing("top_k", "unknown_parameter", "no"), STREAM)
                .chat(flow(TestChatCall.of(ASKING)).askingAgain());

        assertThat(run.sent()).hasSize(1);
    }

    @Test
    void aVendorOfOnesOwnReadingOfRefusals() {
        FlowRun<ChatEvent> run = FlowDriver.answering(
                        Reply.json(400, "{\"error\":{\"code\":\"E17\",\"message\":\"used up\"}}"))
                .chat(flow(TestChatCall.of(ASKING)).faults(Faults.byCode(Map.of("E17", FaultKind.QUOTA))));

        assertThat(run.fault()).isNotNull();
        assertThat(run.fault().kind()).isEqualTo(FaultKind.QUOTA);
        assertThat(run.fault().vendorCode()).isEqualTo("E17");
    }

    @Test
    void anEndpointThatIsNoAddressIsTheOperatorsMistake() {
        FlowRun<ChatEvent> run = FlowDriver.silent()
                .chat(DialectChat.of(
                        TestChatCall.of(ASKING),
                        Dialect.OPENAI_CHAT,
                        () -> HttpRequest.post(Endpoints.join("api example com", "chat/completions"))));

        assertThat(run.mistakes()).isEmpty();
        assertThat(run.fault()).isNotNull();
        assertThat(run.fault().kind()).isEqualTo(FaultKind.CONFIG);
    }

    private static DialectChat flow(TestChatCall call) {
        return DialectChat.of(call, Dialect.OPENAI_CHAT, DialectChatTest::request);
    }

    private static HttpRequest.Builder request() {
        return HttpRequest.post(Endpoints.join("https://host.example", "chat/completions"))
                .header("Authorization", Secret.of("s3cret").prefixed("Bearer "));
    }

    private static JsonValue sent(TestChatCall call, DialectChat flow, Reply reply) {
        FlowRun<ChatEvent> run =
                FlowDriver.answering(reply).publicModel(call.publicModel()).chat(flow);
        assertThat(run.mistakes()).isEmpty();
        assertThat(run.ending()).isEqualTo(FlowRun.Ending.DONE);
        return run.sent().getFirst().json();
    }

    private static Reply refusing(String param, String code, String message) {
        return Reply.json(
                400,
                "{\"error\":{\"message\":\"" + message + "\",\"type\":\"invalid_request_error\",\"param\":\"" + param
                        + "\",\"code\":\"" + code + "\"}}");
    }
}
