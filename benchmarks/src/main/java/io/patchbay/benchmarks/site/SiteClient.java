package io.patchbay.benchmarks.site;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The administrator, over the public HTTP API. */
public final class SiteClient {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long CREDITS = 500_000_000;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI base;
    private String session = "";

    SiteClient(URI base) {
        this.base = base;
    }

    /** Tells whether the server lets requests in. */
    boolean ready() {
        try {
            HttpRequest request = HttpRequest.newBuilder(base.resolve("/readyz"))
                    .timeout(Duration.ofSeconds(5))
                    .build();
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /**
     * Signs in, gives the account plenty, sets prices and makes a channel for each route.
     *
     * @return the API key
     * @throws IllegalStateException with the server's reason when it refuses something
     */
    String setUp(String password, URI upstream, List<Route> routes) {
        session = post("/api/login", Map.of("username", "root", "password", password))
                .path("token")
                .asText();
        if (session.isEmpty()) {
            throw new IllegalStateException("could not sign in");
        }
        long id = get("/api/admin/user/list?page=0")
                .path("data")
                .path(0)
                .path("id")
                .asLong();
        expectOk(post("/api/admin/user/quota", Map.of("id", id, "quota", CREDITS, "override", true)));
        expectOk(post(
                "/api/admin/charge/set",
                Map.of(
                        "id",
                        -1,
                        "type",
                        "token-billing",
                        "models",
                        routes.stream().map(Route::model).toList(),
                        "input",
                        0.25,
                        "output",
                        2,
                        "anonymous",
                        false)));
        for (Route route : routes) {
            channel(route, upstream);
        }
        return get("/api/apikey").path("key").asText();
    }

    /**
     * Asks for one chat.
     *
     * @throws IllegalStateException with the server's reason when it is not answered
     */
    void probe(String key, byte[] body) {
        HttpRequest request = HttpRequest.newBuilder(base.resolve("/v1/chat/completions"))
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + key)
                .POST(BodyPublishers.ofByteArray(body))
                .build();
        send(request);
    }

    private void channel(Route route, URI upstream) {
        expectOk(post(
                "/api/admin/channel/create",
                Map.ofEntries(
                        Map.entry("name", route.name()),
                        Map.entry("type", route.channelType()),
                        Map.entry("endpoint", upstream + route.path()),
                        Map.entry("secret", "sk-upstream-0123456789abcdef"),
                        Map.entry("models", List.of(route.model())),
                        Map.entry("retry", 1),
                        Map.entry("state", true),
                        Map.entry("weight", 1),
                        Map.entry("priority", 0),
                        Map.entry("mapper", ""))));
    }

    /** Returns what the server tells about a plugin. */
    public JsonNode plugin(String id) {
        return get("/api/admin/plugins/" + id);
    }

    /**
     * Uploads a plugin; new calls reach it when this returns.
     *
     * @throws IllegalStateException when it is refused
     */
    public void upload(Path jar) {
        String boundary = "patchbay-benchmarks-boundary";
        byte[] head = ("--" + boundary + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\""
                        + jar.getFileName() + "\"\r\nContent-Type: application/java-archive\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8);
        byte[] tail = ("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8);
        try {
            exchange(HttpRequest.newBuilder(base.resolve("/api/admin/plugins"))
                    .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                    .POST(BodyPublishers.ofByteArrays(List.of(head, Files.readAllBytes(jar), tail))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JsonNode get(String path) {
        return exchange(HttpRequest.newBuilder(base.resolve(path)).GET());
    }

    private JsonNode post(String path, Map<String, ?> body) {
        try {
            return exchange(HttpRequest.newBuilder(base.resolve(path))
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(MAPPER.writeValueAsString(body))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JsonNode exchange(HttpRequest.Builder request) {
        request.timeout(PATIENCE);
        if (!session.isEmpty()) {
            request.header("Authorization", session);
        }
        try {
            return MAPPER.readTree(send(request.build()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String send(HttpRequest request) {
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() >= 300) {
                throw new IllegalStateException(
                        request.uri().getPath() + ": status " + response.statusCode() + " " + response.body());
            }
            return response.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static void expectOk(JsonNode answer) {
        if (!answer.path("status").asBoolean()) {
            throw new IllegalStateException("refused: " + answer.path("message").asText(answer.toString()));
        }
    }
}
