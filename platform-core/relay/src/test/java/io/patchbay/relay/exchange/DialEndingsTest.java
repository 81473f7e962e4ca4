package io.patchbay.relay.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.patchbay.spi.Flow;
import io.patchbay.spi.Next;
import io.patchbay.spi.Secret;
import io.patchbay.spi.http.HttpRequest;
import io.patchbay.testkit.upstream.ReceivedRequest;
import io.patchbay.testkit.upstream.Script;
import io.patchbay.testkit.upstream.SocketClosing;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How dialled sockets end, and the ways that lead to them. */
final class DialEndingsTest {
    private SocketBench bench;

    @BeforeEach
    void start() throws Exception {
        bench = new SocketBench();
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    private Flow<String> dial(String path) {
        HttpRequest handshake =
                HttpRequest.get(bench.upstream.socketEndpoint() + path).build();
        return turn -> Next.dial(handshake, new SocketBench.Telling(turn));
    }

    private void on(String path, Script script) {
        bench.upstream.on("GET", path, script);
    }

    @Test
    void closeCodesAndReasonsReachTheReader() {
        on("/normal", Script.socket().hear().say("a"));
        on("/own", Script.socket().hear().say("a").close(4001, "genug"));
        on("/error", Script.socket().hear().close(1011, ""));
        on("/none", Script.socket().hear().close(1005, ""));
        on("/at-once", Script.socket().close(1008, "no"));

        assertThat(bench.run(dial("/normal")).events).containsExactly("a", "closed 1000 ");
        assertThat(bench.run(dial("/own")).events).containsExactly("a", "closed 4001 genug");
        assertThat(bench.run(dial("/error")).events).containsExactly("closed 1011 ");
        assertThat(bench.run(dial("/none")).events).containsExactly("closed 1005 ");
        SocketBench.Host last = bench.run(dial("/at-once"));
        assertThat(last.events).containsExactly("closed 1008 no");
        assertThat(last.end()).startsWith("TRUNCATED");
        assertThat(bench.upstream.awaitClosings(5))
                .extracting(SocketClosing::code)
                .containsExactly(1000, 4001, 1011, 1005, 1008);
    }

    @Test
    void lostConnectionsAreToldAsSuch() {
        on("/cut", Script.socket().hear().say("a").cut());
        on("/hang-up", Script.socket().hear().say("a").hangUp());

        assertThat(bench.run(dial("/hang-up")).events).containsExactly("a", "closed 1006 ");
        // A reset may overtake what was said before.
        assertThat(bench.run(dial("/cut")).events).endsWith("closed 1006 ");
    }

    @Test
    void refusedHandshakesReachTheReaderWithTheirBody() {
        on("/key", Script.answer(401).header("x-trace", "t-1").json("{\"message\":\"HMAC signature does not match\"}"));
        on("/clock", Script.answer(403).json("{\"message\":\"a valid date is required\"}"));
        on(
                "/challenge",
                Script.answer(401)
                        .header("www-authenticate", "Basic realm=\"x\"")
                        .text("text/plain", "who?"));
        on("/page", Script.answer(200).text("text/html", "<html>"));
        on("/moved", Script.answer(302).header("location", "/key"));
        on("/long", Script.answer(500).repeat(1_000, new byte[1_000]));
        on("/short", Script.answer(503).chunk("half of it").cut());

        SocketBench.Host key = bench.run(dial("/key"));
        assertThat(key.events).containsExactly("refused 401 t-1 {\"message\":\"HMAC signature does not match\"}");
        assertThat(key.end()).startsWith("KEY_DEAD");
        assertThat(bench.run(dial("/clock")).events)
                .containsExactly("refused 403 null {\"message\":\"a valid date is required\"}");
        assertThat(bench.run(dial("/challenge")).events).containsExactly("refused 401 null who?");
        assertThat(bench.run(dial("/page")).events).containsExactly("refused 200 null <html>");
        assertThat(bench.run(dial("/moved")).events).containsExactly("refused 302 null ");
        assertThat(bench.run(dial("/long")).events).containsExactly("refused 500 null 65536 bytes");
        assertThat(bench.run(dial("/short")).events).allMatch(event -> event.startsWith("refused 503 null "));
        assertThat(bench.upstream.received()).hasSize(7);
    }

    @Test
    void aRefusedKeyWithoutAChallengeReachesOrdinaryFlowsToo() {
        on("/plain", Script.answer(401).json("{\"error\":\"" + "x".repeat(20_000) + "\"}"));
        HttpRequest request =
                HttpRequest.get(bench.upstream.endpoint() + "/plain").build();
        SocketBench.Host host = bench.run(turn -> Next.ask(request, answer -> {
            turn.emit(answer.status() + " " + answer.body().length());
            return Next.fail(answer.fault());
        }));

        assertThat(host.events).containsExactly("401 20012");
        assertThat(host.end()).startsWith("KEY_DEAD");
    }

    @Test
    void upstreamsThatCannotBeReachedMayBeTriedAgain() {
        Flow<String> nobody =
                turn -> Next.dial(HttpRequest.get("ws://127.0.0.1:1/").build(), new SocketBench.Telling(turn));
        on("/cut", Script.answer().cut());

        for (Flow<String> flow : List.of(nobody, dial("/cut"))) {
            SocketBench.Host host = bench.run(flow);
            assertThat(host.end()).startsWith("RETRY/network: the upstream could not be reached");
            assertThat(host.events).isEmpty();
        }
    }

    @Test
    void agreementsThatAreNoneAreTheUpstreamsFault() {
        on(
                "/wrong",
                Script.answer(101)
                        .header("upgrade", "websocket")
                        .header("connection", "Upgrade")
                        .header("sec-websocket-accept", "wrong"));

        assertThat(bench.run(dial("/wrong")).end()).startsWith("UPSTREAM: the upstream's answer opens no WebSocket");
    }

    @Test
    void silentUpstreamsTimeOut() {
        bench.patience = new Timeouts(Duration.ofMillis(300), Duration.ofMillis(300));
        on("/silent", Script.socket().hear().stall());
        on("/stalls", Script.socket().hear().say("a").stall());
        on("/never", Script.answer().stall());

        assertThat(bench.run(dial("/silent")).end()).startsWith("RETRY/timeout: the upstream did not begin");
        assertThat(bench.run(dial("/stalls")).end()).startsWith("RETRY/timeout: the upstream was silent");
        assertThat(bench.run(dial("/never")).end()).startsWith("RETRY/timeout: the upstream did not begin");
        assertThat(bench.upstream.awaitCancelled(3))
                .extracting(left -> left.request().path())
                .containsExactlyInAnyOrder("/silent", "/stalls", "/never");
    }

    @Test
    void anAbandonedFlowLeavesTheSocketAtOnceAndSaysFarewell() {
        on("/slow", Script.socket().hear().say("a").stall());
        bench.upstream.on("POST", "/goodbye", Script.answer().json("{}"));
        SocketBench.Host host = new SocketBench.Host();
        SocketBench.Running running = bench.begin(
                turn -> {
                    turn.farewell(HttpRequest.post(bench.upstream.endpoint() + "/goodbye")
                            .build());
                    return dial("/slow").begin(turn);
                },
                host);
        await().until(() -> host.events.contains("a"));
        running.abandon();

        assertThat(bench.upstream.awaitClosings(1))
                .extracting(SocketClosing::code)
                .containsExactly(1006);
        assertThat(bench.upstream.awaitCancelled(1)).hasSize(1);
        assertThat(bench.upstream.awaitReceived(2))
                .extracting(ReceivedRequest::path)
                .containsExactlyInAnyOrder("/slow", "/goodbye");
        assertThat(host.ended()).isFalse();
        assertThat(host.events).containsExactly("a");
    }

    @Test
    void aFlowIsAbandonedInTheMiddleOfItsHandshakeToo() {
        on("/never", Script.answer().stall());
        SocketBench.Host host = new SocketBench.Host();
        SocketBench.Running running = bench.begin(dial("/never"), host);
        bench.upstream.awaitReceived(1);
        running.abandon();

        bench.upstream.awaitCancelled(1);
        assertThat(host.ended()).isFalse();
        assertThat(host.events).isEmpty();
    }

    @Test
    void socketsAreReachedThroughProxies() throws Exception {
        on("/chat", Script.socket(question -> List.of("last")));
        bench.upstream.on("GET", "/no", Script.answer(401).json("{}"));
        Secret word = Secret.of("word");
        try (TinyProxy proxy = TinyProxy.start()) {
            String at = "127.0.0.1:" + proxy.port();
            String target = "127.0.0.1:" + bench.upstream.port();
            for (ProxySetting setting : List.of(
                    new ProxySetting(1, "http://" + at, "", Secret.of("")),
                    new ProxySetting(1, "http://" + at, "user", word),
                    new ProxySetting(3, at, "", Secret.of("")),
                    new ProxySetting(3, at, "user", word))) {
                bench.egress = Egress.through(setting);
                assertThat(bench.run(dial("/chat")).end()).isEqualTo("finished");
                assertThat(bench.run(dial("/no")).events).containsExactly("refused 401 null {}");
            }

            assertThat(proxy.tunnels().stream().distinct())
                    .containsExactly(
                            "connect " + target,
                            "connect " + target + " by user:word",
                            "socks " + target,
                            "socks " + target + " by user:word");
            assertThat(bench.upstream.received())
                    .allMatch(request -> request.header("proxy-authorization") == null)
                    .extracting(ReceivedRequest::path)
                    .containsOnly("/chat", "/no");
        }
    }

    @Test
    void aProxyThatRefusesIsANetworkFailure() throws Exception {
        try (TinyProxy proxy = TinyProxy.start()) {
            bench.egress = Egress.through(new ProxySetting(1, "http://127.0.0.1:" + proxy.port(), "", Secret.of("")));
            Flow<String> nobody =
                    turn -> Next.dial(HttpRequest.get("ws://127.0.0.1:1/").build(), new SocketBench.Telling(turn));

            assertThat(bench.run(nobody).end()).startsWith("RETRY/network");
        }
    }
}
