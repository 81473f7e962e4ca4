package io.patchbay.plugin.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.ChannelType;
import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.spi.json.Json;
import io.patchbay.spi.media.Embeddings;
import io.patchbay.spi.media.ImageEvent;
import io.patchbay.testkit.host.FlowDriver;
import io.patchbay.testkit.host.FlowRun;
import io.patchbay.testkit.host.SentRequest;
import io.patchbay.testkit.host.TestCalls;
import io.patchbay.testkit.host.TestChannel;
import io.patchbay.testkit.host.TestChatCall;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class GeminiRequestTest {
    private static final ChannelType GEMINI = new GeminiChannelType();
    private static final TestChannel CHANNEL = TestChannel.builder(GEMINI.descriptor(), "a")
            .secret("key", "AIza-test-1")
            .build();

    private static String asking(String model, boolean stream) {
        return "{\"model\":\"" + model + "\",\"stream\":" + stream
                + ",\"temperature\":0.5,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
    }

    private static SentRequest sent(TestChannel channel, String model, boolean stream) {
        FlowRun<ChatEvent> run = FlowDriver.answering(Golden.reply(stream ? "text.sse" : "text.json"))
                .chat(GEMINI.chat(TestChatCall.of(asking(model, stream)), channel));
        assertThat(run.ending()).isEqualTo(FlowRun.Ending.DONE);
        return run.sent().getFirst();
    }

    @Test
    void theKeyIsInAHeaderAndTheModelInTheAddress() {
        SentRequest streamed = sent(CHANNEL, "gemini-3.5-flash", true);
        SentRequest whole = sent(CHANNEL, "gemini-3.5-flash", false);

        assertThat(streamed.method() + " " + streamed.url())
                .isEqualTo(
                        "POST https://generativelanguage.googleapis.com/v1beta/models/gemini-3.5-flash:streamGenerateContent?alt=sse");
        assertThat(streamed.header("x-goog-api-key")).isEqualTo("AIza-test-1");
        assertThat(streamed.header("accept")).isEqualTo("text/event-stream");
        assertThat(streamed.json())
                .isEqualTo(
                        Json.parse(
                                "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"Hi\"}]}],\"generationConfig\":{\"temperature\":0.5}}"));
        assertThat(whole.url())
                .isEqualTo("https://generativelanguage.googleapis.com/v1beta/models/gemini-3.5-flash:generateContent");
    }

    @ParameterizedTest
    @CsvSource({
        "https://host.example, https://host.example/v1beta",
        "https://host.example/, https://host.example/v1beta",
        "https://host.example/gemini, https://host.example/gemini/v1beta",
        "https://host.example/v1, https://host.example/v1",
        "https://host.example/v1alpha/, https://host.example/v1alpha",
        "https://host.example/v1beta/models, https://host.example/v1beta",
        "https://host.example/v1beta/openai/, https://host.example/v1beta"
    })
    void endpointsAreTakenAsPeopleWriteThem(String endpoint, String base) {
        assertThat(sent(CHANNEL.toBuilder().endpoint(endpoint).build(), "m", false)
                        .url())
                .isEqualTo(base + "/models/m:generateContent");
    }

    @Test
    void modelsOfOtherCollectionsKeepTheirName() {
        assertThat(sent(CHANNEL, "tunedModels/mine-1", false).path())
                .isEqualTo("/v1beta/tunedModels/mine-1:generateContent");
    }

    @ParameterizedTest
    @ValueSource(strings = {"chat-bison-001", "text-bison-001", "gemini-embedding-001", "deep-research-pro-preview"})
    void modelsThatDoNotChatAreRefusedBeforeAnythingIsSent(String model) {
        FlowRun<ChatEvent> run = FlowDriver.silent().chat(GEMINI.chat(TestChatCall.of(asking(model, true)), CHANNEL));

        assertThat(run.fault()).extracting(Fault::kind).isEqualTo(FaultKind.UNSUPPORTED);
        assertThat(run.sent()).isEmpty();
    }

    @Test
    void theSeedsImagenAnswersChatsAsItDid() {
        FlowRun<ChatEvent> run = FlowDriver.answering(Golden.reply("imagen.json"))
                .chat(GEMINI.chat(TestChatCall.of(asking("imagen-3.0-generate-002", true)), CHANNEL));

        SentRequest sent = run.sent().getFirst();
        assertThat(sent.path()).isEqualTo("/v1beta/models/imagen-3.0-generate-002:predict");
        assertThat(sent.json())
                .isEqualTo(
                        Json.parse(
                                "{\"instances\":[{\"prompt\":\"Hi\"}],\"parameters\":{\"sampleCount\":1,\"aspectRatio\":\"1:1\",\"personGeneration\":\"allow_adult\"}}"));
    }

    @Test
    void picturesGoToTheMethodOfTheirModel() {
        FlowRun<ImageEvent> gemini = FlowDriver.answering(Golden.reply("picture.json"))
                .run(GEMINI.images(
                        TestCalls.image("{\"model\":\"gemini-2.5-flash-image\",\"prompt\":\"a\"}"), CHANNEL));
        FlowRun<ImageEvent> imagen = FlowDriver.answering(Golden.reply("imagen.json"))
                .run(GEMINI.images(
                        TestCalls.image("{\"model\":\"imagen-4.0-generate-001\",\"prompt\":\"a\"}"), CHANNEL));

        assertThat(gemini.sent().getFirst().path()).isEqualTo("/v1beta/models/gemini-2.5-flash-image:generateContent");
        assertThat(imagen.sent().getFirst().path()).isEqualTo("/v1beta/models/imagen-4.0-generate-001:predict");
        assertThat(imagen.sent().getFirst().header("x-goog-api-key")).isEqualTo("AIza-test-1");
    }

    @Test
    void textsAreEmbeddedInOneBatch() {
        FlowRun<Embeddings> run = FlowDriver.answering(Golden.reply("embeddings.json"))
                .run(GEMINI.embed(
                        TestCalls.embedding(
                                "{\"model\":\"gemini-embedding-001\",\"input\":[\"a\",\"b\"],\"dimensions\":3,\"task_type\":\"CLUSTERING\",\"user\":\"u\",\"encoding_format\":\"base64\"}"),
                        CHANNEL));

        assertThat(run.sent().getFirst().path()).isEqualTo("/v1beta/models/gemini-embedding-001:batchEmbedContents");
        assertThat(run.sent().getFirst().json())
                .isEqualTo(
                        Json.parse(
                                "{\"requests\":[{\"model\":\"models/gemini-embedding-001\",\"content\":{\"parts\":[{\"text\":\"a\"}]},\"taskType\":\"CLUSTERING\",\"outputDimensionality\":3},"
                                        + "{\"model\":\"models/gemini-embedding-001\",\"content\":{\"parts\":[{\"text\":\"b\"}]},\"taskType\":\"CLUSTERING\",\"outputDimensionality\":3}]}"));
        assertThat(run.events().getFirst().vectors().getFirst()).containsExactly(0.0123f, -0.0456f, 1f);
        assertThat(run.dropped()).containsExactly("user");
    }

    @Test
    void theModelListIsReadPageByPage() {
        FlowRun<?> run = FlowDriver.answering(Golden.reply("models-1.json"), Golden.reply("models-2.json"))
                .run(GEMINI.models(CHANNEL));

        assertThat(run.sent())
                .extracting(SentRequest::url)
                .containsExactly(
                        "https://generativelanguage.googleapis.com/v1beta/models?pageSize=1000",
                        "https://generativelanguage.googleapis.com/v1beta/models?pageSize=1000&pageToken=Ch8%3D");
    }

    @Test
    void theSeedsModelsAreProposed() {
        assertThat(GEMINI.descriptor().id()).isEqualTo("palm");
        assertThat(GEMINI.descriptor().templateModels())
                .contains(
                        "gemini-pro",
                        "gemini-pro-vision",
                        "gemini-1.5-pro-latest",
                        "gemini-1.5-flash-latest",
                        "imagen-3.0-generate-002");
    }
}
