package io.patchbay.dialects.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.patchbay.spi.Bytes;
import io.patchbay.spi.Usage;
import io.patchbay.spi.json.Json;
import io.patchbay.spi.json.JsonValue;
import io.patchbay.spi.media.Embeddings;
import io.patchbay.spi.media.ImageEvent;
import io.patchbay.spi.media.Moderation;
import io.patchbay.spi.media.Transcript;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class OpenAiMediaTest {
    @Test
    void readsVectorsInTheOrderOfTheInputs() {
        Embeddings embeddings = OpenAiMedia.readEmbeddings(Json.parse("""
                {"data":[{"index":1,"embedding":[0.5,-1e-3]},{"index":0,"embedding":"AACAPwAAAMA="}],
                 "usage":{"prompt_tokens":5,"total_tokens":5}}"""));
        assertThat(embeddings.vectors()).containsExactly(new float[] {1f, -2f}, new float[] {0.5f, -0.001f});
        assertThat(embeddings.usage().input()).isEqualTo(5);
    }

    @Test
    void keepsTheGivenOrderWhereIndexesAreUseless() {
        assertThat(OpenAiMedia.readEmbeddings(Json.parse(
                                "{\"data\":[{\"index\":0,\"embedding\":[2]},{\"index\":0,\"embedding\":[1]}]}"))
                        .vectors())
                .containsExactly(new float[] {2f}, new float[] {1f});
        assertThat(OpenAiMedia.readEmbeddings(
                                Json.parse("{\"data\":[{\"embedding\":[2]}],\"usage\":{\"total_tokens\":3}}"))
                        .usage()
                        .input())
                .isEqualTo(3);
    }

    @Test
    void writesWhatItReads() {
        Embeddings embeddings = new Embeddings(
                List.of(new float[] {0.1f, -3.4e38f, 1e-40f}, new float[] {0f, 7f, Float.MIN_VALUE}), Usage.of(9, 0));
        for (boolean base64 : new boolean[] {true, false}) {
            JsonValue answer = Json.parse(
                    OpenAiMedia.writeEmbeddings(embeddings, "m", base64).toJson());
            Embeddings again = OpenAiMedia.readEmbeddings(answer);
            assertThat(again.vectors().get(0)).isEqualTo(embeddings.vectors().get(0));
            assertThat(again.vectors().get(1)).isEqualTo(embeddings.vectors().get(1));
            assertThat(again.usage().input()).isEqualTo(9);
            assertThat(answer.at("data", 0, "embedding").string() != null).isEqualTo(base64);
            assertThat(answer.string("model")).isEqualTo("m");
        }
        assertThat(OpenAiMedia.writeEmbeddings(new Embeddings(List.of(new float[] {1f, -2f}), Usage.NONE), "m", true)
                        .at("data", 0, "embedding")
                        .string())
                .isEqualTo("AACAPwAAAMA=");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"data\":[]}",
                "{\"data\":[{}]}",
                "{\"data\":[{\"embedding\":[]}]}",
                "{\"data\":[{\"embedding\":[[1]]}]}",
                "{\"data\":[{\"embedding\":[1,null]}]}",
                "{\"data\":[{\"embedding\":[1e99]}]}",
                "{\"data\":[{\"embedding\":\"AAAA\"}]}",
                "{\"data\":[{\"embedding\":\"\"}]}",
                "{\"data\":[{\"embedding\":\"*\"}]}"
            })
    void refusesAnswersWithoutVectors(String answer) {
        assertThatExceptionOfType(UnreadableAnswer.class)
                .isThrownBy(() -> OpenAiMedia.readEmbeddings(Json.parse(answer)));
    }

    @Test
    void readsImages() {
        List<ImageEvent> events = OpenAiMedia.readImages(Json.parse("""
                {"created":1,"data":[{"b64_json":"iVBORw0KGgo=","revised_prompt":"p"},{"url":"https://e.org/a.png"}],
                 "usage":{"input_tokens":50,"input_tokens_details":{"text_tokens":10,"cached_tokens":4},"output_tokens":4160,"total_tokens":4210}}"""));
        assertThat(events).hasSize(3);
        assertThat((ImageEvent.Made) events.get(0)).satisfies(made -> {
            assertThat(made.base64()).isEqualTo("iVBORw0KGgo=");
            assertThat(made.revisedPrompt()).isEqualTo("p");
            assertThat(made.url()).isNull();
        });
        assertThat(((ImageEvent.Used) events.get(2)).usage()).satisfies(usage -> {
            assertThat(usage.input()).isEqualTo(50);
            assertThat(usage.output()).isEqualTo(4160);
            assertThat(usage.cachedInput()).isEqualTo(4);
        });
        assertThat(OpenAiMedia.writeImages(events, 3).toJson())
                .startsWith(
                        "{\"created\":3,\"data\":[{\"b64_json\":\"iVBORw0KGgo=\",\"revised_prompt\":\"p\"},{\"url\":\"https://e.org/a.png\"}],\"usage\":{\"input_tokens\":50,");
        assertThat(OpenAiMedia.readImages(Json.parse("{\"images\":[{\"url\":\"u\"}]}")))
                .hasSize(1);
        assertThatExceptionOfType(UnreadableAnswer.class)
                .isThrownBy(() -> OpenAiMedia.readImages(Json.parse("{\"data\":[{}]}")));
    }

    @Test
    void readsImageStreams() {
        assertThat(OpenAiMedia.readImageEvent(
                        Json.parse("{\"type\":\"image_generation.partial_image\",\"b64_json\":\"a\"}")))
                .isEmpty();
        assertThat(
                        OpenAiMedia.readImageEvent(
                                Json.parse(
                                        "{\"type\":\"image_edit.completed\",\"b64_json\":\"a\",\"usage\":{\"input_tokens\":1,\"output_tokens\":2}}")))
                .hasSize(2);
        assertThat(OpenAiMedia.writeImages(List.of(new ImageEvent.Used(Usage.of(1, 2))), 0)
                        .get("usage")
                        .toJson())
                .isEqualTo("{\"input_tokens\":1,\"output_tokens\":2,\"total_tokens\":3}");
    }

    @Test
    void readsTranscriptsInAllFormats() {
        Transcript json = OpenAiMedia.readTranscript(
                "application/json",
                Bytes.of(
                        "{\"text\":\"Hello\",\"usage\":{\"type\":\"tokens\",\"input_tokens\":14,\"output_tokens\":4,\"total_tokens\":18}}"));
        assertThat(json.text()).isEqualTo("Hello");
        assertThat(json.usage().input()).isEqualTo(14);
        Transcript timed = OpenAiMedia.readTranscript(
                "application/json", Bytes.of("{\"text\":\"\",\"usage\":{\"type\":\"duration\",\"seconds\":3}}"));
        assertThat(timed.usage().input()).isZero();
        assertThat(timed.usage().raw().longValue("seconds", 0)).isEqualTo(3);
        assertThat(OpenAiMedia.readTranscript("text/plain", Bytes.of("Hello there.\n"))
                        .text())
                .isEqualTo("Hello there.");
        assertThat(OpenAiMedia.readTranscript(
                                "text/plain",
                                Bytes.of(
                                        "1\n00:00:00,000 --> 00:00:01,000\nHello\nyou\n\n2\n00:00:01,000 --> 00:00:02,000\n2 there\n"))
                        .text())
                .isEqualTo("Hello you 2 there");
        assertThat(OpenAiMedia.readTranscript(
                                "text/vtt", Bytes.of("WEBVTT\n\nNOTE x\n\n00:00.000 --> 00:01.000\nHello\n"))
                        .text())
                .isEqualTo("Hello");
        for (String body : new String[] {"{}", "x", "{\"text\":1}"}) {
            assertThatExceptionOfType(UnreadableAnswer.class)
                    .isThrownBy(() -> OpenAiMedia.readTranscript("application/json", Bytes.of(body)));
        }
    }

    @Test
    void readsModerations() {
        Moderation moderation = OpenAiMedia.readModeration(Json.parse(
                "{\"id\":\"m1\",\"results\":[{\"flagged\":true,\"categories\":{\"hate/threatening\":false}}]}"));
        assertThat(OpenAiMedia.writeModeration(moderation, "omni").toJson())
                .isEqualTo(
                        "{\"id\":\"m1\",\"model\":\"omni\",\"results\":[{\"flagged\":true,\"categories\":{\"hate/threatening\":false}}]}");
        assertThatExceptionOfType(UnreadableAnswer.class)
                .isThrownBy(() -> OpenAiMedia.readModeration(Json.parse("{\"results\":[1]}")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"prompt_tokens\":8,\"completion_tokens\":3,\"total_tokens\":11}|8/3 cached 0 reasoning 0",
                "{\"input_tokens\":8,\"output_tokens\":3,\"input_tokens_details\":{\"cached_tokens\":5},\"output_tokens_details\":{\"reasoning_tokens\":2}}|8/3 cached 5 reasoning 2",
                "{\"prompt_tokens\":8,\"completion_tokens\":3,\"prompt_cache_hit_tokens\":6}|8/3 cached 6 reasoning 0",
                "{\"prompt_tokens\":8,\"completion_tokens\":3,\"cached_tokens\":7}|8/3 cached 7 reasoning 0",
                "{\"prompt_tokens\":8,\"completion_tokens\":3,\"cached_tokens\":70}|8/3 cached 8 reasoning 0",
                "{\"prompt_tokens\":8,\"completion_tokens\":3,\"reasoning_tokens\":2,\"total_tokens\":11}|8/3 cached 0 reasoning 2",
                "{\"prompt_tokens\":8,\"completion_tokens\":3,\"total_tokens\":21,\"completion_tokens_details\":{\"reasoning_tokens\":10}}|8/13 cached 0 reasoning 10",
                "{\"total_tokens\":9}|9/0 cached 0 reasoning 0",
                "{\"prompt_tokens\":-8,\"completion_tokens\":\"3\"}|0/0 cached 0 reasoning 0",
                "{\"prompt_tokens\":1e99,\"completion_tokens\":9223372036854775807}|1000000000000000/1000000000000000 cached 0 reasoning 0",
                "{}|0/0 cached 0 reasoning 0"
            })
    void readsUsageHoweverItIsWritten(String json, String expected) {
        assertThat(io.patchbay.dialects.openai.Transcript.usage(OpenAiMedia.readUsage(Json.parse(json))))
                .isEqualTo(expected);
        assertThat(OpenAiMedia.writeUsage(OpenAiMedia.readUsage(Json.parse(json)))
                        .longValue("total_tokens", -1))
                .isNotNegative();
    }
}
