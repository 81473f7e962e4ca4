package io.patchbay.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The WebSocket endpoint, over a real socket. */
final class LiveSocketTest {
    @TempDir
    private Path home;

    private final BlockingQueue<String> frames = new LinkedBlockingQueue<>();

    @Test
    void signsInAnswersPingAndTellsOfPlugins() throws Exception {
        try (TestServer server = TestServer.start(home);
                HttpClient http = HttpClient.newHttpClient()) {
            server.client().signIn();
            WebSocket socket = connect(http, server);
            socket.sendText("{\"token\":\"" + server.client().session() + "\"}", true)
                    .join();
            assertThat(next()).contains("\"hello\"").contains("\"root\"");
            socket.sendText("{\"type\":\"ping\"}", true).join();
            assertThat(next()).contains("\"pong\"");

            server.client()
                    .send(
                            "POST",
                            "/api/admin/plugins/sandbox/disable",
                            "",
                            server.client().session());
            assertThat(next()).contains("\"plugin\"").contains("sandbox");
            socket.sendClose(WebSocket.NORMAL_CLOSURE, "done").join();
        }
    }

    @Test
    void refusesAWrongToken() throws Exception {
        try (TestServer server = TestServer.start(home);
                HttpClient http = HttpClient.newHttpClient()) {
            WebSocket socket = connect(http, server);
            socket.sendText("{\"token\":\"nonsense\"}", true).join();
            assertThat(next()).contains("not signed in");
            assertThat(next()).isEqualTo("closed 1008");
        }
    }

    private String next() throws InterruptedException {
        String frame = frames.poll(20, TimeUnit.SECONDS);
        assertThat(frame).as("a frame within 20 s").isNotNull();
        return frame;
    }

    private WebSocket connect(HttpClient http, TestServer server) {
        URI uri = URI.create(server.uri().toString().replace("http://", "ws://") + "api/live");
        return http.newWebSocketBuilder()
                .connectTimeout(Duration.ofSeconds(10))
                .buildAsync(uri, new WebSocket.Listener() {
                    private final StringBuilder text = new StringBuilder();

                    @Override
                    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
                        text.append(data);
                        if (last) {
                            frames.add(text.toString());
                            text.setLength(0);
                        }
                        socket.request(1);
                        return null;
                    }

                    @Override
                    public CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
                        frames.add("closed " + status);
                        return null;
                    }
                })
                .join();
    }
}
