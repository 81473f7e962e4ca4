package io.patchbay.testkit.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.chat.ChatMessage.ToolCall;
import io.patchbay.spi.json.Json;
import io.patchbay.spi.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

final class OpenAiScriptsTest {
    private static final String STREAM = "{\"stream\":true,\"stream_options\":{\"include_usage\":true}}";

    private static ReceivedRequest request(String body) {
        return new ReceivedRequest("POST", "/", Map.of(), body.getBytes(StandardCharsets.UTF_8), "", 7, Instant.EPOCH);
    }

    private static ReceivedRequest form(String... namesAndValues) {
        StringBuilder body = new StringBuilder();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            body.append("--b\r\nContent-Disposition: form-data; name=\"")
                    .append(namesAndValues[i])
                    .append("\"");
            body.append("\r\n\r\n").append(namesAndValues[i + 1]).append("\r\n");
        }
        body.append("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.mp3\"\r\n");
        body.append("Content-Type: audio/mpeg\r\n\r\n\r\nx\r\n--b--\r\n");
        return new ReceivedRequest(
                "POST",
                "/",
                Map.of("content-type", "multipart/form-data; boundary=\"b\""),
                body.toString().getBytes(StandardCharsets.UTF_8),
                "",
                7,
                Instant.EPOCH);
    }

    private static List<JsonValue> chunks(Function<ReceivedRequest, Script> answer, String body) {
        List<JsonValue> chunks = new ArrayList<>();
        for (Step step : answer.apply(request(body)).settings().steps) {
            chunks.add(Json.parse(((Step.Frame) step).payload()));
        }
        return chunks;
    }

    private static JsonValue whole(Script script) {
        return Json.parse(((Step.Write) script.settings().steps.getFirst()).bytes());
    }

    @Test
    void streamsWordsWithRoleFirstAndUsageLastWhenAsked() {
        List<JsonValue> chunks = chunks(OpenAiScripts.text("m", "a", "b\"c"), STREAM);

        assertThat(chunks).hasSize(5);
        assertThat(chunks.get(0).at("choices", 0, "delta", "role")).isEqualTo(JsonValue.of("assistant"));
        assertThat(chunks.get(2).at("choices", 0, "delta", "content")).isEqualTo(JsonValue.of("b\"c"));
        assertThat(chunks.get(3).at("choices", 0, "finish_reason")).isEqualTo(JsonValue.of("stop"));
        assertThat(chunks.get(4).elements("choices")).isEmpty();
        assertThat(Objects.requireNonNull(chunks.get(4).get("usage")).longValue("completion_tokens", 0))
                .isEqualTo(2);
        assertThat(chunks).allMatch(chunk -> "chatcmpl-7".equals(chunk.string("id")));
        assertThat(chunks(OpenAiScripts.text("m", "a"), "{\"stream\":true}")).hasSize(3);
    }

    @Test
    void usageComesWhereItWasPut() {
        ChatAnswer answer = OpenAiScripts.text("m", "a", "b").usage(4, 9);
        Function<ChatAnswer.UsagePlace, List<Long>> told = place -> chunks(answer.usagePlace(place), STREAM).stream()
                .map(chunk -> chunk.get("usage"))
                .map(usage -> usage == null ? -1 : usage.longValue("completion_tokens", 0))
                .toList();

        assertThat(told.apply(ChatAnswer.UsagePlace.FIRST)).containsExactly(9L, 0L, 0L, 0L);
        assertThat(told.apply(ChatAnswer.UsagePlace.WITH_FINISH)).containsExactly(0L, 0L, 0L, 9L);
        assertThat(told.apply(ChatAnswer.UsagePlace.EVERY)).containsExactly(0L, 1L, 2L, 9L);
        assertThat(told.apply(ChatAnswer.UsagePlace.NEVER)).containsExactly(0L, 0L, 0L, 0L);
    }

    @Test
    void answersWholeAndWithSeveralChoices() {
        JsonValue whole = whole(OpenAiScripts.text("m", "a", "b").reasoning("r").apply(request("{\"n\":2}")));

        assertThat(whole.elements("choices")).hasSize(2);
        assertThat(whole.at("choices", 1, "message", "content")).isEqualTo(JsonValue.of("ab"));
        assertThat(whole.at("choices", 1, "message", "reasoning_content")).isEqualTo(JsonValue.of("r"));
        assertThat(whole.at("usage", "prompt_tokens")).isEqualTo(JsonValue.of(10));
    }

    @Test
    void callsToolsInPiecesAndWhole() {
        ChatAnswer answer = OpenAiScripts.tools("m", new ToolCall("call_a", "now", "{\"a\":1}"));
        List<JsonValue> chunks = chunks(answer, "{\"stream\":true}");

        assertThat(chunks).hasSize(5);
        assertThat(chunks.get(1).at("choices", 0, "delta", "tool_calls", 0, "id"))
                .isEqualTo(JsonValue.of("call_a"));
        assertThat(chunks.get(4).at("choices", 0, "finish_reason")).isEqualTo(JsonValue.of("tool_calls"));
        assertThat(whole(answer.apply(request("{}")))
                        .at("choices", 0, "message", "tool_calls", 0, "function", "arguments"))
                .isEqualTo(JsonValue.of("{\"a\":1}"));
    }

    @Test
    void countsPictures() {
        String body = "{\"messages\":[{\"content\":[{\"type\":\"text\"},{\"type\":\"image_url\"},"
                + "{\"type\":\"image_url\"}]},{\"content\":\"x\"}]}";

        assertThat(whole(OpenAiScripts.vision("m").apply(request(body))).at("choices", 0, "message", "content"))
                .isEqualTo(JsonValue.of("images: 2"));
    }

    @Test
    void embedsTextsAndTokensAsFloatsOrBase64() {
        Function<ReceivedRequest, Script> embeddings = OpenAiScripts.embeddings(4);

        JsonValue floats = whole(embeddings.apply(request("{\"input\":[\"a\",\"b\"]}")));
        assertThat(floats.elements("data")).hasSize(2);
        assertThat(floats.at("data", 0, "embedding").elements()).hasSize(4);
        JsonValue tokens = whole(embeddings.apply(request("{\"input\":[1,2],\"encoding_format\":\"base64\"}")));
        assertThat(tokens.elements("data")).hasSize(1);
        assertThat(tokens.at("data", 0, "embedding").string()).hasSize(24);
    }

    @Test
    void answersTheOtherMedia() {
        assertThat(whole(OpenAiScripts.images().apply(request("{\"n\":2,\"response_format\":\"url\"}")))
                        .elements("data"))
                .hasSize(2)
                .allMatch(image -> image.string("url") != null);
        assertThat(whole(OpenAiScripts.images().apply(form("n", "1", "model", "m")))
                        .at("data", 0)
                        .string("b64_json"))
                .isNotNull();
        assertThat(whole(OpenAiScripts.transcription("hi").apply(form())).string("text"))
                .isEqualTo("hi");
        Script srt = OpenAiScripts.transcription("hi").apply(form("response_format", "srt"));
        assertThat(new String(((Step.Write) srt.settings().steps.getFirst()).bytes(), StandardCharsets.UTF_8))
                .startsWith("1\n00:00");
        assertThat(whole(OpenAiScripts.moderations().apply(request("{\"input\":[\"a\",\"violence\"]}")))
                        .elements("results"))
                .extracting(result -> result.flag("flagged", false))
                .containsExactly(false, true);
        assertThat(whole(OpenAiScripts.models("a", "b")).elements("data")).hasSize(2);
        assertThat(whole(OpenAiScripts.error(429, "t", null, "m")).at("error", "message"))
                .isEqualTo(JsonValue.of("m"));
    }

    @Test
    void readsForms() {
        List<FormPart> parts = form("model", "m").parts();

        assertThat(parts).hasSize(2);
        assertThat(parts.getFirst().name()).isEqualTo("model");
        assertThat(parts.get(1).fileName()).isEqualTo("a.mp3");
        assertThat(parts.get(1).contentType()).isEqualTo("audio/mpeg");
        assertThat(new String(parts.get(1).body(), StandardCharsets.UTF_8)).isEqualTo("\r\nx");
    }
}
