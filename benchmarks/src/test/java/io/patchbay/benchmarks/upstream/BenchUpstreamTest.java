package io.patchbay.benchmarks.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the upstream answers, read by a client of somebody else's. */
final class BenchUpstreamTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static BenchUpstream upstream;
    private static HttpClient client;

    @BeforeAll
    static void start() throws IOException {
        upstream = BenchUpstream.start(0);
        client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    }

    @AfterAll
    static void stop() {
        client.close();
        upstream.close();
    }

    private static HttpResponse<String> post(String path, String body) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + upstream.port() + path))
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static List<JsonNode> events(String body) throws IOException {
        List<JsonNode> events = new ArrayList<>();
        for (String line : body.lines().toList()) {
            if (line.startsWith("data: {")) {
                events.add(MAPPER.readTree(line.substring(6)));
            }
        }
        return events;
    }

    @Test
    void aWholeAnswerIsACompletion() throws Exception {
        HttpResponse<String> response = post("/plain/v1/chat/completions", "{}");
        assertThat(response.statusCode()).isEqualTo(200);
        JsonNode answer = MAPPER.readTree(response.body());
        assertThat(answer.path("choices")
                        .path(0)
                        .path("message")
                        .path("content")
                        .asText())
                .isNotBlank();
        assertThat(answer.path("usage").path("total_tokens").asInt()).isEqualTo(54);
        assertThat(response.body()).hasSizeBetween(500, 800);
    }

    @Test
    void bothDialectsTellTheSameWords() throws Exception {
        HttpResponse<String> openAi = post("/stream/35/0/v1/chat/completions", "{}");
        assertThat(openAi.headers().firstValue("content-type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/event-stream"));
        assertThat(openAi.body()).endsWith("data: [DONE]\n\n");
        List<JsonNode> chunks = events(openAi.body());
        // The role, 35 words, the finish, the usage.
        assertThat(chunks).hasSize(38);
        assertThat(chunks.getLast().path("usage").path("completion_tokens").asInt())
                .isEqualTo(35);
        StringBuilder openAiText = new StringBuilder();
        chunks.forEach(chunk -> openAiText.append(
                chunk.path("choices").path(0).path("delta").path("content").asText()));

        StringBuilder claudeText = new StringBuilder();
        List<JsonNode> events = events(post("/claude/35/0/v1/messages", "{}").body());
        events.forEach(
                event -> claudeText.append(event.path("delta").path("text").asText()));
        assertThat(events.getFirst().path("type").asText()).isEqualTo("message_start");
        assertThat(events.getLast().path("type").asText()).isEqualTo("message_stop");
        assertThat(claudeText.toString()).isNotBlank().isEqualTo(openAiText.toString());
    }

    @Test
    void aSlowAnswerTakesItsTime() throws Exception {
        long begun = System.nanoTime();
        assertThat(post("/slow/80/x", "{}").statusCode()).isEqualTo(200);
        assertThat(System.nanoTime() - begun).isGreaterThanOrEqualTo(79_000_000L);
    }

    @Test
    void whatIsNoScriptIsNotFound() throws Exception {
        for (String path : List.of("/", "/plainly", "/stream/0/0/x", "/stream/99999/0", "/claude/5", "/slow/x")) {
            assertThat(post(path, "").statusCode()).as(path).isEqualTo(404);
        }
    }

    @Test
    void faultsAreThoseOfTheirNames() throws Exception {
        assertThat(post("/fault/500/v1/chat/completions", "{}").statusCode()).isEqualTo(500);

        // A client of the library throws away what it has received when the connection breaks.
        String text;
        try (Socket socket = new Socket("127.0.0.1", upstream.port())) {
            socket.getOutputStream()
                    .write("POST /fault/cut/6/0 HTTP/1.1\r\nHost: upstream\r\nContent-Length: 2\r\n\r\n{}"
                            .getBytes(StandardCharsets.US_ASCII));
            text = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
        assertThat(text.split("data: ", -1)).hasSize(1 + 1 + 3);
        assertThat(text).doesNotEndWith("0\r\n\r\n");
        assertThat(text).doesNotContain("[DONE]");
    }
}
