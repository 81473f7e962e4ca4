package io.patchbay.plugin.vertex;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.ChannelType;
import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.spi.json.Json;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.testkit.host.FlowDriver;
import io.patchbay.testkit.host.FlowRun;
import io.patchbay.testkit.host.Reply;
import io.patchbay.testkit.host.SentRequest;
import io.patchbay.testkit.host.TestCalls;
import io.patchbay.testkit.host.TestChannel;
import io.patchbay.testkit.host.TestChatCall;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class VertexRequestTest {
    private static final ChannelType VERTEX = new VertexChannelType();
    private static final TestChannel CHANNEL = TestChannel.builder(VERTEX.descriptor(), "a")
            .secret("account", Accounts.file("p-1", "pem"))
            .minted("token", "ya29.t")
            .build();

    private static FlowRun<ChatEvent> run(TestChannel channel, String model, boolean stream, String answer) {
        String body = "{\"model\":\"" + model + "\",\"stream\":" + stream
                + ",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
        return FlowDriver.answering(Golden.reply(answer)).chat(VERTEX.chat(TestChatCall.of(body), channel));
    }

    private static SentRequest sent(TestChannel channel, String model) {
        return run(channel, model, true, "gemini.sse").sent().getFirst();
    }

    @ParameterizedTest
    @CsvSource({
        "global, https://aiplatform.googleapis.com",
        "us, https://aiplatform.us.rep.googleapis.com",
        "eu, https://aiplatform.eu.rep.googleapis.com",
        "us-central1, https://us-central1-aiplatform.googleapis.com"
    })
    void eachRegionHasItsHost(String region, String host) {
        assertThat(sent(CHANNEL.toBuilder().option("region", region).build(), "gemini-3.5-flash")
                        .url())
                .isEqualTo(host + "/v1/projects/p-1/locations/" + region
                        + "/publishers/google/models/gemini-3.5-flash:streamGenerateContent?alt=sse");
    }

    @Test
    void aServerOfTheOperatorsIsTakenAsItIs() {
        TestChannel own = CHANNEL.toBuilder()
                .endpoint("https://gateway.example/v1beta1/")
                .option("region", "us-central1")
                .option("project", "p-2")
                .build();

        assertThat(sent(own, "google/gemini-3.5-flash").url())
                .isEqualTo(
                        "https://gateway.example/v1beta1/projects/p-2/locations/us-central1/publishers/google/models/gemini-3.5-flash:streamGenerateContent?alt=sse");
    }

    @Test
    void theTokenIsTheCredential() {
        SentRequest sent = sent(CHANNEL, "gemini-3.5-flash");

        assertThat(sent.header("authorization")).isEqualTo("Bearer ya29.t");
        assertThat(sent.mentions("pem")).isFalse();
        assertThat(sent.json())
                .isEqualTo(Json.parse("{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"Hi\"}]}]}"));
    }

    @Test
    void aNumberNamesATunedModel() {
        assertThat(sent(CHANNEL, "1234567890123").path())
                .isEqualTo("/v1/projects/p-1/locations/global/endpoints/1234567890123:streamGenerateContent");
    }

    @Test
    void claudeIsAskedWithAVersionAndWithoutAModel() {
        SentRequest streamed = run(CHANNEL, "claude-sonnet-4-5@20250929", true, "claude.sse")
                .sent()
                .getFirst();
        SentRequest whole = run(CHANNEL, "claude-sonnet-4-5@20250929", false, "claude.json")
                .sent()
                .getFirst();

        assertThat(streamed.url())
                .isEqualTo(
                        "https://aiplatform.googleapis.com/v1/projects/p-1/locations/global/publishers/anthropic/models/claude-sonnet-4-5@20250929:streamRawPredict");
        JsonObject body = streamed.json().asObject();
        assertThat(body.string("anthropic_version")).isEqualTo("vertex-2023-10-16");
        assertThat(body.flag("stream", false)).isTrue();
        assertThat(body.has("model")).isFalse();
        assertThat(body.longValue("max_tokens", 0)).isPositive();
        assertThat(whole.path()).endsWith(":rawPredict");
        assertThat(whole.json().asObject().has("stream")).isFalse();
    }

    @Test
    void claudesThinkingIsLeftOutWhenItIsRefused() {
        String body = """
                {"model":"claude-sonnet-4-5@20250929","stream":true,"messages":[{"role":"user","content":"Hi"},{"role":"assistant","content":"a","reasoning_details":[{"type":"reasoning.text","format":"anthropic-claude-v1","text":"hm","signature":"FOREIGN"}]},{"role":"user","content":"go"}]}""";
        Reply refusal = Reply.json(
                400,
                "{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":\"messages.1.content.0: Invalid `signature` in `thinking` block\"}}");

        FlowRun<ChatEvent> run = FlowDriver.answering(refusal, Golden.reply("claude.sse"))
                .chat(VERTEX.chat(TestChatCall.of(body), CHANNEL));

        assertThat(run.ending()).isEqualTo(FlowRun.Ending.DONE);
        assertThat(run.sent()).hasSize(2);
        assertThat(run.sent().get(0).text()).contains("FOREIGN");
        assertThat(run.sent().get(1).text()).doesNotContain("FOREIGN").contains("vertex-2023-10-16");
        assertThat(run.sent().get(1).json().asObject().has("model")).isFalse();
    }

    @Test
    void openModelsShareOneAddress() {
        SentRequest sent =
                run(CHANNEL, "zai-org/glm-5-maas", true, "open.sse").sent().getFirst();

        assertThat(sent.path()).isEqualTo("/v1/projects/p-1/locations/global/endpoints/openapi/chat/completions");
        assertThat(sent.json().string("model")).isEqualTo("zai-org/glm-5-maas");
    }

    @Test
    void picturesAndVectorsArePredictions() {
        assertThat(FlowDriver.answering(Golden.reply("imagen.json"))
                        .run(VERTEX.images(
                                TestCalls.image("{\"model\":\"imagen-4.0-generate-001\",\"prompt\":\"a\"}"), CHANNEL))
                        .sent()
                        .getFirst()
                        .path())
                .endsWith("/publishers/google/models/imagen-4.0-generate-001:predict");
        assertThat(FlowDriver.answering(Golden.reply("embeddings.json"))
                        .run(VERTEX.embed(
                                TestCalls.embedding("{\"model\":\"text-embedding-005\",\"input\":[\"a\",\"b\"]}"),
                                CHANNEL))
                        .events()
                        .getFirst()
                        .usage()
                        .input())
                .isEqualTo(5);
    }

    @Test
    void theKeyFileMayBeInBase64() {
        String base64 =
                Base64.getEncoder().encodeToString(Accounts.file("p-9", "pem").getBytes(StandardCharsets.UTF_8));

        assertThat(sent(CHANNEL.toBuilder().secret("account", base64).build(), "gemini-3.5-flash")
                        .path())
                .startsWith("/v1/projects/p-9/");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"AIzaSomething", "{broken", "{}", "{\"client_email\":\"a\"}", "`%%%`"})
    void anUnreadableKeyFileIsTheOperatorsFault(String secret) {
        TestChannel broken = CHANNEL.toBuilder().secret("account", secret).build();

        assertThat(FlowDriver.silent().run(VERTEX.mint(broken)).fault())
                .extracting(Fault::kind)
                .isEqualTo(FaultKind.CONFIG);
        FlowRun<ChatEvent> run = run(broken, "gemini-3.5-flash", true, "gemini.sse");
        assertThat(run.fault()).extracting(Fault::kind).isEqualTo(FaultKind.CONFIG);
        assertThat(run.sent()).isEmpty();
    }

    @Test
    void anUnknownProjectIsTheOperatorsFaultAndAMissingTokenIsStale() {
        TestChannel lost = CHANNEL.toBuilder()
                .secret("account", "{\"client_email\":\"a\",\"private_key\":\"b\"}")
                .build();
        TestChannel tokenless = TestChannel.builder(VERTEX.descriptor(), "a")
                .secret("account", Accounts.file("p-1", "pem"))
                .build();

        assertThat(run(lost, "gemini-3.5-flash", true, "gemini.sse").fault())
                .extracting(Fault::kind)
                .isEqualTo(FaultKind.CONFIG);
        assertThat(run(tokenless, "gemini-3.5-flash", true, "gemini.sse").fault())
                .extracting(Fault::kind)
                .isEqualTo(FaultKind.KEY_STALE);
    }

    @Test
    void modelsThatDoNotChatAreRefused() {
        assertThat(run(CHANNEL, "text-embedding-005", true, "gemini.sse").fault())
                .extracting(Fault::kind)
                .isEqualTo(FaultKind.UNSUPPORTED);
    }
}
