package io.patchbay.dialects.frame;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

final class SseScannerPropertyTest {
    record Event(String name, List<String> lines, boolean noise) {
        String data() {
            return String.join("\n", lines);
        }
    }

    @Provide
    Arbitrary<List<Event>> events() {
        // A blank in front would be the separator's; brackets could make a complete object of their own.
        Arbitrary<String> line = Arbitraries.strings()
                .withChars("ab:é你\u2028\ud83d\ude00 \t\u0085\"".toCharArray())
                .ofMaxLength(12)
                .map(text -> "x" + new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8));
        Arbitrary<String> name = Arbitraries.of("", "message", "error", "a:b", "été");
        return Combinators.combine(name, line.list().ofMinSize(1).ofMaxSize(3), Arbitraries.of(true, false))
                .as(Event::new)
                .list()
                .ofMaxSize(8);
    }

    @Property(tries = 500)
    void findsTheEventsWhereverTheStreamIsCut(@ForAll("events") List<Event> events, @ForAll long seed) {
        Random random = new Random(seed);
        byte[] stream = write(events, random).getBytes(StandardCharsets.UTF_8);
        List<String> found = new ArrayList<>();
        SseScanner scanner = new SseScanner();
        int from = 0;
        while (from < stream.length) {
            int to = Math.min(stream.length, from + 1 + random.nextInt(random.nextBoolean() ? 3 : 40));
            byte[] read = Arrays.copyOfRange(stream, from, to);
            scanner.feed(Bytes.of(read), (event, data) -> found.add(event + "|" + data.utf8()));
            Arrays.fill(read, (byte) '#');
            from = to;
        }
        scanner.end((event, data) -> found.add(event + "|" + data.utf8()));

        assertThat(found)
                .isEqualTo(events.stream()
                        .map(event -> event.name() + "|" + event.data())
                        .toList());
    }

    private static String write(List<Event> events, Random random) {
        StringBuilder stream = new StringBuilder(random.nextBoolean() ? "\ufeff" : "");
        for (Event event : events) {
            if (event.noise()) {
                stream.append(": comment").append(end(random)).append("id: 5").append(end(random));
            }
            if (!event.name().isEmpty()) {
                stream.append(random.nextBoolean() ? "event:" : "event: ")
                        .append(event.name())
                        .append(end(random));
            }
            for (String line : event.lines()) {
                stream.append(random.nextBoolean() ? "data:" : "data: ")
                        .append(line)
                        .append(end(random));
            }
            stream.append(end(random));
            if (event.noise()) {
                stream.append(":").append(end(random)).append(end(random));
            }
        }
        return stream.toString();
    }

    private static String end(Random random) {
        // A lone CR right before a lone LF would be one line end: CR is only used where the next is no LF.
        return random.nextBoolean() ? "\n" : "\r\n";
    }
}
