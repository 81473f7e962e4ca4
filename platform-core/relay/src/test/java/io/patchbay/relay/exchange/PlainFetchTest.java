package io.patchbay.relay.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.relay.address.GuardedResolver;
import io.patchbay.testkit.upstream.ReceivedRequest;
import io.patchbay.testkit.upstream.Script;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One address over real sockets. */
final class PlainFetchTest {
    private static final Duration TIME = Duration.ofSeconds(10);
    private static final int LIMIT = 1024 * 1024;

    private SocketBench bench;

    private PlainFetch open(boolean inside) throws Exception {
        return open(inside, InetAddress::getAllByName);
    }

    private PlainFetch open(boolean inside, GuardedResolver.Lookup lookup) throws Exception {
        bench = new SocketBench(inside, lookup, SslContextFactory.Client::new);
        return new PlainFetch(bench.client);
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    private URI at(String path) {
        return URI.create(bench.upstream.endpoint() + path);
    }

    @Test
    void theWholeBodyComesAndNothingOfTheSiteGoesOut() throws Exception {
        PlainFetch pages = open(true);
        bench.upstream.on("GET", "/prices", Script.answer().json("[1]").splitEvery(1));

        PlainFetch.Page page = pages.get(at("/prices"), LIMIT, TIME);

        assertThat(page.status()).isEqualTo(200);
        assertThat(new String(page.body(), StandardCharsets.UTF_8)).isEqualTo("[1]");
        ReceivedRequest received = bench.upstream.received().getFirst();
        assertThat(received.header("Accept")).isEqualTo("application/json");
        assertThat(received.header("User-Agent")).isEqualTo("Patchbay");
        assertThat(received.header("Authorization")).isNull();
        assertThat(received.header("Cookie")).isNull();
    }

    @Test
    void otherStatusesComeWithoutTheirBodyAndRedirectsAreNotFollowed() throws Exception {
        PlainFetch pages = open(true);
        bench.upstream.on("GET", "/gone", Script.answer(404).json("{\"secret\":1}"));
        bench.upstream.on("GET", "/moved", Script.answer(302).header("Location", bench.upstream.endpoint() + "/there"));

        assertThat(pages.get(at("/gone"), LIMIT, TIME).status()).isEqualTo(404);
        assertThat(pages.get(at("/gone"), LIMIT, TIME).body()).isEmpty();
        assertThat(pages.get(at("/moved"), LIMIT, TIME).status()).isEqualTo(302);
        assertThat(bench.upstream.received())
                .extracting(request -> request.path())
                .containsExactly("/gone", "/gone", "/moved");
    }

    @Test
    void aBodyMayHaveJustAsManyBytesAsToldAndNoMore() throws Exception {
        PlainFetch pages = open(true);
        bench.upstream.on("GET", "/full", Script.answer().body("application/json", new byte[LIMIT]));
        bench.upstream.on("GET", "/more", Script.answer().body("application/json", new byte[LIMIT + 1]));
        bench.upstream.on("GET", "/endless", Script.answer().repeat(1_000_000, new byte[1_000]));

        assertThat(pages.get(at("/full"), LIMIT, TIME).body()).hasSize(LIMIT);
        assertThatThrownBy(() -> pages.get(at("/more"), LIMIT, TIME)).hasMessage("has more than 1 MiB to tell");
        assertThatThrownBy(() -> pages.get(at("/endless"), LIMIT, TIME)).hasMessage("has more than 1 MiB to tell");
    }

    @Test
    void aServerThatDoesNotAnswerIsGivenUpAndItsSeatGivenBack() throws Exception {
        PlainFetch pages = open(true);
        bench.upstream.on("GET", "/silent", Script.answer().head().stall());
        bench.upstream.on("GET", "/well", Script.answer().json("{}"));

        for (int i = 0; i < 6; i++) {
            assertThatThrownBy(() -> pages.get(at("/silent"), LIMIT, Duration.ofMillis(50)))
                    .hasMessage("did not answer within 0 s");
        }
        assertThat(pages.get(at("/well"), LIMIT, TIME).status()).isEqualTo(200);
    }

    @Test
    void whyNothingCameIsToldWithoutWhatCame() throws Exception {
        PlainFetch pages = open(true, host -> {
            if (host.endsWith(".invalid")) {
                throw new UnknownHostException(host);
            }
            return InetAddress.getAllByName(host);
        });
        int closed;
        try (ServerSocket socket = new ServerSocket(0)) {
            closed = socket.getLocalPort();
        }
        bench.upstream.on(
                "GET",
                "/cut",
                Script.answer().body("application/json", new byte[100]).cutAt(10));

        assertThatThrownBy(() -> pages.get(URI.create("http://prices.invalid/"), LIMIT, TIME))
                .hasMessage("could not be reached: there is no server of that name");
        assertThatThrownBy(() -> pages.get(URI.create("http://127.0.0.1:" + closed + "/"), LIMIT, TIME))
                .hasMessage("could not be reached, or cut its answer off (ConnectException)");
        assertThatThrownBy(() -> pages.get(at("/cut"), LIMIT, TIME))
                .hasMessageStartingWith("could not be reached, or cut its answer off (");
    }

    @Test
    void serversThatNoChannelMayHaveAreNotAsked() throws Exception {
        PlainFetch pages = open(false);
        bench.upstream.on("GET", "/", Script.answer().json("[]"));

        assertThatThrownBy(() -> pages.get(at("/"), LIMIT, TIME)).hasMessageStartingWith("is not asked: ");
        assertThatThrownBy(() -> pages.get(URI.create("http://169.254.169.254/latest"), LIMIT, TIME))
                .hasMessageStartingWith("is not asked: ");
        assertThat(bench.upstream.received()).isEmpty();
    }

    @Test
    void aNameThatLeadsToAClosedAddressIsNotAskedEither() throws Exception {
        PlainFetch pages = open(true, host -> new InetAddress[] {InetAddress.ofLiteral("169.254.169.254")});

        assertThatThrownBy(() -> pages.get(URI.create("http://prices.example.com/"), LIMIT, TIME))
                .hasMessageStartingWith("is not asked: ");
    }
}
