package io.patchbay.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.relay.overload.Entrance;
import io.patchbay.testkit.upstream.OpenAiScripts;
import io.patchbay.testkit.upstream.Script;
import io.patchbay.testkit.upstream.ScriptedUpstream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever becomes of a call, its place and the memory of its body are free afterwards. */
final class PlacesTest {
    private static final String CHATS = "/v1/chat/completions";

    @TempDir
    private Path home;

    private ScriptedUpstream upstream;
    private TestServer server;
    private String key;

    @BeforeEach
    void start() {
        upstream = ScriptedUpstream.start();
        server = TestServer.start(home, Map.of("RELAY_MAX_CALLS", "3", "RELAY_MAX_BODY_MEMORY", "100000"));
        key = server.client().prepare(upstream.endpoint(), "m");
    }

    @AfterEach
    void stop() {
        server.close();
        upstream.close();
    }

    private Entrance entrance() {
        return server.patchbay().parts().relay().entrance();
    }

    private void awaitFree() {
        Awaitility.await().untilAsserted(() -> {
            assertThat(entrance().inside()).isZero();
            assertThat(entrance().bodyBytes()).isZero();
        });
    }

    private TestServer.Client.Reply ask(String body) {
        return server.client().send("POST", CHATS, body, key);
    }

    private static String chat(boolean stream, String prompt) {
        return "{\"model\":\"m\",\"stream\":" + stream + ",\"messages\":[{\"role\":\"user\",\"content\":\"" + prompt
                + "\"}]}";
    }

    @Test
    void answersAndRefusalsLeave() {
        upstream.on("POST", CHATS, OpenAiScripts.text("m", "yes"));
        for (String body : List.of(
                chat(false, "a"),
                chat(true, "a"),
                "no json",
                "{\"model\":\"unknown\",\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}",
                chat(false, "x".repeat(40_000)))) {
            ask(body);
            awaitFree();
        }
        upstream.on("POST", CHATS, Script.answer(500));
        ask(chat(false, "a"));
        awaitFree();
        assertThat(ask(chat(false, "x".repeat(60_000))).status()).isEqualTo(413);
    }

    @Test
    void aClientThatLeavesLeaves() throws Exception {
        upstream.on("POST", CHATS, OpenAiScripts.words("m", 100_000).paced(java.time.Duration.ofMillis(5)));
        byte[] body = chat(true, "a").getBytes(StandardCharsets.UTF_8);
        try (Socket client = new Socket("127.0.0.1", server.uri().getPort())) {
            OutputStream out = client.getOutputStream();
            out.write(("POST " + CHATS + " HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer " + key + "\r\nContent-Length: "
                            + body.length + "\r\n\r\n")
                    .getBytes(StandardCharsets.UTF_8));
            out.write(body);
            assertThat(client.getInputStream().read()).isEqualTo('H');
            assertThat(entrance().inside()).isEqualTo(1);
            assertThat(entrance().bodyBytes()).isEqualTo(body.length);
        }
        awaitFree();
    }
}
