package io.patchbay.dialects.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.spi.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SseScannerTest {
    record Frame(String event, String data) {}

    private static List<Frame> scan(String stream) {
        return scan(new SseScanner(), stream);
    }

    private static List<Frame> scan(SseScanner scanner, String stream) {
        List<Frame> frames = new ArrayList<>();
        scanner.feed(Bytes.of(stream), (event, data) -> frames.add(new Frame(event, data.utf8())));
        scanner.end((event, data) -> frames.add(new Frame(event, data.utf8())));
        return frames;
    }

    private static Frame data(String data) {
        return new Frame("", data);
    }

    @Test
    void removesExactlyOneBlankBehindTheColon() {
        assertThat(scan("data:{a}\n\ndata: {b}\n\ndata:  {c}\n\n"))
                .containsExactly(data("{a}"), data("{b}"), data(" {c}"));
    }

    @Test
    void joinsDataLinesOfOneEvent() {
        assertThat(scan("data: one\ndata: two\ndata:\ndata: four\n\n")).containsExactly(data("one\ntwo\n\nfour"));
    }

    @Test
    void joinsJsonThatIsSplitOverLines() {
        assertThat(scan("data: {\"a\":\"}\",\ndata: \"b\":[1,\ndata: 2]}\n\n"))
                .containsExactly(data("{\"a\":\"}\",\n\"b\":[1,\n2]}"));
    }

    @Test
    void makesEventsOfCompleteObjectsWithoutBlankLines() {
        assertThat(scan("data: {\"a\":\"{\\\"\"}\ndata: [1]\ndata: {}\ndata: [DONE]\n"))
                .containsExactly(data("{\"a\":\"{\\\"\"}"), data("[1]"), data("{}"), data("[DONE]"));
    }

    @Test
    void givesANameBehindCompleteDataToTheNextEvent() {
        assertThat(scan("event: a\ndata: {}\nevent: b\ndata: {}\n\n"))
                .containsExactly(new Frame("a", "{}"), new Frame("b", "{}"));
    }

    @Test
    void givesANameBehindTheLastDataToItsEvent() {
        assertThat(scan("data: {}\nevent: late\n\n")).containsExactly(new Frame("late", "{}"));
        assertThat(scan("event: early\ndata: one\nevent: late\ndata: two\n\n"))
                .containsExactly(new Frame("late", "one\ntwo"));
    }

    @Test
    void forgetsTheNameWithItsEvent() {
        assertThat(scan("event: ping\n\ndata: 1\n\nevent: b\ndata: 2\n\ndata: 3\n\n"))
                .containsExactly(data("1"), new Frame("b", "2"), data("3"));
    }

    @Test
    void skipsEventsWithoutSubstance() {
        assertThat(scan("\n\n\ndata:\n\ndata\n\nevent: x\n\nid: 1\n\nretry: 5\n\nunknown: 7\n\ndata:\ndata:\n\n"))
                .isEmpty();
    }

    @Test
    void countsComments() {
        SseScanner scanner = new SseScanner();
        assertThat(scan(scanner, ": OPENROUTER PROCESSING\n\n:\n: x\ndata: 1\n\n"))
                .containsExactly(data("1"));
        assertThat(scanner.comments()).isEqualTo(3);
    }

    @Test
    void doesNotTakeLongerNamesForData() {
        assertThat(scan("dat: 1\n\ndatax: 2\n\n data: 3\n\ndata : 4\n\n")).isEmpty();
    }

    @Test
    void skipsAByteOrderMark() {
        assertThat(scan("\ufeffdata: 1\n\n")).containsExactly(data("1"));
        assertThat(scan("\ufeff\ndata: 1\n\n")).containsExactly(data("1"));
        assertThat(scan("data: \ufeff1\n\n")).containsExactly(data("\ufeff1"));
    }

    @Test
    void handsOutTheLastEventWithoutItsBlankLine() {
        assertThat(scan("data: 1\n\ndata: 2")).containsExactly(data("1"), data("2"));
        assertThat(scan("data: 1\n\ndata: 2\n")).containsExactly(data("1"), data("2"));
        assertThat(scan("data: 1\r")).containsExactly(data("1"));
    }

    @Test
    void swallowsALineFeedThatFollowsACarriageReturnInTheNextRead() {
        List<String> frames = new ArrayList<>();
        SseScanner scanner = new SseScanner();
        for (String read : List.of("data: 1\r", "\n\r", "\ndata: 2\r", "", "\n", "\r", "\n")) {
            scanner.feed(Bytes.of(read), (event, data) -> frames.add(data.utf8()));
        }
        assertThat(frames).containsExactly("1", "2");
    }

    @Test
    void handsOutAnEventInPlaceWhenItLiesInOneRead() {
        byte[] read = "data: abc\n\n".getBytes(StandardCharsets.UTF_8);
        new SseScanner().feed(Bytes.of(read), (event, data) -> {
            assertThat(data.array()).isSameAs(read);
            assertThat(data.utf8()).isEqualTo("abc");
        });
    }

    @Test
    void keepsWhatItNeedsOfAReadThatIsOverwritten() {
        byte[] read = "event: name\ndata: half".getBytes(StandardCharsets.UTF_8);
        SseScanner scanner = new SseScanner();
        List<Frame> frames = new ArrayList<>();
        scanner.feed(Bytes.of(read), (event, data) -> frames.add(new Frame(event, data.utf8())));
        Arrays.fill(read, (byte) 'X');
        scanner.feed(Bytes.of(" and half\n\n"), (event, data) -> frames.add(new Frame(event, data.utf8())));
        assertThat(frames).containsExactly(new Frame("name", "half and half"));
    }

    @Test
    void refusesFramesBeyondTheLimitWhereverTheyAreCut() {
        String exact = "data: " + "x".repeat(10) + "\n\n";
        String beyond = "data: " + "x".repeat(11) + "\n\n";
        for (int cut = 0; cut <= exact.length(); cut++) {
            SseScanner scanner = new SseScanner(16);
            List<String> frames = new ArrayList<>();
            scanner.feed(Bytes.of(exact.substring(0, cut)), (event, data) -> frames.add(data.utf8()));
            scanner.feed(Bytes.of(exact.substring(cut)), (event, data) -> frames.add(data.utf8()));
            assertThat(frames).containsExactly("x".repeat(10));
        }
        for (int cut = 0; cut <= beyond.length(); cut++) {
            SseScanner scanner = new SseScanner(16);
            String first = beyond.substring(0, cut);
            String second = beyond.substring(cut);
            assertThatThrownBy(() -> {
                        scanner.feed(Bytes.of(first), (event, data) -> {});
                        scanner.feed(Bytes.of(second), (event, data) -> {});
                    })
                    .isInstanceOf(FrameTooLarge.class)
                    .hasMessage("an event of the upstream is larger than 16 bytes");
        }
    }

    @Test
    void refusesManyLinesThatTogetherExceedTheLimit() {
        SseScanner scanner = new SseScanner(64);
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 100; i++) {
                        scanner.feed(Bytes.of("data: xxxxx\n"), (event, data) -> {});
                    }
                })
                .isInstanceOf(FrameTooLarge.class);
    }

    @Test
    void readsALongEventOfManyLinesInLinearTime() {
        StringBuilder stream = new StringBuilder("data: {\n");
        for (int i = 0; i < 200_000; i++) {
            stream.append("data: \"k").append(i).append("\":1,\n");
        }
        stream.append("data: \"z\":1}\n\n");
        List<Frame> frames = scan(stream.toString());
        assertThat(frames).hasSize(1);
    }

    @Test
    void refusesALimitBelowOne() {
        assertThatIllegalArgumentException().isThrownBy(() -> new SseScanner(0));
    }
}
