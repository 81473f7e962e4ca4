package io.patchbay.testkit.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sockets of the scripted upstream, spoken to by the JDK's own client. */
final class SocketScriptTest {
    private ScriptedUpstream upstream;
    private HttpClient http;

    @BeforeEach
    void start() {
        upstream = ScriptedUpstream.start();
        http = HttpClient.newHttpClient();
    }

    @AfterEach
    void stop() {
        http.shutdownNow();
        upstream.close();
    }

    /** Puts everything that happens into a queue, as text. */
    private static final class Client implements WebSocket.Listener {
        private final LinkedBlockingQueue<String> seen = new LinkedBlockingQueue<>();
        private final StringBuilder text = new StringBuilder();
        private final ByteArrayOutputStream binary = new ByteArrayOutputStream();

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                seen.add(text.toString());
                text.setLength(0);
            }
            socket.request(1);
            return CompletableFuture.completedStage(null);
        }

        @Override
        public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
            byte[] bytes = new byte[data.remaining()];
            data.get(bytes);
            binary.writeBytes(bytes);
            if (last) {
                seen.add("binary " + binary.toString(StandardCharsets.ISO_8859_1));
                binary.reset();
            }
            socket.request(1);
            return CompletableFuture.completedStage(null);
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            seen.add("closed " + code + " " + reason);
            return CompletableFuture.completedStage(null);
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            seen.add("lost");
        }

        String next() throws InterruptedException {
            return String.valueOf(seen.poll(10, TimeUnit.SECONDS));
        }
    }

    private WebSocket dial(String path, Client client) {
        return http.newWebSocketBuilder()
                .buildAsync(URI.create(upstream.socketEndpoint() + path), client)
                .join();
    }

    @Test
    void answersOneQuestionByAFunctionAndCloses() throws Exception {
        upstream.on("GET", "/chat", Script.socket(question -> List.of("you said", question + " 你好")));
        Client client = new Client();
        dial("/chat?key=7", client).sendText("hello", true);

        assertThat(List.of(client.next(), client.next(), client.next()))
                .containsExactly("you said", "hello 你好", "closed 1000 ");
        assertThat(upstream.awaitHeard(1)).extracting(HeardMessage::text).containsExactly("hello");
        assertThat(upstream.heard().getFirst().handshake().query()).isEqualTo("key=7");
        assertThat(upstream.awaitClosings(1)).extracting(SocketClosing::code).containsExactly(1000);
        upstream.awaitIdle();
        assertThat(upstream.cancelled()).isEmpty();
    }

    @Test
    void followsItsStepsWithFramesOfEveryKindAndSize() throws Exception {
        String large = "x".repeat(70_000);
        upstream.on(
                "GET",
                "/",
                Script.socket()
                        .header("x-trace", "t-1")
                        .ping()
                        .hear()
                        .say("cut in three", 3)
                        .sayBinary(new byte[] {'a', 'b'})
                        .hear()
                        .say(large)
                        .close(4001, "enough"));
        Client client = new Client();
        WebSocket socket = dial("/", client);
        socket.sendText("one, ", false).join();
        socket.sendText("in two frames", true).join();

        assertThat(client.next()).isEqualTo("cut in three");
        assertThat(client.next()).isEqualTo("binary ab");
        socket.sendBinary(ByteBuffer.wrap(new byte[] {1, 2, 3}), true).join();
        assertThat(client.next()).isEqualTo(large);
        assertThat(client.next()).isEqualTo("closed 4001 enough");
        assertThat(upstream.heard())
                .extracting(HeardMessage::message)
                .containsExactly(SocketMessage.text("one, in two frames"), SocketMessage.binary(new byte[] {1, 2, 3}));
        upstream.awaitIdle();
        assertThat(upstream.cancelled()).isEmpty();
    }

    @Test
    void pingsOfTheClientAreAnswered() throws Exception {
        CountDownLatch pong = new CountDownLatch(1);
        upstream.on("GET", "/", Script.socket().stall());
        WebSocket socket = http.newWebSocketBuilder()
                .buildAsync(URI.create(upstream.socketEndpoint()), new WebSocket.Listener() {
                    @Override
                    public CompletionStage<?> onPong(WebSocket from, ByteBuffer message) {
                        pong.countDown();
                        return CompletableFuture.completedStage(null);
                    }
                })
                .join();
        socket.sendPing(ByteBuffer.wrap(new byte[] {7})).join();

        assertThat(pong.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void breaksAndHangsUpInTheMiddle() throws Exception {
        upstream.on("GET", "/cut", Script.socket().say("a").hear().cut());
        upstream.on("GET", "/hang", Script.socket().say("a").hear().hangUp());
        for (String path : List.of("/cut", "/hang")) {
            Client client = new Client();
            WebSocket socket = dial(path, client);
            assertThat(client.next()).isEqualTo("a");
            socket.sendText("go on", true);
            assertThat(client.next()).isIn("lost", "closed 1006 ");
        }
    }

    @Test
    void clientsThatLeaveEarlyAreSeen() throws Exception {
        upstream.on("GET", "/", Script.socket().say("a").stall());
        Client orderly = new Client();
        Client rude = new Client();
        WebSocket one = dial("/", orderly);
        assertThat(orderly.next()).isEqualTo("a");
        one.sendClose(1001, "bye");
        upstream.awaitCancelled(1);
        WebSocket two = dial("/", rude);
        assertThat(rude.next()).isEqualTo("a");
        two.abort();

        upstream.awaitCancelled(2);
        assertThat(upstream.awaitClosings(2)).extracting(SocketClosing::code).containsExactly(1001, 1006);
    }

    @Test
    void upgradesAreRefusedByOrdinaryScriptsAndOrdinaryRequestsBySockets() throws Exception {
        upstream.on("GET", "/no", Script.answer(401).json("{\"error\":\"key\"}"));
        upstream.on("GET", "/talk", Script.socket());
        CompletableFuture<WebSocket> refused =
                http.newWebSocketBuilder().buildAsync(URI.create(upstream.socketEndpoint() + "/no"), new Client());

        assertThat(refused.handle((socket, failure) -> status(failure)).join()).isEqualTo(401);
        HttpRequest plain = HttpRequest.newBuilder(URI.create(upstream.endpoint() + "/talk"))
                .build();
        assertThat(http.send(plain, HttpResponse.BodyHandlers.discarding()).statusCode())
                .isEqualTo(426);
    }

    private static int status(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return cause instanceof WebSocketHandshakeException refusal
                ? refusal.getResponse().statusCode()
                : -1;
    }

    @Test
    void onePortServesBothProtocols() throws IOException, InterruptedException {
        upstream.on("GET", "/talk", Script.socket().say("a"));
        upstream.on("GET", "/plain", Script.answer().json("{}"));
        Client client = new Client();
        dial("/talk", client);
        HttpRequest plain = HttpRequest.newBuilder(URI.create(upstream.endpoint() + "/plain"))
                .build();

        assertThat(http.send(plain, HttpResponse.BodyHandlers.ofString()).body())
                .isEqualTo("{}");
        assertThat(client.next()).isEqualTo("a");
    }
}
