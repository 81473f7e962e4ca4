package io.patchbay.benchmarks.jmh;

import io.patchbay.benchmarks.upstream.BenchUpstream;
import io.patchbay.dialects.frame.SseScanner;
import io.patchbay.spi.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** Streams of the scripted upstream, the same that {@code benchmarks/run} measures with. */
final class Streams {
    /** How many events with words a stream has. */
    static final int CHUNKS = 35;

    private Streams() {}

    /** One event; its payload has an array of its own. */
    record Event(String name, Bytes payload) {}

    /** Returns the body of a stream: {@code stream} is OpenAI's, {@code claude} Anthropic's of the same words. */
    static byte[] body(String script) throws IOException {
        try (BenchUpstream upstream = BenchUpstream.start(0);
                InputStream body = URI.create("http://127.0.0.1:%d/%s/%d/0".formatted(upstream.port(), script, CHUNKS))
                        .toURL()
                        .openStream()) {
            return body.readAllBytes();
        }
    }

    /** Returns the events of such a body. */
    static List<Event> events(String script) throws IOException {
        List<Event> events = new ArrayList<>();
        new SseScanner()
                .feed(Bytes.of(body(script)), (name, data) -> events.add(new Event(name, Bytes.of(data.copy()))));
        return List.copyOf(events);
    }
}
