package io.patchbay.dialects.frame;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.Bytes;
import io.patchbay.spi.json.JsonValue;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class FrameOutTest {
    private static String take(FrameOut out) {
        return StandardCharsets.UTF_8.decode(out.take()).toString();
    }

    @Test
    void writesEventsWithAndWithoutAName() {
        FrameOut out = new FrameOut();
        out.sse(null, Bytes.of("{}"));
        out.sse("ping", "{\"a\":1}".getBytes(StandardCharsets.UTF_8));
        assertThat(take(out)).isEqualTo("data: {}\n\nevent: ping\ndata: {\"a\":1}\n\n");
    }

    @Test
    void makesBlanksOfLineBreaksInPayloads() {
        FrameOut out = new FrameOut();
        out.sse("a\nb", Bytes.of("{\r\n\"x\":1}\n\ndata: forged"));
        out.comment("keep\nalive\r");
        assertThat(take(out)).isEqualTo("event: a b\ndata: {  \"x\":1}  data: forged\n\n: keep alive \n\n");
    }

    @Test
    void handsOverWhatWasWrittenAndStartsAnew() {
        FrameOut out = new FrameOut();
        assertThat(out.isEmpty()).isTrue();
        out.raw(Bytes.of("one"));
        assertThat(out.size()).isEqualTo(3);
        ByteBuffer first = out.take();
        assertThat(out.isEmpty()).isTrue();
        out.raw(Bytes.of("two"));
        assertThat(StandardCharsets.UTF_8.decode(first).toString()).isEqualTo("one");
        assertThat(take(out)).isEqualTo("two");
        assertThat(out.take().remaining()).isZero();
    }

    @Test
    void growsWithWhatIsWritten() {
        FrameOut out = new FrameOut();
        String large = "x".repeat(100_000);
        out.sse(null, Bytes.of(large));
        out.open(null).number(0).number(42).number(-7).number(Long.MAX_VALUE).close();
        assertThat(take(out)).isEqualTo("data: " + large + "\n\ndata: 042-7" + Long.MAX_VALUE + "\n\n");
    }

    @Test
    void quotesAsTheJsonWriterDoes() {
        for (String text : new String[] {
            "", "plain", "\"\\/\n\r\t\b\f\u0000\u001f\u007f", "é你\ud83d\ude00", "\ud83d", "\ude00x", "a\ud83d", "\u2028"
        }) {
            FrameOut out = new FrameOut();
            out.quoted(text);
            assertThat(take(out)).isEqualTo(JsonValue.of(text).toJson());
        }
    }
}
