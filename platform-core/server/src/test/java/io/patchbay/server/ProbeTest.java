package io.patchbay.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.testkit.upstream.OpenAiScripts;
import io.patchbay.testkit.upstream.ScriptedUpstream;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A channel that rests comes back although no client asks for anything, when the site probes. */
final class ProbeTest {
    private static final String CHAT = "/v1/chat/completions";

    @TempDir
    private Path home;

    @Test
    void aRestingChannelComesBackByAProbe() {
        try (ScriptedUpstream upstream = ScriptedUpstream.start();
                TestServer server = TestServer.start(home)) {
            upstream.on("POST", CHAT, OpenAiScripts.error(500, "server_error", null, "broken"));
            TestServer.Client client = server.client();
            String key = client.prepare(upstream.endpoint(), "m");
            String body = "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
            for (int i = 0; i < 3; i++) {
                client.send("POST", CHAT, body, key);
            }
            assertThat(state(client).path("phase").asText()).isEqualTo("resting");

            upstream.on("POST", CHAT, OpenAiScripts.text("m", "OK").usage(3, 1));
            upstream.forget();
            client.send("PUT", "/api/admin/routing", "{\"probeSeconds\":1}", client.session());

            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> state(client).path("phase").asText().equals("good"));
            assertThat(upstream.awaitReceived(1)).hasSize(1);
            assertThat(client.get("/api/quota").path("quota").decimalValue()).isPositive();
        }
    }

    private static JsonNode state(TestServer.Client client) {
        return client.get("/api/admin/routing/health").at("/channels/0/state");
    }
}
