package io.patchbay.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.server.TestServer.Client.Reply;
import io.patchbay.testkit.upstream.ReceivedRequest;
import io.patchbay.testkit.upstream.Script;
import io.patchbay.testkit.upstream.ScriptedUpstream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Conversations that clients name, with an upstream that keeps conversations itself: the dify plugin. */
final class ConversationTest {
    private static final String FIRST = "{\"model\":\"dify\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
    private static final String SECOND = FIRST.replace(
            "]}", ",{\"role\":\"assistant\",\"content\":\"Hello\"},{\"role\":\"user\",\"content\":\"And now?\"}]}");

    @TempDir
    private Path home;

    @TempDir
    private Path empty;

    private final HttpClient http = HttpClient.newHttpClient();
    private ScriptedUpstream upstream;
    private TestServer server;
    private String key;

    @BeforeEach
    void start() {
        upstream = ScriptedUpstream.start();
        upstream.otherwise(ConversationTest::answer);
        server = TestServer.start(home, Map.of("PATCHBAY_BUNDLED_PLUGINS", empty.toString()));
        server.client().signIn();
        Reply upload = server.client()
                .upload(Path.of(System.getProperty("patchbay.test.providers", "target/provider-plugins"))
                        .resolve("patchbay-plugin-dify.jar"));
        assertThat(upload.status()).as(upload.body()).isLessThan(300);
        server.client().price("dify");
        server.client().channel("dify", upstream.endpoint(), "dify");
        key = server.client().apiKey();
    }

    @AfterEach
    void stop() {
        http.close();
        server.close();
        upstream.close();
    }

    /** Each new conversation is given the number of its first request. */
    private static Script answer(ReceivedRequest request) {
        String known = request.json().string("conversation_id", "");
        String id = known.isEmpty() ? "v-" + request.number() : known;
        String ids = "\"task_id\":\"t\",\"message_id\":\"m\",\"conversation_id\":\"" + id + "\"";
        return Script.answer()
                .event(null, "{\"event\":\"message\"," + ids + ",\"answer\":\"Hello\"}")
                .event(null, "{\"event\":\"message_end\"," + ids + ",\"metadata\":{}}");
    }

    private int chat(String body, String conversation, String as) {
        HttpRequest request = HttpRequest.newBuilder(server.uri().resolve("/v1/chat/completions"))
                .header("Authorization", "Bearer " + as)
                .header("Patchbay-Conversation", conversation)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private List<String> continued() {
        return upstream.received().stream()
                .map(request -> request.json().string("conversation_id", ""))
                .toList();
    }

    @Test
    void theUpstreamsConversationIsContinuedUnderTheClientsName() {
        assertThat(chat(FIRST, "trip-1", key)).isEqualTo(200);
        assertThat(chat(SECOND, "trip-1", key)).isEqualTo(200);
        assertThat(chat(SECOND, "trip-2", key)).isEqualTo(200);
        assertThat(server.client()
                        .send("POST", "/v1/chat/completions", SECOND, key)
                        .status())
                .isEqualTo(200);
        assertThat(continued()).containsExactly("", "v-1", "", "");
        assertThat(upstream.received().get(1).json().string("query")).isEqualTo("And now?");
    }

    @Test
    void anotherUserWithTheSameNameHasAConversationOfItsOwn() {
        var accounts = server.patchbay().parts().accounts();
        var user = accounts.users().create("other", "other@example.com", "a-fine-password", false);
        server.client().post("/api/admin/user/quota", Map.of("id", user.id(), "quota", 1_000, "override", true));
        assertThat(chat(FIRST, "trip-1", key)).isEqualTo(200);
        assertThat(chat(
                        SECOND,
                        "trip-1",
                        accounts.apiKeys().defaultKey(user.id()).orElseThrow()))
                .isEqualTo(200);
        assertThat(continued()).containsExactly("", "");
    }

    @Test
    void namesThatCouldMeanAnythingAreRefused() {
        assertThat(chat(FIRST, "two words", key)).isEqualTo(400);
        assertThat(chat(FIRST, "x".repeat(101), key)).isEqualTo(400);
        assertThat(chat(FIRST, "a/b", key)).isEqualTo(400);
        assertThat(upstream.received()).isEmpty();
    }
}
