package io.patchbay.relay.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.relay.exchange.ProxyBench.Kind;
import io.patchbay.spi.Next;
import io.patchbay.spi.Secret;
import io.patchbay.spi.http.HttpRequest;
import io.patchbay.testkit.upstream.Script;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every kind of call through every kind of proxy, with and without credentials, over real sockets. */
final class ProxiesTest {
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
    void everyCallGoesThroughWithoutCredentials(Kind kind) throws Exception {
        try (TinyProxy proxy = kind.start(certificate)) {
            bench.through(kind.at(proxy.port()));
            bench.everyCallIsAnswered();
            assertThat(proxy.tunnels()).hasSizeGreaterThanOrEqualTo(4).noneMatch(asked -> asked.contains(" by "));
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyCallGoesThroughWithCredentialsThatTheUpstreamNeverSees(Kind kind) throws Exception {
        try (TinyProxy proxy = kind.start(certificate)) {
            proxy.want(ProxyBench.USER, ProxyBench.WORD);
            bench.through(kind.at(proxy.port(), ProxyBench.USER, ProxyBench.WORD));
            bench.everyCallIsAnswered();

            assertThat(proxy.tunnels())
                    .hasSizeGreaterThanOrEqualTo(4)
                    .allMatch(asked -> asked.endsWith(" by " + ProxyBench.USER + ":" + ProxyBench.WORD));
            assertThat(bench.upstream().received())
                    .hasSize(6)
                    .allMatch(request -> request.header("proxy-authorization") == null)
                    .filteredOn(request -> request.path().equals("/ask"))
                    .allMatch(request -> request.query().equals("a=b%20c"))
                    .extracting(request -> request.header("x-key"))
                    .containsExactly("of-the-channel", "of-the-channel");
        }
    }

    @Test
    void credentialsInsideTheAddressAreUnderstood() throws Exception {
        try (TinyProxy proxy = TinyProxy.start()) {
            proxy.want("some one", "p@ss/w:rd");
            for (String written : List.of("http://some%20one:p%40ss%2Fw%3Ard@", "some one:p@ss/w:rd@")) {
                bench.through(new ProxySetting(1, written + "127.0.0.1:" + proxy.port() + "/", "", Secret.of("")));
                bench.everyCallIsAnswered();
            }
        }
    }

    @Test
    void plainRequestsAreSaidToTheProxyAndAllOthersThroughATunnel() throws Exception {
        try (TinyProxy proxy = TinyProxy.start()) {
            bench.through(Kind.HTTP.at(proxy.port()));
            bench.everyCallIsAnswered();
            assertThat(proxy.tunnels())
                    .startsWith(
                            "plain http://" + bench.server(false) + "/ask?a=b%20c",
                            "plain http://" + bench.server(false) + "/stream",
                            "connect " + bench.server(false),
                            "connect " + bench.server(true))
                    .noneMatch(asked -> asked.startsWith("plain http://" + bench.server(true)));
        }
    }

    @Test
    void manyTunnelsAtOnceAllComeAbout() throws Exception {
        try (TinyProxy proxy = TinyProxy.start()) {
            bench.through(Kind.HTTP.at(proxy.port()));
            List<SocketBench.Host> hosts = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                hosts.add(bench.begin(i % 2 == 0 ? bench.ask(true) : bench.dial(false)));
            }
            assertThat(hosts).extracting(SocketBench.Host::end).containsOnly("finished");
        }
    }

    @Test
    void refusalsOfTheUpstreamAreItsOwn() throws Exception {
        bench.upstream().on("GET", "/no", Script.answer(401).json("{\"error\":{\"message\":\"invalid api key\"}}"));
        try (TinyProxy proxy = TinyProxy.start()) {
            for (Kind kind : List.of(Kind.HTTP, Kind.SOCKS5)) {
                bench.through(kind.at(proxy.port()));
                HttpRequest request =
                        HttpRequest.get("http://" + bench.server(false) + "/no").build();
                assertThat(bench.end(turn -> Next.ask(request, answer -> Next.fail(answer.fault()))))
                        .startsWith("KEY_DEAD");
            }
        }
    }
}
