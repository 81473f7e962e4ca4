package io.patchbay.plugin.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.ChannelType;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.Flow;
import io.patchbay.spi.ModelInfo;
import io.patchbay.spi.Usage;
import io.patchbay.spi.json.JsonValue;
import io.patchbay.spi.media.Embeddings;
import io.patchbay.spi.media.ImageEvent;
import io.patchbay.spi.media.Moderation;
import io.patchbay.spi.media.Transcript;
import io.patchbay.testkit.host.FlowDriver;
import io.patchbay.testkit.host.FlowRun;
import io.patchbay.testkit.host.Reply;
import io.patchbay.testkit.host.SentRequest;
import io.patchbay.testkit.host.TestBlob;
import io.patchbay.testkit.host.TestCalls;
import io.patchbay.testkit.host.TestChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MediaRequestTest {
    private static final ChannelType OPENAI = new OpenAiChannelType();
    private static final TestChannel CHANNEL = TestChannel.builder(OPENAI.descriptor(), "a")
            .secret("key", "sk-test-1")
            .build();
    private static final TestChannel ELSEWHERE =
            CHANNEL.toBuilder().endpoint("https://host.example/v1").build();

    private static final TestBlob CAT = TestBlob.of("cat.png", "image/png", "CAT");
    private static final TestBlob DOG = TestBlob.of("", "image/webp", "DOG");
    private static final TestBlob AUDIO = TestBlob.of("talk.m4a", "audio/mp4", "AUDIO");

    @Test
    void vectorsAreAskedForInBase64AtOpenAi() {
        FlowRun<Embeddings> run = run(
                OPENAI.embed(
                        TestCalls.embedding(
                                "{\"model\":\"text-embedding-3-small\",\"input\":[\"a\",\"b\"],\"encoding_format\":\"float\",\"dimensions\":3}"),
                        CHANNEL),
                Golden.json("embeddings-base64.json"));

        SentRequest sent = run.sent().getFirst();
        assertThat(sent.method() + " " + sent.url()).isEqualTo("POST https://api.openai.com/v1/embeddings");
        assertThat(sent.header("authorization")).isEqualTo("Bearer sk-test-1");
        assertThat(sent.text())
                .isEqualTo(
                        "{\"model\":\"text-embedding-3-small\",\"input\":[\"a\",\"b\"],\"encoding_format\":\"base64\",\"dimensions\":3}");
        assertThat(run.events().getFirst().vectors().getFirst()).containsExactly(0.0123f, -0.0456f, 1.0f);
        assertThat(run.events().getFirst().usage().input()).isEqualTo(5);
    }

    @Test
    void vectorsAreAskedForAsTheClientDidElsewhere() {
        FlowRun<Embeddings> run = run(
                OPENAI.embed(TestCalls.embedding("{\"model\":\"bge-m3\",\"input\":\"a\"}"), ELSEWHERE),
                Golden.json("embeddings-float.json"));

        assertThat(run.sent().getFirst().text()).isEqualTo("{\"model\":\"bge-m3\",\"input\":\"a\"}");
        assertThat(run.events().getFirst().vectors()).hasSize(2);
    }

    @Test
    void imagesAreMadeFromTheClientsOwnBody() {
        FlowRun<ImageEvent> run = run(
                OPENAI.images(
                        TestCalls.image(
                                "{\"model\":\"dall-e-3\",\"prompt\":\"sea\",\"style\":\"vivid\",\"response_format\":\"url\"}"),
                        CHANNEL),
                Golden.json("images.json"));

        SentRequest sent = run.sent().getFirst();
        assertThat(sent.method() + " " + sent.path()).isEqualTo("POST /v1/images/generations");
        assertThat(sent.text())
                .isEqualTo(
                        "{\"model\":\"dall-e-3\",\"prompt\":\"sea\",\"style\":\"vivid\",\"response_format\":\"url\"}");
        assertThat(sent.source().creating()).isTrue();
        assertThat(sent.source().silence()).isEqualTo(Duration.ofMinutes(5));
        assertThat(run.events()).hasSize(3);
        assertThat(run.events().get(2)).isInstanceOf(ImageEvent.Used.class);
    }

    @Test
    void fieldsTheNewImageModelsRefuseAreDropped() {
        FlowRun<ImageEvent> run = run(
                OPENAI.images(
                        TestCalls.image(
                                "{\"model\":\"gpt-image-1\",\"prompt\":\"sea\",\"response_format\":\"b64_json\",\"stream\":true,\"partial_images\":2,\"n\":2}"),
                        CHANNEL),
                Golden.json("images.json"));

        assertThat(run.sent().getFirst().text()).isEqualTo("{\"model\":\"gpt-image-1\",\"prompt\":\"sea\",\"n\":2}");
        assertThat(run.notes()).containsEntry("dropped", "partial_images, response_format, stream");
    }

    @Test
    void onePictureIsEditedByAForm() {
        SentRequest sent = run(
                        OPENAI.images(
                                TestCalls.imageEdit(
                                        "{\"model\":\"dall-e-2\",\"prompt\":\"add a hat\",\"n\":2,\"size\":\"512x512\"}",
                                        List.of(CAT),
                                        TestBlob.of("m.png", "image/png", "MASK")),
                                CHANNEL),
                        Golden.json("images.json"))
                .sent()
                .getFirst();

        assertThat(sent.method() + " " + sent.path()).isEqualTo("POST /v1/images/edits");
        assertThat(sent.header("content-type")).startsWith("multipart/form-data; boundary=");
        assertThat(sent.text())
                .contains("name=\"model\"\r\n\r\ndall-e-2\r\n")
                .contains("name=\"prompt\"\r\n\r\nadd a hat\r\n")
                .contains("name=\"n\"\r\n\r\n2\r\n")
                .contains("name=\"image\"; filename=\"cat.png\"\r\nContent-Type: image/png\r\n\r\nCAT\r\n")
                .contains("name=\"mask\"; filename=\"m.png\"");
    }

    @Test
    void severalPicturesAreSentAsAList() {
        String form = run(
                        OPENAI.images(
                                TestCalls.imageEdit(
                                        "{\"model\":\"gpt-image-1\",\"prompt\":\"both\"}", List.of(CAT, DOG), null),
                                CHANNEL),
                        Golden.json("images.json"))
                .sent()
                .getFirst()
                .text();

        assertThat(form)
                .contains("name=\"image[]\"; filename=\"cat.png\"")
                .contains("name=\"image[]\"; filename=\"image-2.webp\"\r\nContent-Type: image/webp");
    }

    @Test
    void aPictureWithoutAPromptIsVariedByTheOneModelThatCan() {
        SentRequest sent = run(
                        OPENAI.images(TestCalls.imageEdit("{\"model\":\"dall-e-2\"}", List.of(CAT), null), CHANNEL),
                        Golden.json("images.json"))
                .sent()
                .getFirst();
        FlowRun<ImageEvent> other = FlowDriver.silent()
                .run(OPENAI.images(TestCalls.imageEdit("{\"model\":\"gpt-image-1\"}", List.of(CAT), null), CHANNEL));

        assertThat(sent.path()).isEqualTo("/v1/images/variations");
        assertThat(sent.text()).doesNotContain("prompt");
        assertFault(other, FaultKind.BAD_REQUEST);
    }

    @Test
    void aModeratedImageIsNoReasonToBlameTheKey() {
        FlowRun<ImageEvent> run = run(
                OPENAI.images(TestCalls.image("{\"model\":\"gpt-image-1\",\"prompt\":\"x\"}"), CHANNEL),
                Golden.error(400, "error-image-moderated.json"));

        assertFault(run, FaultKind.CONTENT);
    }

    @Test
    void speechIsHandedOnAsItComes() {
        FlowRun<Usage> run = run(
                OPENAI.speech(
                        TestCalls.speech(
                                "{\"model\":\"gpt-4o-mini-tts\",\"input\":\"Hello\",\"voice\":\"coral\",\"instructions\":\"calm\"}"),
                        CHANNEL),
                Reply.of(200, "audio/mpeg", "ID3".getBytes(StandardCharsets.UTF_8)));

        SentRequest sent = run.sent().getFirst();
        assertThat(sent.method() + " " + sent.path()).isEqualTo("POST /v1/audio/speech");
        assertThat(sent.json().string("voice")).isEqualTo("coral");
        assertThat(sent.json().string("instructions")).isEqualTo("calm");
        assertThat(run.ending()).isEqualTo(FlowRun.Ending.PASSED);
        assertThat(run.passed()).isNotNull();
        assertThat(run.passed().body()).hasSize(3);
    }

    @Test
    void theFirstSpeechModelsTakeNoInstructions() {
        FlowRun<Usage> run = run(
                OPENAI.speech(
                        TestCalls.speech(
                                "{\"model\":\"tts-1-hd\",\"input\":\"Hello\",\"voice\":\"coral\",\"instructions\":\"calm\"}"),
                        CHANNEL),
                Reply.of(200, "audio/mpeg", new byte[1]));

        assertThat(run.sent().getFirst().json().get("instructions")).isNull();
        assertThat(run.notes()).containsEntry("dropped", "instructions");
    }

    @Test
    void audioIsWrittenDown() {
        FlowRun<Transcript> run = run(
                OPENAI.transcribe(
                        TestCalls.transcription(
                                "{\"model\":\"gpt-4o-transcribe\",\"language\":\"en\",\"timestamp_granularities\":[\"word\"],\"stream\":true}",
                                AUDIO,
                                false),
                        CHANNEL),
                Golden.json("transcription.json"));

        SentRequest sent = run.sent().getFirst();
        assertThat(sent.method() + " " + sent.path()).isEqualTo("POST /v1/audio/transcriptions");
        assertThat(sent.text())
                .contains("name=\"model\"\r\n\r\ngpt-4o-transcribe\r\n")
                .contains("name=\"language\"\r\n\r\nen\r\n")
                .contains("name=\"timestamp_granularities[]\"\r\n\r\nword\r\n")
                .contains("name=\"file\"; filename=\"talk.m4a\"\r\nContent-Type: audio/mp4\r\n\r\nAUDIO")
                .doesNotContain("name=\"stream\"");
        Transcript transcript = run.events().getFirst();
        assertThat(transcript.text()).isEqualTo("Good morning, everyone.");
        assertThat(transcript.usage().input()).isEqualTo(14);
        assertThat(transcript.usage().output()).isEqualTo(4);
    }

    @Test
    void subtitlesKeepTheirFormAndTheirWordsAreRead() {
        FlowRun<Transcript> run = run(
                OPENAI.transcribe(
                        TestCalls.transcription("{\"model\":\"whisper-1\",\"response_format\":\"srt\"}", AUDIO, true),
                        CHANNEL),
                Reply.of(200, "text/plain; charset=utf-8", Golden.bytes("transcription.srt")));

        assertThat(run.sent().getFirst().path()).isEqualTo("/v1/audio/translations");
        Transcript transcript = run.events().getFirst();
        assertThat(transcript.body()).isEqualTo(Golden.text("transcription.srt"));
        assertThat(transcript.contentType()).isEqualTo("text/plain");
        assertThat(transcript.text()).contains("Good morning,").doesNotContain("-->");
    }

    @Test
    void contentIsModerated() {
        FlowRun<Moderation> run = run(
                OPENAI.moderate(
                        TestCalls.moderation("{\"model\":\"omni-moderation-latest\",\"input\":[\"x\"]}"), CHANNEL),
                Golden.json("moderation.json"));

        SentRequest sent = run.sent().getFirst();
        assertThat(sent.method() + " " + sent.path()).isEqualTo("POST /v1/moderations");
        assertThat(sent.text()).isEqualTo("{\"model\":\"omni-moderation-latest\",\"input\":[\"x\"]}");
        Moderation moderation = run.events().getFirst();
        assertThat(moderation.id()).isEqualTo("modr-1");
        assertThat(moderation.results().getFirst().at("category_scores", "harassment/threatening"))
                .isEqualTo(moderation.results().getFirst().at("category_scores", "harassment/threatening"))
                .isNotNull();
    }

    @Test
    void modelsAreListed() {
        FlowRun<ModelInfo> run = run(OPENAI.models(CHANNEL), Golden.json("models.json"));

        SentRequest sent = run.sent().getFirst();
        assertThat(sent.method() + " " + sent.url()).isEqualTo("GET https://api.openai.com/v1/models");
        assertThat(sent.body()).isEmpty();
        assertThat(run.events().stream().map(ModelInfo::id)).containsExactly("gpt-5.4", "meta-llama/llama-4-scout");
        assertThat(run.events().get(1).owner()).isEqualTo("meta");
        assertThat(run.events().get(1).raw().longValue("context_length", 0)).isEqualTo(131_072);
    }

    @Test
    void aBareListOfModelsIsReadToo() {
        FlowRun<ModelInfo> run = run(OPENAI.models(ELSEWHERE), Reply.json("[{\"id\":\"a\"},{\"name\":\"b\"},7]"));

        assertThat(run.events().stream().map(ModelInfo::id)).containsExactly("a");
    }

    @Test
    void noRefusalTellsTheKey() {
        Reply telling = Reply.json(401, "{\"error\":{\"message\":\"Incorrect API key provided: sk-test-1\"}}");

        assertFault(run(OPENAI.models(CHANNEL), telling), FaultKind.KEY_DEAD);
        assertFault(
                run(OPENAI.embed(TestCalls.embedding("{\"model\":\"e\",\"input\":\"a\"}"), CHANNEL), telling),
                FaultKind.KEY_DEAD);
    }

    @Test
    void bodiesAreWrittenForAClientOfAnotherDialect() {
        JsonValue body = run(
                        OPENAI.embed(new OtherDialectEmbedding("text-embedding-3-small", List.of("a", "b")), ELSEWHERE),
                        Golden.json("embeddings-float.json"))
                .sent()
                .getFirst()
                .json();

        assertThat(body)
                .hasToString("{\"model\":\"text-embedding-3-small\",\"input\":[\"a\",\"b\"],\"dimensions\":256}");
    }

    private static <E> FlowRun<E> run(Flow<E> flow, Reply reply) {
        FlowRun<E> run = FlowDriver.answering(reply).run(flow);
        assertThat(run.mistakes()).isEmpty();
        return run;
    }

    private static void assertFault(FlowRun<?> run, FaultKind kind) {
        assertThat(run.fault()).isNotNull();
        assertThat(run.fault().kind()).isEqualTo(kind);
        assertThat(run.fault().message()).doesNotContain("sk-test-1");
    }
}
