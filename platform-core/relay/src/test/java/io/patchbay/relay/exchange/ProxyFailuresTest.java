package io.patchbay.relay.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.relay.exchange.ProxyBench.Kind;
import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.Flow;
import io.patchbay.spi.Next;
import io.patchbay.spi.Secret;
import io.patchbay.spi.http.Body;
import io.patchbay.spi.http.HttpRequest;
import io.patchbay.testkit.upstream.Script;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Proxies that let no call through, and what is told of them: never where they are nor by whom they are used. */
final class ProxyFailuresTest {
    private static final String USER = ProxyBench.USER;
    private static final String WORD = ProxyBench.WORD;
    private static final String CREDENTIALS =
            "CONFIG/proxy: A proxy on the way to the upstream wants a user name and a "
                    + "password, or others than it is told. Correct the proxy of the channel.";
    private static final String UNREACHABLE = "RETRY/network: the proxy of the channel could not be reached ";

    private static SelfSigned certificate;

    private ProxyBench bench;

    @BeforeAll
    static void certify(@TempDir Path folder) throws Exception {
        certificate = SelfSigned.in(folder);
    }

    @BeforeEach
    void start() throws Exception {
        bench = new ProxyBench(certificate);
    }

    @AfterEach
    void stop() throws IOException {
        bench.close();
    }

    @ParameterizedTest
    @EnumSource
    void wrongCredentialsAreTheOperatorsMatterAndNeverTheKeys(Kind kind) throws Exception {
        try (TinyProxy proxy = kind.start(certificate)) {
            proxy.want(USER, "another word, not this one");
            for (ProxySetting setting : List.of(kind.at(proxy.port(), USER, WORD), kind.at(proxy.port()))) {
                bench.through(setting);
                for (Flow<String> flow : bench.everyCall()) {
                    assertThat(bench.end(flow)).isEqualTo(CREDENTIALS);
                }
            }
            assertThat(bench.upstream().received()).isEmpty();
        }
    }

    @Test
    void a407IsNoWordOnTheKeyEvenWithoutAProxy() {
        bench.upstream().on("GET", "/wrong", Script.answer(407).json("{}"));
        HttpRequest get =
                HttpRequest.get("http://" + bench.server(false) + "/wrong").build();
        HttpRequest handshake =
                HttpRequest.get("ws://" + bench.server(false) + "/wrong").build();

        assertThat(bench.end(turn -> Next.ask(get, answer -> Next.fail(answer.fault()))))
                .isEqualTo(CREDENTIALS);
        assertThat(bench.end(turn -> Next.dial(handshake, new SocketBench.Telling(turn))))
                .isEqualTo(CREDENTIALS);
    }

    @ParameterizedTest
    @EnumSource
    void aProxyThatIsDownIsNamedAsTheHopAndMayBeTriedAgain(Kind kind) throws Exception {
        int port;
        try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = gone.getLocalPort();
        }
        bench.through(kind.at(port, USER, WORD));
        for (Flow<String> flow : bench.everyCall()) {
            assertThat(bench.end(flow)).isEqualTo(UNREACHABLE + "(ConnectException)");
        }
        bench.through(new ProxySetting(kind.type, "no-such-host.invalid:1", USER, Secret.of(WORD)));
        assertThat(bench.end(bench.ask(true))).isEqualTo(UNREACHABLE + "(UnknownHostException)");
    }

    @Test
    void aProxyWhoseCertificateNobodyKnowsIsToldNothing() throws Exception {
        try (TinyProxy proxy = TinyProxy.start(certificate);
                SocketBench strict = new SocketBench()) {
            strict.egress = Egress.through(Kind.HTTPS.at(proxy.port(), USER, WORD));
            for (Flow<String> flow : bench.everyCall()) {
                assertThat(strict.run(flow).end()).isEqualTo(UNREACHABLE + "(SSLHandshakeException)");
            }
            assertThat(proxy.tunnels()).isEmpty();
        }
    }

    @Test
    void anUpstreamWhoseCertificateNobodyKnowsIsToldNothingThroughATunnelEither() throws Exception {
        try (TinyProxy proxy = TinyProxy.start();
                SocketBench strict = new SocketBench()) {
            for (Kind kind : List.of(Kind.HTTP, Kind.SOCKS5)) {
                strict.egress = Egress.through(kind.at(proxy.port()));
                for (Flow<String> flow : List.of(bench.ask(true), bench.dial(true))) {
                    assertThat(strict.run(flow).end())
                            .startsWith("RETRY/network: the upstream could not be reached")
                            .endsWith("(SSLHandshakeException)");
                }
            }
            assertThat(bench.upstream().received()).isEmpty();
        }
    }

    @Test
    void aCertificateOfAnotherNameIsNotTakenHoweverTheUpstreamIsReached() throws Exception {
        // The certificate is trusted, but it is that of 127.0.0.1.
        String server = bench.server(true).replace("127.0.0.1", "localhost");
        HttpRequest request = HttpRequest.get("https://" + server + "/ask").build();
        try (TinyProxy proxy = TinyProxy.start()) {
            for (ProxySetting setting :
                    List.of(ProxySetting.NONE, Kind.HTTP.at(proxy.port()), Kind.SOCKS5.at(proxy.port()))) {
                bench.through(setting);
                assertThat(bench.end(turn -> Next.ask(request, answer -> Next.done())))
                        .startsWith("RETRY/network: the upstream could not be reached")
                        .endsWith("(SSLHandshakeException)");
            }
        }
        try (TinyProxy secure = TinyProxy.start(certificate)) {
            bench.through(new ProxySetting(2, "https://localhost:" + secure.port(), USER, Secret.of(WORD)));
            assertThat(bench.end(bench.ask(false))).isEqualTo(UNREACHABLE + "(SSLHandshakeException)");
            assertThat(secure.tunnels()).isEmpty();
        }
        assertThat(bench.upstream().received()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"502 Bad Gateway, 4", "504 Gateway Timeout, 1", "503 Service Unavailable, 5"})
    void anUpstreamTheProxyCannotReachMayBeTriedAgain(String status, int code) throws Exception {
        try (TinyProxy proxy = TinyProxy.start()) {
            proxy.refuse(status, code);
            for (Kind kind : List.of(Kind.HTTP, Kind.SOCKS5)) {
                bench.through(kind.at(proxy.port(), USER, WORD));
                for (Flow<String> flow : List.of(bench.ask(true), bench.dial(true), bench.dial(false))) {
                    assertThat(bench.end(flow))
                            .startsWith("RETRY/network: the proxy of the channel could not reach the upstream (")
                            .doesNotContain("127.0.0.1");
                }
            }
        }
    }

    @Test
    void anUpstreamTheProxyDoesNotAllowIsTheOperatorsMatter() throws Exception {
        try (TinyProxy proxy = TinyProxy.start()) {
            proxy.refuse("403 Forbidden", 2);
            for (Kind kind : List.of(Kind.HTTP, Kind.SOCKS5)) {
                bench.through(kind.at(proxy.port()));
                assertThat(bench.end(bench.ask(true)))
                        .startsWith("CONFIG/proxy: The proxy of the channel does not connect to this upstream");
            }
        }
    }

    @Test
    void paidWorkThatNeverLeftTheProxyIsNoUnknownOutcome() throws Exception {
        HttpRequest paid = HttpRequest.post("https://" + bench.server(true) + "/ask")
                .body(Body.text("text/plain", "x"))
                .creating()
                .build();
        Flow<String> create = turn -> Next.ask(paid, answer -> Next.done());
        try (TinyProxy proxy = TinyProxy.start()) {
            for (Kind kind : List.of(Kind.HTTP, Kind.SOCKS5)) {
                bench.through(kind.at(proxy.port(), USER, WORD));
                proxy.want("", "");
                proxy.refuse("502 Bad Gateway", 1);
                assertThat(bench.end(create)).startsWith("RETRY");
                proxy.want(USER, "another word, not this one");
                assertThat(bench.end(create)).isEqualTo(CREDENTIALS);
            }
        }
    }

    @Test
    void settingsNobodyUnderstandsFailInWordsThatRepeatNothing() {
        for (String written : List.of(
                "http://" + USER + ":" + WORD + "@",
                "http://" + USER + ":" + WORD + "@ho st:1",
                "ht!tp://" + USER + ":" + WORD + "@host:1",
                "http://" + USER + ":" + WORD,
                "http://host:99999",
                "socks5://" + USER + ":" + WORD + "@host:1",
                USER + " " + WORD,
                "%",
                "://@")) {
            for (int type : new int[] {1, 2}) {
                bench.through(new ProxySetting(type, written, "", Secret.of("")));
                for (Flow<String> flow : bench.everyCall()) {
                    assertThat(bench.end(flow))
                            .as(written)
                            .startsWith("CONFIG: the request could not be made: the proxy")
                            .doesNotContain("pass:")
                            .doesNotContain("word@")
                            .doesNotContain("operator");
                }
            }
        }
        assertThat(bench.upstream().received()).isEmpty();
    }

    @Test
    void whatAProxySaysOfItselfIsHidden() throws Exception {
        HttpRequest request = HttpRequest.get(
                        "http://localhost:" + bench.upstream().port() + "/")
                .build();
        try (TinyProxy proxy = TinyProxy.start()) {
            proxy.refuse("503 Service Unavailable\r\nX-Squid: 127.0.0.1", 1);
            bench.through(new ProxySetting(1, "127.0.0.1:" + proxy.port(), USER, Secret.of(WORD)));
            assertThat(bench.end(turn -> Next.ask(
                            request,
                            answer -> Next.fail(Fault.of(
                                    FaultKind.UPSTREAM,
                                    "squid at " + answer.header("x-squid") + " for " + USER + "/" + WORD)))))
                    .isEqualTo("UPSTREAM: squid at proxy for ***/***");
        }
    }
}
