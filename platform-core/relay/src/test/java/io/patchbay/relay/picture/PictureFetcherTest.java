package io.patchbay.relay.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.patchbay.relay.address.GuardedResolver;
import io.patchbay.relay.address.PublicAddresses;
import io.patchbay.testkit.upstream.Script;
import io.patchbay.testkit.upstream.ScriptedUpstream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Hostile addresses and hostile servers, over real sockets. */
final class PictureFetcherTest {
    private static final PictureLimits LIMITS =
            new PictureLimits(64 * 1024, 4, 100 * 1024, Duration.ofSeconds(5), 3, 1024 * 1024);
    private static final String NOT_REACHED = "its server cannot be reached from here";

    private static ScriptedUpstream upstream;

    /** Only this machine's first address passes, in the place of “public”. */
    private static PictureFetcher fetcher;

    /** As it stands in production, but for the ports. */
    private static PictureFetcher guarded;

    private final AtomicLong inFlight = new AtomicLong();

    @BeforeAll
    static void start() {
        upstream = ScriptedUpstream.start();
        fetcher = fetcher(LIMITS, InetAddress::getAllByName);
        guarded = new PictureFetcher(LIMITS, true, PublicAddresses::contain, InetAddress::getAllByName);
    }

    @AfterAll
    static void stop() {
        guarded.close();
        fetcher.close();
        upstream.close();
    }

    @BeforeEach
    void forget() {
        upstream.forget();
    }

    private static InetAddress address(int... bytes) throws UnknownHostException {
        return InetAddress.getByAddress(
                new byte[] {(byte) bytes[0], (byte) bytes[1], (byte) bytes[2], (byte) bytes[3]});
    }

    private static PictureFetcher fetcher(PictureLimits limits, GuardedResolver.Lookup lookup) {
        Predicate<InetAddress> first = address -> address.getHostAddress().equals("127.0.0.1");
        return new PictureFetcher(limits, true, first, lookup);
    }

    private Picture fetch(PictureFetcher by, String url) {
        PictureMemory memory = new PictureMemory(inFlight, LIMITS);
        try {
            return by.fetch(url, System.nanoTime() + by.limits().time().toNanos(), memory)
                    .orTimeout(20, TimeUnit.SECONDS)
                    .join();
        } finally {
            memory.close();
            assertThat(inFlight).hasValue(0);
        }
    }

    private String refusal(PictureFetcher by, String url) {
        Throwable failure = catchThrowable(() -> fetch(by, url));
        assertThat(failure).as(url).isInstanceOf(CompletionException.class);
        assertThat(failure.getCause()).as(url).isInstanceOf(PictureRefused.class);
        return failure.getCause().getMessage();
    }

    private String url(String path) {
        return "http://127.0.0.1:" + upstream.port() + path;
    }

    private static Script png() {
        return Script.answer().body("image/png", Samples.PNG);
    }

    @Test
    void fetchesAPictureAndBelievesItsBytesOnly() {
        upstream.on("GET", "/lie", Script.answer().body("text/html", Samples.PNG));
        Picture picture = fetch(fetcher, url("/lie"));
        assertThat(picture.mediaType()).isEqualTo("image/png");
        assertThat(picture.base64()).isEqualTo(Samples.PNG_BASE64);
    }

    @Test
    void sendsNeitherCookiesNorAnythingOfOurs() {
        upstream.on("GET", "/cookie", png().header("set-cookie", "id=1; path=/").header("cache-control", "no-store"));
        fetch(fetcher, url("/cookie"));
        fetch(fetcher, url("/cookie"));
        var second = upstream.awaitReceived(2).get(1);
        assertThat(second.headers().keySet()).containsOnly("host", "accept", "accept-encoding", "user-agent");
        assertThat(second.header("accept-encoding")).isEqualTo("identity");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:%d/x",
                "http://127.0.0.2:%d/x",
                "http://0.0.0.0:%d/x",
                "http://localhost:%d/x",
                "http://LOCALHOST:%d/x",
                "http://[::1]:%d/x",
                "http://[::]:%d/x",
                "http://[::ffff:127.0.0.1]:%d/x",
                "http://[::ffff:7f00:1]:%d/x",
                "http://[0:0:0:0:0:0:0:1]:%d/x",
                "http://[64:ff9b::7f00:1]:%d/x",
                "http://[2002:7f00:1::]:%d/x",
                "http://10.0.0.1:%d/x",
                "http://192.168.0.1:%d/x",
                "http://169.254.169.254:%d/latest/meta-data/",
                "http://no-such-host.invalid:%d/x"
            })
    void theGuardAnswersTheSameWhetherOrNotSomethingListens(String form) {
        long before = upstream.connectionsEver();
        assertThat(refusal(guarded, form.formatted(upstream.port()))).isEqualTo(NOT_REACHED);
        assertThat(upstream.connectionsEver()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://2130706433:%d/x",
                "http://017700000001:%d/x",
                "http://0x7f000001:%d/x",
                "http://0177.0.0.1:%d/x",
                "http://127.0.0.01:%d/x",
                "http://4294967297:%d/x",
                "http://127.1:%d/x",
                "http://0x7f.1:%d/x",
                "http://127.0.0.1.:%d/x",
                "http://１２７.0.0.1:%d/x",
                "http://127。0。0。1:%d/x",
                "http://[fe80::1%%25eth0]:%d/x",
                "http://[::1:%d/x",
                "http://user@127.0.0.1:%d/x",
                "http://user:password@127.0.0.1:%d/x",
                "http://public.example@127.0.0.1:%d/x",
                "http://127.0.0.1\\@public.example:%d/x",
                "http:///x?%d",
                "http:127.0.0.1:%d/x",
                "//127.0.0.1:%d/x",
                "/x?%d",
                "?%d"
            })
    void addressesThatReadersDisagreeAboutAreNotRead(String form) {
        long before = upstream.connectionsEver();
        String why = refusal(fetcher, form.formatted(upstream.port()));
        assertThat(why).startsWith("its URL ").doesNotContain("127");
        assertThat(upstream.connectionsEver()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file:///etc/passwd",
                "ftp://127.0.0.1/x.png",
                "gopher://127.0.0.1:70/_x",
                "jar:http://127.0.0.1/x!/y",
                "javascript:alert(1)",
                "blob:http://127.0.0.1/x",
                "unix:/var/run/docker.sock",
                "",
                "picture.png"
            })
    void otherSchemesAreRefused(String url) {
        assertThat(refusal(fetcher, url)).isEqualTo("its URL must begin with https:// or http://, or be a data: URL");
    }

    @Test
    void onlyThePortsOfTheWebAreAsked() {
        try (ScriptedUpstream untouched = ScriptedUpstream.start();
                PictureFetcher strict = new PictureFetcher(LIMITS, false, address -> true, InetAddress::getAllByName)) {
            assertThat(refusal(strict, untouched.endpoint() + "/x"))
                    .isEqualTo("its URL names a port; only 80 and 443 are taken");
            assertThat(refusal(strict, "http://127.0.0.1:22/x")).contains("only 80 and 443");
            assertThat(untouched.connectionsEver()).isZero();
        }
    }

    @Test
    void privateAddressesAreAskedWhenTheOperatorSaysSoButNeverThoseOfTheLink() {
        upstream.on("GET", "/intranet", png());
        try (PictureFetcher open = PictureFetcher.open(true);
                PictureFetcher closed = PictureFetcher.open(false)) {
            assertThat(fetch(open, url("/intranet")).mediaType()).isEqualTo("image/png");
            assertThat(refusal(open, "http://169.254.169.254/latest/meta-data/"))
                    .isEqualTo(NOT_REACHED);
            assertThat(refusal(open, "http://[fe80::1]/x")).isEqualTo(NOT_REACHED);
            assertThat(refusal(closed, "http://127.0.0.1/x")).isEqualTo(NOT_REACHED);
        }
    }

    @Test
    void followsRedirectsThatStayOutside() {
        upstream.on("GET", "/a", Script.answer(302).header("location", "/b"));
        upstream.on("GET", "/b", Script.answer(307).header("location", url("/c")));
        upstream.on("GET", "/c", Script.answer(301).header("location", "d").text("text/html", "moved"));
        upstream.on("GET", "/d", png());
        assertThat(fetch(fetcher, url("/a")).mediaType()).isEqualTo("image/png");
        assertThat(upstream.received()).extracting("path").containsExactly("/a", "/b", "/c", "/d");
    }

    @Test
    void givesUpAfterThreeRedirects() {
        upstream.on("GET", "/loop", Script.answer(302).header("location", "/loop"));
        assertThat(refusal(fetcher, url("/loop"))).isEqualTo("its server redirects more than 3 times");
        assertThat(upstream.received()).hasSize(4);
    }

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.2:%d/x,its server cannot be reached from here",
        "//127.0.0.2:%d/x,its server cannot be reached from here",
        "http://[::1]:%d/x,its server cannot be reached from here",
        "http://[::ffff:127.0.0.2]:%d/x,its server cannot be reached from here",
        "http://2130706434:%d/x,its URL holds a server's number in a form that is not taken",
        "file:///etc/passwd,'its URL must begin with https:// or http://, or be a data: URL'",
        "data:image/png;base64,'its URL must begin with https:// or http://, or be a data: URL'",
        "http://user:pw@127.0.0.1:%d/x,its URL must not hold a user name or a password"
    })
    void redirectsAreCheckedLikeTheFirstAddress(String location, String why) throws IOException {
        try (ServerSocketChannel inside = ServerSocketChannel.open()) {
            inside.bind(new InetSocketAddress(address(127, 0, 0, 2), upstream.port()));
            inside.configureBlocking(false);
            upstream.once("GET", "/away", Script.answer(302).header("location", location.formatted(upstream.port())));
            assertThat(refusal(fetcher, url("/away"))).isEqualTo(why);
            assertThat(inside.accept()).isNull();
            assertThat(upstream.received()).hasSize(1);
        }
    }

    @Test
    void redirectsWithoutAPlaceAreRefused() {
        upstream.once("GET", "/nowhere", Script.answer(302));
        upstream.once("GET", "/nowhere", Script.answer(302));
        assertThat(refusal(fetcher, url("/nowhere"))).isNotEmpty();
    }

    @Test
    void aNameThatLeadsElsewhereTheNextTimeGainsNothing() throws IOException {
        upstream.on("GET", "/rebind", png().header("cache-control", "no-store").closing());
        AtomicInteger lookups = new AtomicInteger();
        GuardedResolver.Lookup changing =
                host -> new InetAddress[] {address(127, 0, 0, lookups.incrementAndGet() == 1 ? 1 : 2)};
        try (ServerSocketChannel inside = ServerSocketChannel.open();
                PictureFetcher fooled = fetcher(LIMITS, changing)) {
            inside.bind(new InetSocketAddress(address(127, 0, 0, 2), upstream.port()));
            inside.configureBlocking(false);
            String url = "http://changing.test:" + upstream.port() + "/rebind";

            assertThat(fetch(fooled, url).mediaType()).isEqualTo("image/png");
            // What was looked up once is what was connected to: there is no second question to answer differently.
            assertThat(lookups).hasValue(1);
            assertThat(refusal(fooled, url)).isEqualTo(NOT_REACHED);
            assertThat(lookups).hasValueGreaterThan(1);
            assertThat(inside.accept()).isNull();
        }
    }

    @Test
    void ofSeveralAddressesOnlyAllowedOnesAreConnectedTo() throws IOException {
        upstream.on("GET", "/mixed", png());
        try (ServerSocketChannel inside = ServerSocketChannel.open();
                PictureFetcher mixed =
                        fetcher(LIMITS, host -> new InetAddress[] {address(127, 0, 0, 2), address(127, 0, 0, 1)})) {
            inside.bind(new InetSocketAddress(address(127, 0, 0, 2), upstream.port()));
            inside.configureBlocking(false);
            assertThat(fetch(mixed, "http://mixed.test:" + upstream.port() + "/mixed")
                            .mediaType())
                    .isEqualTo("image/png");
            assertThat(inside.accept()).isNull();
        }
    }

    @Test
    void bodiesOverTheLimitAreCutOff() {
        upstream.once("GET", "/endless", Script.answer().chunk(Samples.PNG).repeat(1_000_000, new byte[16 * 1024]));
        assertThat(refusal(fetcher, url("/endless"))).isEqualTo("it has more than 0 MiB");
        upstream.awaitCancelled(1);

        upstream.once("GET", "/long", Script.answer().body("image/png", Samples.png(64 * 1024 + 1)));
        assertThat(refusal(fetcher, url("/long"))).isEqualTo("it has more than 0 MiB");
        upstream.once("GET", "/full", Script.answer().body("image/png", Samples.png(64 * 1024)));
        assertThat(fetch(fetcher, url("/full")).length()).isEqualTo(64 * 1024);
    }

    @Test
    void slowServersAreLeft() {
        PictureLimits hasty = new PictureLimits(64 * 1024, 4, 100 * 1024, Duration.ofMillis(300), 3, 1024 * 1024);
        try (PictureFetcher impatient = fetcher(hasty, InetAddress::getAllByName)) {
            upstream.once("GET", "/silent", Script.answer().stall());
            assertThat(refusal(impatient, url("/silent"))).isEqualTo("it did not come within 0 s");
            upstream.once(
                    "GET",
                    "/trickle",
                    Script.answer()
                            .chunk(Samples.PNG)
                            .repeat(1_000, new byte[1])
                            .paced(Duration.ofMillis(20)));
            assertThat(refusal(impatient, url("/trickle")))
                    .isIn("it did not come within 0 s", "its server did not send it to its end");
            upstream.awaitCancelled(2);
        }
    }

    @Test
    void whatIsNoPictureIsRefusedAtItsFirstBytes() throws IOException {
        upstream.once("GET", "/x", Script.answer().body("image/png", Samples.HTML));
        upstream.once("GET", "/x", Script.answer().body("image/svg+xml", Samples.SVG));
        upstream.once("GET", "/x", Script.answer().body("image/png", "{\"a\":1}".getBytes()));
        upstream.once("GET", "/x", Script.answer().body("image/png", new byte[0]));
        upstream.once(
                "GET",
                "/x",
                Script.answer().body("image/png", zipped(Samples.PNG)).header("content-encoding", "gzip"));
        upstream.once("GET", "/x", Script.answer().chunk(Samples.HTML).repeat(1_000_000, new byte[1024]));
        for (int i = 0; i < 6; i++) {
            assertThat(refusal(fetcher, url("/x"))).isEqualTo("what its server sends is no picture of a known kind");
        }
    }

    private static byte[] zipped(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
            zip.write(bytes);
        }
        return out.toByteArray();
    }

    @Test
    void answersBesides200AreRefusedWithoutTheirBody() {
        for (int status : List.of(204, 206, 304, 401, 404, 500)) {
            upstream.once("GET", "/status", Script.answer(status));
            assertThat(refusal(fetcher, url("/status"))).isEqualTo("its server answered with status " + status);
        }
    }

    @Test
    void brokenAnswersAreRefused() {
        upstream.once(
                "GET",
                "/cut",
                Script.answer().body("image/png", Samples.png(1_000)).cutAt(500));
        assertThat(refusal(fetcher, url("/cut"))).isIn(NOT_REACHED, "its server did not send it to its end");
        upstream.once("GET", "/gone", Script.answer().cut());
        assertThat(refusal(fetcher, url("/gone"))).isEqualTo(NOT_REACHED);
        assertThat(refusal(fetcher, "http://127.0.0.1:1/x")).isEqualTo(NOT_REACHED);
    }

    @Test
    void keepsPicturesForTheNextTurnUnlessTheServerForbids() {
        upstream.on("GET", "/kept", png());
        upstream.on("GET", "/private", png().header("cache-control", "private, max-age=600"));
        upstream.on("GET", "/stale", png().header("cache-control", "max-age=0"));
        for (String path : List.of("/kept", "/private", "/stale")) {
            fetch(fetcher, url(path));
            fetch(fetcher, url(path));
        }
        assertThat(upstream.received())
                .extracting("path")
                .containsExactly("/kept", "/private", "/private", "/stale", "/stale");
    }

    @Test
    void aCallAndAllCallsTogetherHoldOnlySoMuch() {
        upstream.on("GET", "/big", Script.answer().body("image/png", Samples.png(60 * 1024)));
        PictureMemory memory = new PictureMemory(inFlight, LIMITS);
        long deadline = System.nanoTime() + LIMITS.time().toNanos();
        fetcher.fetch(url("/big?1"), deadline, memory).join();
        assertThatThrownBy(() -> fetcher.fetch(url("/big?2"), deadline, memory).join())
                .hasRootCauseMessage("all pictures of a request may have 0 MiB together");

        AtomicLong nearlyFull = new AtomicLong(1024 * 1024 - 10_000);
        PictureMemory another = new PictureMemory(nearlyFull, LIMITS);
        assertThatThrownBy(() -> fetcher.fetch(url("/big?3"), deadline, another).join())
                .hasRootCauseMessage("this site handles too many pictures at the moment");
        another.close();
        assertThat(nearlyFull).hasValue(1024 * 1024 - 10_000);
        memory.close();
        assertThat(inFlight).hasValue(0);
    }
}
