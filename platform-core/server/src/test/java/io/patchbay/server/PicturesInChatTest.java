package io.patchbay.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.billing.ledger.LedgerAudit;
import io.patchbay.server.TestServer.Client.Reply;
import io.patchbay.spi.json.JsonValue;
import io.patchbay.testkit.upstream.OpenAiScripts;
import io.patchbay.testkit.upstream.ReceivedRequest;
import io.patchbay.testkit.upstream.Script;
import io.patchbay.testkit.upstream.ScriptedUpstream;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pictures by URL for an upstream that wants bytes (Kimi of Moonshot), in a running server. */
final class PicturesInChatTest {
    private static final String CHAT = "/v1/chat/completions";
    private static final String MODEL = "kimi-k3";
    private static final String PNG =
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

    @TempDir
    private Path home;

    private ScriptedUpstream upstream;
    private TestServer server;
    private String key;

    @BeforeEach
    void start() {
        upstream = ScriptedUpstream.start();
        upstream.on("POST", CHAT, OpenAiScripts.vision(MODEL));
        upstream.on(
                "GET",
                "/cat.png",
                Script.answer().body("image/png", Base64.getDecoder().decode(PNG)));
    }

    private void startServer(boolean fetchPrivate) {
        server = TestServer.start(home, Map.of("RELAY_FETCH_PRIVATE", Boolean.toString(fetchPrivate)));
        server.client().signIn();
        Reply upload = server.client()
                .upload(Path.of(System.getProperty("patchbay.test.providers", "target/provider-plugins"))
                        .resolve("patchbay-plugin-openai-compatible.jar"));
        assertThat(upload.status()).as(upload.body()).isLessThan(300);
        server.client().price(MODEL);
        server.client().channel("moonshot", upstream.endpoint(), MODEL);
        key = server.client().apiKey();
    }

    @AfterEach
    void stop() {
        assertThat(new LedgerAudit(server.patchbay().parts().database()).violations())
                .isEmpty();
        server.close();
        upstream.close();
    }

    private Reply chat(boolean stream, String... urls) {
        StringBuilder parts = new StringBuilder("{\"type\":\"text\",\"text\":\"what is it?\"}");
        for (String url : urls) {
            parts.append(",{\"type\":\"image_url\",\"image_url\":{\"url\":\"")
                    .append(url)
                    .append("\",\"detail\":\"low\"}}");
        }
        return server.client()
                .send(
                        "POST",
                        CHAT,
                        "{\"model\":\"" + MODEL + "\",\"stream\":" + stream
                                + ",\"messages\":[{\"role\":\"user\",\"content\":[" + parts + "]}]}",
                        key);
    }

    @Test
    void theUpstreamSeesTheBytes() {
        startServer(true);
        String cat = upstream.endpoint() + "/cat.png";
        Reply plain = chat(false, cat, cat + "?2");
        assertThat(plain.status()).as(plain.body()).isEqualTo(200);
        assertThat(plain.json().at("/choices/0/message/content").asText()).isEqualTo("images: 2");
        Reply streamed = chat(true, cat);
        assertThat(streamed.body()).contains("images: ").endsWith("data: [DONE]\n\n");

        List<ReceivedRequest> chats = upstream.received().stream()
                .filter(request -> request.path().equals(CHAT))
                .toList();
        assertThat(chats).hasSize(2);
        for (ReceivedRequest sent : chats) {
            JsonValue part = sent.json().at("messages", 0, "content", 1, "image_url");
            assertThat(part.string("url")).isEqualTo("data:image/png;base64," + PNG);
            assertThat(part.string("detail")).isEqualTo("low");
        }
    }

    @Test
    void addressesOfThisNetworkAreNotAskedAndTheCallIsFree() {
        startServer(false);
        long before = server.patchbay().parts().ledger().balance(1).owned();
        for (String url : List.of(
                "http://localhost/cat.png", "http://127.0.0.1/cat.png", "http://[::1]/", "http://no-such.invalid/x")) {
            Reply reply = chat(true, url);
            assertThat(reply.status()).as(reply.body()).isEqualTo(400);
            assertThat(reply.json().at("/error/code").asText()).isEqualTo("invalid_image_url");
            assertThat(reply.json().at("/error/message").asText())
                    .isEqualTo("Picture 1 cannot be used: its server cannot be reached from here.");
        }
        assertThat(chat(false, upstream.endpoint() + "/cat.png").body()).contains("only 80 and 443 are taken");
        assertThat(chat(false, "data:image/png;base64,AAAA").body()).contains("no picture of a known kind");
        assertThat(upstream.received()).isEmpty();
        assertThat(server.patchbay().parts().ledger().balance(1).owned()).isEqualTo(before);
    }

    @Test
    void aChatWithoutPicturesAndOneWithBytesNeedNoFetching() {
        startServer(false);
        assertThat(chat(false).json().at("/choices/0/message/content").asText()).isEqualTo("images: 0");
        assertThat(chat(false, "data:image/jpeg;base64," + PNG).status()).isEqualTo(200);
        // What the client called a JPEG is a PNG.
        assertThat(upstream.received().getLast().text()).contains("data:image/png;base64," + PNG);
    }
}
