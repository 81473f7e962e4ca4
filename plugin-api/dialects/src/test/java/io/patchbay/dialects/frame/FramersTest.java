package io.patchbay.dialects.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.spi.Bytes;
import io.patchbay.spi.Framer;
import io.patchbay.spi.Framing;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FramersTest {
    private static List<String> frames(Framer framer, String... reads) {
        List<String> frames = new ArrayList<>();
        for (String read : reads) {
            byte[] bytes = read.getBytes(StandardCharsets.UTF_8);
            framer.feed(Bytes.of(bytes), (event, data) -> frames.add(data.utf8()));
            Arrays.fill(bytes, (byte) '#');
        }
        framer.end((event, data) -> frames.add(data.utf8()));
        return frames;
    }

    @Test
    void makesAFreshFramerEachTime() {
        assertThat(Framers.of(Framing.SSE)).isInstanceOf(SseScanner.class).isNotSameAs(Framers.of(Framing.SSE));
        assertThat(Framers.of(Framing.NDJSON)).isInstanceOf(NdjsonScanner.class);
        assertThat(Framers.of(Framing.RAW)).isInstanceOf(RawFramer.class);
        assertThat(Framers.of(Framing.WHOLE)).isInstanceOf(WholeFramer.class);
        RawFramer own = new RawFramer();
        assertThat(Framers.of(Framing.by(() -> own))).isSameAs(own);
    }

    @Test
    void cutsLinesAnywhere() {
        String stream = "{\"a\":1}\r\n\n  {\"b\":\"é\"}\n\t\n{\"c\":3}";
        List<String> expected = List.of("{\"a\":1}", "{\"b\":\"é\"}", "{\"c\":3}");
        for (int cut = 0; cut <= stream.length(); cut++) {
            assertThat(frames(new NdjsonScanner(), stream.substring(0, cut), stream.substring(cut)))
                    .isEqualTo(expected);
        }
        assertThat(frames(new NdjsonScanner(), stream.split(""))).isEqualTo(expected);
    }

    @Test
    void refusesLinesBeyondTheLimit() {
        assertThat(frames(new NdjsonScanner(5), "12345\n", "123", "45\n")).containsExactly("12345", "12345");
        assertThatThrownBy(() -> frames(new NdjsonScanner(5), "123456\n")).isInstanceOf(FrameTooLarge.class);
        assertThatThrownBy(() -> frames(new NdjsonScanner(5), "123", "456")).isInstanceOf(FrameTooLarge.class);
    }

    @Test
    void makesOneFrameOfAWholeBody() {
        assertThat(frames(new WholeFramer(10), "ab", "", "cd")).containsExactly("abcd");
        assertThat(frames(new WholeFramer(10))).isEmpty();
        assertThatThrownBy(() -> frames(new WholeFramer(3), "ab", "cd")).isInstanceOf(FrameTooLarge.class);
    }

    @Test
    void makesAFrameOfEachRead() {
        assertThat(frames(new RawFramer(), "ab", "", "c")).containsExactly("ab", "c");
    }
}
