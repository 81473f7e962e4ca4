package io.patchbay.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.foundation.config.ConfigSource;
import io.patchbay.foundation.config.LogConfig;
import io.patchbay.foundation.config.PatchbayConfig;
import io.patchbay.foundation.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A whole Patchbay in this process, on a free port, with a folder of its own, and a client to drive it. */
public final class TestServer implements AutoCloseable {
    public static final String PASSWORD = "a-long-test-password";

    private final Patchbay patchbay;
    private final Client client;

    private TestServer(Patchbay patchbay) {
        this.patchbay = patchbay;
        this.client = new Client(patchbay.uri());
    }

    /** Starts on that folder, with SQLite unless the settings say otherwise. */
    static TestServer start(Path home, Map<String, String> settings) {
        Map<String, String> environment = new HashMap<>(Map.of(
                "SERVER_PORT", "0",
                "SERVER_HOST", "127.0.0.1",
                "ROOT_PASSWORD", PASSWORD,
                "LOG_IGNORE_CONSOLE", "true",
                "SERVER_DRAIN_TIMEOUT", "2s",
                "PATCHBAY_BUNDLED_PLUGINS", plugins().toString()));
        environment.putAll(settings);
        try {
            ConfigSource source = ConfigSource.load(home, environment);
            return new TestServer(Patchbay.start(PatchbayConfig.from(home, source), LogConfig.from(source)));
        } catch (Exception e) {
            throw new IllegalStateException("the server did not start", e);
        }
    }

    static TestServer start(Path home) {
        return start(home, Map.of());
    }

    /** Returns the folder with the plugin jars this build made. */
    static Path plugins() {
        return Path.of(System.getProperty("patchbay.test.plugins", "target/bundled-plugins"));
    }

    Patchbay patchbay() {
        return patchbay;
    }

    URI uri() {
        return patchbay.uri();
    }

    Client client() {
        return client;
    }

    @Override
    public void close() {
        patchbay.close();
    }

    /** Speaks to a server, in this process or another. */
    public static final class Client {
        private final HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        private final URI base;
        private String session = "";

        public Client(URI base) {
            this.base = base;
        }

        /** Signs root in, makes prices and a channel, and returns root's API key. */
        public String prepare(String upstream, String... models) {
            signIn();
            price(models);
            channel("openai", upstream, models);
            return apiKey();
        }

        public void signIn() {
            JsonNode answer = post("/api/login", Map.of("username", "root", "password", PASSWORD));
            session = answer.path("token").asText();
            if (session.isEmpty()) {
                throw new AssertionError("could not sign in: " + answer);
            }
            long id = get("/api/admin/user/list?page=0")
                    .path("data")
                    .path(0)
                    .path("id")
                    .asLong();
            post("/api/admin/user/quota", Map.of("id", id, "quota", 1_000_000, "override", true));
        }

        public void price(String... models) {
            JsonNode answer = post(
                    "/api/admin/charge/set",
                    Map.of(
                            "id",
                            -1,
                            "type",
                            "token-billing",
                            "models",
                            List.of(models),
                            "input",
                            1,
                            "output",
                            2,
                            "anonymous",
                            false));
            expectOk(answer);
        }

        public void channel(String type, String endpoint, String... models) {
            ObjectNode form = Json.mapper().createObjectNode();
            form.put("name", "test")
                    .put("type", type)
                    .put("endpoint", endpoint)
                    .put("secret", "sk-upstream-secret-1234");
            form.put("retry", 1)
                    .put("state", true)
                    .put("weight", 1)
                    .put("priority", 0)
                    .put("mapper", "");
            List.of(models).forEach(form.withArray("models")::add);
            expectOk(send("POST", "/api/admin/channel/create", form.toString(), session)
                    .json());
        }

        /** Lets all channels forget what made them rest, so that one test's faults are not the next one's. */
        void mend() {
            get("/api/admin/routing/health")
                    .path("channels")
                    .forEach(channel -> send(
                            "POST",
                            "/api/admin/routing/health/" + channel.path("id").asLong() + "/revive",
                            null,
                            session()));
        }

        String apiKey() {
            return get("/api/apikey").path("key").asText();
        }

        public String session() {
            return session;
        }

        private static void expectOk(JsonNode answer) {
            if (!answer.path("status").asBoolean()) {
                throw new AssertionError("refused: " + answer);
            }
        }

        public JsonNode get(String path) {
            return send("GET", path, null, session).json();
        }

        public JsonNode post(String path, Object body) {
            return send("POST", path, Json.write(body), session).json();
        }

        /** An answer as it came. */
        public record Reply(int status, Map<String, List<String>> headers, String body) {
            public JsonNode json() {
                try {
                    return Json.mapper().readTree(body);
                } catch (IOException e) {
                    throw new AssertionError("status " + status + ", expected JSON but found: " + body, e);
                }
            }

            public String header(String name) {
                return headers.entrySet().stream()
                        .filter(entry -> entry.getKey().equalsIgnoreCase(name))
                        .map(entry -> entry.getValue().getFirst())
                        .findFirst()
                        .orElse("");
            }
        }

        public Reply send(
                String method, String path, @org.jspecify.annotations.Nullable String body, String authorization) {
            HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path))
                    .method(
                            method,
                            body == null
                                    ? HttpRequest.BodyPublishers.noBody()
                                    : HttpRequest.BodyPublishers.ofString(body))
                    .header("Content-Type", "application/json");
            if (!authorization.isEmpty()) {
                request.header(
                        "Authorization", authorization.startsWith("sk-") ? "Bearer " + authorization : authorization);
            }
            return exchange(request.build());
        }

        /** Uploads a plugin. */
        Reply upload(Path jar) {
            try {
                return upload(jar.getFileName().toString(), Files.readAllBytes(jar));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        public Reply upload(String name, byte[] content) {
            String boundary = "patchbay-test-boundary";
            byte[] head = ("--" + boundary + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + name
                            + "\"\r\nContent-Type: application/java-archive\r\n\r\n")
                    .getBytes(StandardCharsets.UTF_8);
            byte[] tail = ("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8);
            return exchange(HttpRequest.newBuilder(base.resolve("/api/admin/plugins"))
                    .header("Authorization", session)
                    .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                    .POST(HttpRequest.BodyPublishers.ofByteArrays(List.of(head, content, tail)))
                    .build());
        }

        private Reply exchange(HttpRequest request) {
            try {
                HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
                return new Reply(response.statusCode(), response.headers().map(), response.body());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }
}
