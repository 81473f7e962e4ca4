package io.patchbay.relay.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.relay.address.GuardedResolver;
import io.patchbay.spi.Flow;
import io.patchbay.spi.Framing;
import io.patchbay.spi.Next;
import io.patchbay.spi.Secret;
import io.patchbay.spi.http.Body;
import io.patchbay.spi.http.HttpRequest;
import io.patchbay.testkit.upstream.Script;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers no flow may ask, over real sockets: decided at the address a connection would go to. */
final class ClosedServersTest {
    private static final String CLOSED = "CONFIG/address: The server of the upstream has an address of the link";
    private static final String INSIDE = "CONFIG/address: The server of the upstream has a private address, and "
            + "relay.channel_private is false. Set it to true, or correct the endpoint of the channel.";

    private SocketBench bench;

    private void open(boolean inside, GuardedResolver.Lookup lookup) throws Exception {
        bench = new SocketBench(inside, lookup, SslContextFactory.Client::new);
        bench.upstream.on("GET", "/", Script.answer().json("{}"));
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static GuardedResolver.Lookup names(Map<String, String> known) {
        return host -> {
            String address = known.get(host);
            if (address == null) {
                throw new UnknownHostException(host);
            }
            return new InetAddress[] {address(address)};
        };
    }

    private String ask(String server) {
        HttpRequest request = HttpRequest.get("http://" + server + ":" + bench.upstream.port() + "/x")
                .build();
        return bench.run(turn -> Next.ask(request, answer -> Next.done())).end();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "169.254.169.254",
                "100.100.100.200",
                "[fe80::1]",
                "[fd00:ec2::254]",
                "[::ffff:169.254.169.254]",
                "metadata.google.internal",
                "METADATA.google.internal.",
                "metadata"
            })
    void whatTheTextTellsIsRefusedBeforeAnythingIsLookedUp(String server) throws Exception {
        AtomicInteger lookups = new AtomicInteger();
        open(true, host -> {
            lookups.incrementAndGet();
            return new InetAddress[] {address("127.0.0.1")};
        });
        assertThat(ask(server)).startsWith(CLOSED);
        assertThat(lookups).hasValue(0);
        assertThat(bench.upstream.connectionsEver()).isZero();
    }

    @Test
    void everyKindOfRequestIsRefusedAtTheAddressItsNameLeadsTo() throws Exception {
        open(true, names(Map.of("inner.example", "169.254.169.254")));
        String server = "inner.example:" + bench.upstream.port();
        HttpRequest get = HttpRequest.get("http://" + server + "/x").build();
        HttpRequest paid = HttpRequest.post("https://" + server + "/x")
                .body(Body.text("text/plain", "x"))
                .creating()
                .build();
        HttpRequest dialled = HttpRequest.get("ws://" + server + "/x").build();
        Flow<String> stream = turn -> Next.stream(get, Framing.SSE, (event, data) -> Next.more());
        Flow<String> pass = turn -> Next.pass(get, answer -> Next.done());
        Flow<String> ask = turn -> Next.ask(get, answer -> Next.done());
        Flow<String> create = turn -> Next.ask(paid, answer -> Next.done());
        Flow<String> dial = turn -> Next.dial(dialled, new SocketBench.Telling(turn));

        for (Flow<String> flow : List.of(stream, pass, ask, create, dial)) {
            assertThat(bench.run(flow).end()).startsWith(CLOSED).doesNotContain("inner.example");
        }
    }

    @Test
    void aNameThatLeadsElsewhereTheNextTimeGainsNothing() throws Exception {
        AtomicInteger lookups = new AtomicInteger();
        open(true, host ->
                new InetAddress[] {address(lookups.incrementAndGet() == 1 ? "127.0.0.1" : "169.254.169.254")});
        bench.upstream.on("GET", "/x", Script.answer().json("{}").closing());

        assertThat(ask("changing.example")).isEqualTo("finished");
        assertThat(ask("changing.example")).startsWith(CLOSED);
    }

    @Test
    void privateServersAreAskedUnlessTheSiteForbidsIt() throws Exception {
        open(true, InetAddress::getAllByName);
        assertThat(ask("127.0.0.1")).isEqualTo("finished");
        assertThat(ask("localhost")).isEqualTo("finished");
    }

    @Test
    void aSiteThatForbidsPrivateServersAsksNone() throws Exception {
        open(
                false,
                host -> host.equals("public.example")
                        ? new InetAddress[] {address("203.0.113.1"), address("10.0.0.1")}
                        : InetAddress.getAllByName(host));
        for (String server :
                new String[] {"127.0.0.1", "localhost", "[::1]", "[::ffff:10.0.0.1]", "0.0.0.0", "public.example"}) {
            assertThat(ask(server)).as(server).isEqualTo(INSIDE);
        }
        assertThat(ask("169.254.169.254")).startsWith(CLOSED);
        assertThat(bench.upstream.connectionsEver()).isZero();
    }

    @Test
    void namesThatLeadNowhereMayBeTriedAgain() throws Exception {
        open(true, names(Map.of()));
        assertThat(ask("unknown.example"))
                .isEqualTo(
                        "RETRY/network: the upstream could not be reached or cut its answer off (UnknownHostException)");
    }

    @Test
    void behindAProxyOnlyTheTextIsLookedAtAndTheProxyMayBePrivate() throws Exception {
        open(false, InetAddress::getAllByName);
        try (TinyProxy proxy = TinyProxy.start()) {
            bench.egress = Egress.through(new ProxySetting(3, "127.0.0.1:" + proxy.port(), "", Secret.of("")));
            // This name is looked up by the proxy.
            assertThat(ask("localhost")).isEqualTo("finished");
            for (String server : new String[] {"127.0.0.1", "[::1]"}) {
                assertThat(ask(server)).as(server).isEqualTo(INSIDE);
            }
            for (String server : new String[] {"169.254.169.254", "metadata", "[::ffff:100.100.100.200]"}) {
                assertThat(ask(server)).as(server).startsWith(CLOSED);
            }
            assertThat(proxy.tunnels()).containsExactly("socks localhost:" + bench.upstream.port());
        }
    }

    @Test
    void aProxyAtAClosedAddressIsNotUsed() throws Exception {
        open(true, names(Map.of("proxy.example", "169.254.169.254", "upstream.example", "127.0.0.1")));
        bench.egress = Egress.through(new ProxySetting(1, "http://proxy.example:3128", "", Secret.of("")));
        assertThat(ask("upstream.example")).startsWith(CLOSED);
    }

    @Test
    void aLookupThatHangsIsGivenUpLikeAConnection() throws Exception {
        Object never = new Object();
        open(true, host -> {
            synchronized (never) {
                try {
                    never.wait();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            throw new UnknownHostException(host);
        });
        // The bench connects for 5 s at most and waits 10 s for answers.
        assertThat(ask("hanging.example"))
                .isEqualTo(
                        "RETRY/network: the upstream could not be reached or cut its answer off (SocketTimeoutException)");
    }
}
