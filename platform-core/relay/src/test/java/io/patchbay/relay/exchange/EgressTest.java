package io.patchbay.relay.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.Flow;
import io.patchbay.spi.Framing;
import io.patchbay.spi.Next;
import io.patchbay.spi.Secret;
import io.patchbay.spi.http.Body;
import io.patchbay.spi.http.HttpRequest;
import io.patchbay.testkit.upstream.ReceivedRequest;
import io.patchbay.testkit.upstream.Script;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The operator's headers on real requests. */
final class EgressTest {
    private static final String KEY = "Bearer the-operators-own-key";

    private SocketBench bench;

    @BeforeEach
    void start() throws Exception {
        bench = new SocketBench();
        bench.upstream.on("GET", "/", Script.answer().json("{}"));
        bench.upstream.on("POST", "/", Script.answer().json("{}"));
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    private void leaveWith(Map<String, String> headers) {
        bench.egress = new Egress(ProxySetting.NONE, headers, bench.upstream.endpoint() + "/v1");
    }

    private static Flow<String> ask(HttpRequest request) {
        return turn -> Next.ask(request, answer -> {
            turn.emit(String.valueOf(answer.status()));
            return Next.done();
        });
    }

    private ReceivedRequest sent(HttpRequest request) {
        assertThat(bench.run(ask(request)).end()).isEqualTo("finished");
        return bench.upstream.received().getLast();
    }

    private HttpRequest.Builder post(String path) {
        return HttpRequest.post(bench.upstream.endpoint() + path).body(Body.text("text/plain", "{}"));
    }

    @Test
    void headersOfTheOperatorJoinAndReplaceThoseOfThePlugin() {
        leaveWith(Map.of(
                "authorization",
                KEY,
                "X-TENANT",
                "blue",
                "content-Type",
                "application/vnd.x+json",
                "User-Agent",
                "x/1"));
        ReceivedRequest sent = sent(post("/a")
                .header("Authorization", Secret.of("Bearer of-the-plugin"))
                .header("x-tenant", "red")
                .header("X-Tenant", "green")
                .header("X-Other", "stays")
                .build());

        assertThat(sent.header("authorization")).isEqualTo(KEY);
        assertThat(sent.header("x-tenant")).isEqualTo("blue");
        assertThat(sent.header("content-type")).isEqualTo("application/vnd.x+json");
        assertThat(sent.header("user-agent")).isEqualTo("x/1");
        assertThat(sent.header("x-other")).isEqualTo("stays");
        assertThat(sent.text()).isEqualTo("{}");
    }

    @Test
    void theyAreAddedAfterSigningSoThatTheSignatureStands() {
        leaveWith(Map.of("X-Digest", "of the operator", "X-Tenant", "blue"));
        List<String> seen = new CopyOnWriteArrayList<>();
        ReceivedRequest sent = sent(post("/signed")
                .header("X-Tenant", "red")
                .signed((asked, sha256, now) -> {
                    asked.headers().forEach(field -> seen.add(field.name() + "=" + field.reveal()));
                    return Map.of("x-digest", sha256, "X-Signature", "signed");
                })
                .build());

        assertThat(seen).containsExactly("X-Tenant=red");
        assertThat(sent.header("x-digest")).isEqualTo("of the operator");
        assertThat(sent.header("x-tenant")).isEqualTo("blue");
        assertThat(sent.header("x-signature")).isEqualTo("signed");
    }

    @Test
    void streamsSocketsAndFarewellsCarryThemToo() {
        leaveWith(Map.of("X-Tenant", "blue", "X-Api-Key", "the-operators-own-key"));
        bench.upstream.on("GET", "/lines", Script.answer().sse("{\"a\":1}"));
        bench.upstream.on("GET", "/chat", Script.socket(question -> List.of("last")));
        bench.upstream.on("GET", "/slow", Script.answer().stall());

        bench.run(turn -> Next.stream(
                HttpRequest.get(bench.upstream.endpoint() + "/lines").build(),
                Framing.SSE,
                (event, data) -> Next.done()));
        assertThat(bench.run(turn -> Next.dial(
                                HttpRequest.get(bench.upstream.socketEndpoint() + "/chat")
                                        .header("x-api-key", Secret.of("of-the-plugin"))
                                        .build(),
                                new SocketBench.Telling(turn)))
                        .end())
                .isEqualTo("finished");
        SocketBench.Running running = bench.begin(
                turn -> {
                    turn.farewell(post("/goodbye").build());
                    return ask(HttpRequest.get(bench.upstream.endpoint() + "/slow")
                                    .build())
                            .begin(turn);
                },
                new SocketBench.Host());
        bench.upstream.awaitReceived(3);
        running.abandon();

        assertThat(bench.upstream.awaitReceived(4))
                .allSatisfy(request -> {
                    assertThat(request.header("x-tenant")).isEqualTo("blue");
                    assertThat(request.header("x-api-key")).isEqualTo("the-operators-own-key");
                })
                .extracting(ReceivedRequest::path)
                .containsExactly("/lines", "/chat", "/slow", "/goodbye");
    }

    @Test
    void anotherServerIsAskedWithoutThemAndTheOperatorCanReadIt() {
        leaveWith(Map.of("Authorization", KEY));
        String foreign = bench.upstream.endpoint().replace("127.0.0.1", "localhost");
        SocketBench.Host host = bench.run(turn -> Next.ask(
                HttpRequest.post(foreign + "/token")
                        .header("Authorization", "Basic of-the-plugin")
                        .build(),
                token -> ask(post("/chat").build()).begin(turn)));

        assertThat(host.events).containsExactly("200");
        assertThat(bench.upstream.received())
                .extracting(request -> request.path() + " " + request.header("authorization"))
                .containsExactly("/token Basic of-the-plugin", "/chat " + KEY);
        assertThat(host.notes).containsExactly("header_override=not sent to a server that is not the endpoint's");
    }

    private static boolean reaches(String endpoint, String address) {
        Egress egress = new Egress(ProxySetting.NONE, Map.of("X-Key", "k"), endpoint);
        return !egress.headersFor(URI.create(address)).isEmpty();
    }

    @Test
    void theServerMustBeTheEndpointsInEveryRespect() {
        assertThat(reaches("https://a.example/v1", "https://a.example/other")).isTrue();
        assertThat(reaches("https://A.example:443", "wss://a.EXAMPLE/chat")).isTrue();
        assertThat(reaches("https://a.example", "http://a.example/")).isFalse();
        assertThat(reaches("https://a.example", "https://a.example:8443/")).isFalse();
        assertThat(reaches("https://a.example", "https://b.a.example/")).isFalse();
        assertThat(reaches("https://a.example", "https://a.example@b.example/")).isFalse();
        assertThat(reaches("2023-12-01-preview", "https://a.example/")).isFalse();
        assertThat(reaches("", "https://a.example/")).isFalse();
    }

    @Test
    void valuesNeverReachAFaultOrANote() {
        leaveWith(Map.of(
                "Authorization", KEY,
                "Cookie", "session=abcdefgh12345678; theme=dark",
                "X-Tenant", "blue-tenant-7",
                "X-Short", "red"));
        bench.upstream.on(
                "GET",
                "/leak",
                request -> Script.answer(400)
                        .json("{\"error\":{\"message\":\"refused " + request.header("authorization") + "\"}}"));
        SocketBench.Host host = bench.run(turn ->
                Next.ask(HttpRequest.get(bench.upstream.endpoint() + "/leak").build(), answer -> {
                    turn.note("said", "it was the-operators-own-key of blue-tenant-7, red");
                    return Next.fail(Fault.of(
                            FaultKind.BAD_REQUEST,
                            answer.body().utf8() + ": abcdefgh12345678, blue-tenant-7, session, dark, red"));
                }));

        assertThat(host.notes).containsExactly("said=it was *** of ***, red");
        assertThat(host.end())
                .isEqualTo("BAD_REQUEST: {\"error\":{\"message\":\"refused ***\"}}: ***, ***, session, dark, red");
    }

    @Test
    void connectionsAreSharedWhateverTheHeaders() {
        for (int tenant = 0; tenant < 40; tenant++) {
            leaveWith(Map.of("X-Tenant", "tenant-" + tenant));
            assertThat(sent(post("/a").build()).header("x-tenant")).isEqualTo("tenant-" + tenant);
        }
        bench.egress = Egress.through(new ProxySetting(0, "left over", "", Secret.of("")));
        assertThat(sent(post("/a").build()).header("x-tenant")).isNull();

        // One that is not given back yet may be joined by another.
        assertThat(bench.upstream.connectionsEver()).isLessThan(20);
    }

    @Test
    void printsNoValues() {
        Egress egress = new Egress(
                new ProxySetting(1, "http://proxy.example:3128", "user", Secret.of("password")),
                Map.of("Authorization", KEY),
                "https://a.example");
        assertThat(egress.toString())
                .isEqualTo("Egress[ProxySetting[type=1], headers=[Authorization]]")
                .doesNotContain("proxy.example");
    }
}
