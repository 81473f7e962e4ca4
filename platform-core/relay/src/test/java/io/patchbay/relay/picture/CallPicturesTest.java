package io.patchbay.relay.picture;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.dialects.openai.OpenAiChatCodec;
import io.patchbay.dialects.wire.WireBody;
import io.patchbay.relay.exchange.MemoryBlob;
import io.patchbay.spi.Dialect;
import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.chat.ContentPart;
import io.patchbay.spi.chat.Wire;
import io.patchbay.testkit.upstream.Script;
import io.patchbay.testkit.upstream.ScriptedUpstream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class CallPicturesTest {
    private static final String DATA_URL = "data:image/png;base64," + Samples.PNG_BASE64;

    private static ScriptedUpstream upstream;
    private static ExecutorService executor;
    private static Pictures pictures;

    @BeforeAll
    static void start() {
        upstream = ScriptedUpstream.start();
        upstream.on(
                "GET", "/cat", Script.answer().body("image/png", Samples.PNG).header("cache-control", "no-store"));
        executor = Executors.newVirtualThreadPerTaskExecutor();
        pictures = pictures(new PictureLimits(64 * 1024, 4, 100 * 1024, Duration.ofSeconds(5), 3, 1024 * 1024));
    }

    private static Pictures pictures(PictureLimits limits) {
        return new Pictures(
                new PictureFetcher(limits, true, InetAddress::isLoopbackAddress, InetAddress::getAllByName), executor);
    }

    @AfterAll
    static void stop() {
        pictures.close();
        executor.close();
        upstream.close();
    }

    private static Wire wire(String json) {
        return WireBody.read(Dialect.OPENAI_CHAT, json.getBytes(StandardCharsets.UTF_8));
    }

    private static String chat(String... urls) {
        StringBuilder parts = new StringBuilder();
        for (String url : urls) {
            parts.append(",{\"type\":\"image_url\",\"image_url\":{\"url\":\"")
                    .append(url)
                    .append("\"}}");
        }
        return "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":[" + parts.substring(1) + "]}]}";
    }

    private static String text(Wire wire) {
        var body = wire.edited(java.util.Map.of(), java.util.Map.of(), java.util.Set.of());
        return new String(
                ((io.patchbay.spi.http.Piece.Inline) body.pieces().getFirst()).bytes(), StandardCharsets.UTF_8);
    }

    private static Pictures.Result<Wire> inline(Wire wire) {
        try (CallPictures call = pictures.open()) {
            return call.inline(wire).orTimeout(20, TimeUnit.SECONDS).join();
        }
    }

    private static Fault fault(String json) {
        Fault fault = inline(wire(json)).fault();
        assertThat(fault).as(json).isNotNull();
        return fault;
    }

    @Test
    void replacesUrlsAndKeepsEverythingElseToTheByte() {
        String cat = upstream.endpoint() + "/cat";
        Wire before = wire("""
                {"model":"m", "x_vendor":{"a":[1.50,null]},
                 "messages":[{"role":"system","content":"see \\"image_url\\""},
                  {"role":"user","name":"ann","content":[{"type":"text","text":"what?"},
                   {"type":"image_url","image_url":{"detail":"low","url":"CAT"},"cache":true},
                   {"type":"image_url","image_url":"CAT"},
                   {"type":"image_url","image_url":{"url":"DATA"}},
                   {"type":"x_odd","image_url":"http://127.0.0.9/"}]}],
                 "seed":1e2}""".replace("CAT", cat).replace("DATA", DATA_URL));
        upstream.forget();

        Wire after = inline(before).value();

        assertThat(text(after)).isEqualTo("""
                {"model":"m", "x_vendor":{"a":[1.50,null]},"messages":[{"role":"system","content":"see \\"image_url\\""},\
                {"role":"user","name":"ann","content":[{"type":"text","text":"what?"},\
                {"type":"image_url","image_url":{"detail":"low","url":"DATA"},"cache":true},\
                {"type":"image_url","image_url":"DATA"},\
                {"type":"image_url","image_url":{"url":"DATA"}},\
                {"type":"x_odd","image_url":"http://127.0.0.9/"}]}],"seed":1e2}""".replace("DATA", DATA_URL));
        // The same address is fetched once.
        assertThat(upstream.received()).hasSize(1);
        ContentPart.Inline seen = new OpenAiChatCodec()
                .readRequest(after)
                .messages()
                .getLast()
                .parts()
                .get(1)
                .image()
                .inline();
        assertThat(seen.mediaType()).isEqualTo("image/png");
        assertThat(seen.base64()).isEqualTo(Samples.PNG_BASE64);
    }

    @Test
    void aChatWhosePicturesAreInlineAlreadyIsTheSameObject() {
        Wire wire = wire(chat(DATA_URL, DATA_URL));
        assertThat(inline(wire).value()).isSameAs(wire);
    }

    @Test
    void aWrongMediaTypeIsPutRight() {
        assertThat(text(inline(wire(chat(DATA_URL.replace("image/png", "image/jpeg"))))
                        .value()))
                .isEqualTo(chat(DATA_URL));
    }

    @Test
    void looksForPicturesWithoutReadingTheChat() {
        assertThat(CallPictures.mayBeIn(wire(chat(DATA_URL)))).isTrue();
        assertThat(CallPictures.mayBeIn(wire("{\"image_url\":\"x\",\"messages\":[{\"content\":\"an image_url\"}]}")))
                .isFalse();
        assertThat(CallPictures.mayBeIn(wire("{\"model\":\"m\"}"))).isFalse();
        assertThat(CallPictures.mayBeIn(WireBody.read(
                        Dialect.OPENAI_EMBEDDINGS, "{\"messages\":[\"image_url\"]}".getBytes(StandardCharsets.UTF_8))))
                .isFalse();
    }

    @Test
    void saysWhichPictureIsWrongAndNeverWhereItWas() {
        Fault fault = fault(chat(DATA_URL, "http://10.0.0.1/secret-path"));
        assertThat(fault.kind()).isEqualTo(FaultKind.BAD_REQUEST);
        assertThat(fault.message()).isEqualTo("Picture 2 cannot be used: its server cannot be reached from here.");
        assertThat(fault.vendorCode()).isEqualTo("invalid_image_url");

        assertThat(fault(chat("data:image/png;base64,AAAA")).message())
                .isEqualTo("Picture 1 cannot be used: its bytes are no picture of a known kind.");
        assertThat(fault(chat("file:///etc/passwd")).message())
                .isEqualTo("Picture 1 cannot be used: its URL must begin with https:// or http://, or be a data: URL.");
    }

    @Test
    void boundsNumberAndSize() {
        String[] five = {"http://a.test/1", "http://a.test/2", "http://a.test/3", "http://a.test/4", "http://a.test/5"};
        assertThat(fault(chat(five)).message())
                .isEqualTo("The pictures cannot be used: a request may name at most 4 pictures by URL.");
        String big = "data:image/png;base64," + Samples.base64(Samples.png(60 * 1024));
        assertThat(fault(chat(big, big)).message())
                .isEqualTo("Picture 2 cannot be used: all pictures of a request may have 0 MiB together.");
        String huge = "data:image/png;base64," + Samples.base64(Samples.png(65 * 1024));
        assertThat(fault(chat(huge)).message()).isEqualTo("Picture 1 cannot be used: it has more than 0 MiB.");
    }

    @Test
    void aSiteThatIsFullSaysThatItWillPass() {
        try (Pictures small = pictures(new PictureLimits(64 * 1024, 4, 100 * 1024, Duration.ofSeconds(5), 3, 50));
                CallPictures call = small.open()) {
            Fault fault = call.inline(wire(chat(DATA_URL))).join().fault();
            assertThat(fault.kind()).isEqualTo(FaultKind.RETRY);
            assertThat(small.inFlight()).isZero();
        }
    }

    @Test
    void fetchesOnceHoweverOftenItIsAskedAndGivesTheMemoryBack() {
        upstream.forget();
        Wire wire = wire(chat(upstream.endpoint() + "/cat"));
        try (CallPictures call = pictures.open()) {
            Wire first = call.inline(wire).join().value();
            assertThat(call.inline(wire).join().value()).isSameAs(first);
            assertThat(pictures.inFlight()).isEqualTo(Samples.PNG.length);
        }
        assertThat(pictures.inFlight()).isZero();
        assertThat(upstream.received()).hasSize(1);
    }

    @Test
    void aCallThatIsOverLeavesItsServers() {
        CountDownLatch closed = new CountDownLatch(1);
        upstream.forget();
        upstream.once(
                "GET", "/slow", Script.answer().chunk(Samples.PNG).until(closed).repeat(1_000_000, Samples.PNG));
        CallPictures call = pictures.open();
        var result = call.inline(wire(chat(upstream.endpoint() + "/slow")));
        upstream.awaitReceived(1);
        call.close();
        closed.countDown();
        assertThat(result.orTimeout(20, TimeUnit.SECONDS).join().fault().kind()).isEqualTo(FaultKind.RETRY);
        upstream.awaitCancelled(1);
        assertThat(pictures.inFlight()).isZero();
    }

    @Test
    void picturesAreHandedOutAsFilesToo() {
        try (CallPictures call = pictures.open()) {
            var files = call.files(List.of(DATA_URL, upstream.endpoint() + "/cat"))
                    .join()
                    .value();
            assertThat(files.blobs()).extracting("name").containsExactly("picture-1.png", "picture-2.png");
            assertThat(((MemoryBlob) files.blobs().getLast()).bytes()).isEqualTo(Samples.PNG);
            assertThat(call.files(List.of("nonsense")).join().fault().kind()).isEqualTo(FaultKind.BAD_REQUEST);
        }
    }
}
