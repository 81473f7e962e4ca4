package io.patchbay.server.crash;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.foundation.json.Json;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;

/** The user root over HTTP. The session outlives the server, so that signing in once is enough. */
final class Administrator {
    private static final int DECIMALS = 6;

    private final HttpClient http;
    private final URI server;
    private final String session;

    private Administrator(HttpClient http, URI server, String session) {
        this.http = http;
        this.server = server;
        this.session = session;
    }

    /** Signs in. */
    static Administrator signIn(HttpClient http, URI server) throws IOException, InterruptedException {
        Administrator nobody = new Administrator(http, server, "");
        String token = nobody.post("/api/login", Map.of("username", "root", "password", Site.PASSWORD))
                .path("token")
                .asText();
        return new Administrator(http, server, token);
    }

    /** Returns the same administrator at another server. */
    Administrator at(HttpClient client, URI other) {
        return new Administrator(client, other, session);
    }

    /** Sets the prices and makes a channel for each model. */
    void furnish(String upstream) throws IOException, InterruptedException {
        for (Tariff tariff : Tariff.values()) {
            expectOk(post("/api/admin/charge/set", tariff.rule()));
            expectOk(post(
                    "/api/admin/channel/create",
                    Map.of(
                            "name",
                            tariff.model(),
                            "type",
                            "openai",
                            "endpoint",
                            upstream,
                            "secret",
                            "sk-upstream",
                            "models",
                            List.of(tariff.model()),
                            "retry",
                            3,
                            "state",
                            true,
                            "weight",
                            1,
                            "priority",
                            0,
                            "mapper",
                            "")));
        }
    }

    /** Adds so many micro-credits; returns whether the server said that it has. */
    boolean give(long user, long micro) throws IOException, InterruptedException {
        Map<String, Object> change =
                Map.of("id", user, "quota", BigDecimal.valueOf(micro, DECIMALS), "override", false);
        return post("/api/admin/user/quota", change).path("status").asBoolean();
    }

    private static void expectOk(JsonNode answer) {
        if (!answer.path("status").asBoolean()) {
            throw new AssertionError("refused: " + answer);
        }
    }

    private JsonNode post(String path, Object body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(server.resolve(path))
                .header("Authorization", session)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(Json.write(body)))
                .build();
        return Json.mapper()
                .readTree(
                        http.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }
}
