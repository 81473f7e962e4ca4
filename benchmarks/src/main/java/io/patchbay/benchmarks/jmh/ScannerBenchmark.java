package io.patchbay.benchmarks.jmh;

import io.patchbay.dialects.frame.SseScanner;
import io.patchbay.spi.Bytes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.infra.Blackhole;

/** Cutting a whole OpenAI stream into events, by the size of the reads it comes in. */
public class ScannerBenchmark extends Timed {
    /** A read each event, one each packet of the internet, and as much as a buffer holds. */
    @Param({"260", "1400", "16384"})
    public int readBytes;

    private final List<Bytes> reads = new ArrayList<>();

    /** Gets the stream. */
    @Setup
    public void cut() throws IOException {
        byte[] body = Streams.body("stream");
        for (int from = 0; from < body.length; from += readBytes) {
            reads.add(Bytes.of(body, from, Math.min(readBytes, body.length - from)));
        }
    }

    /** One stream. */
    @Benchmark
    public void stream(Blackhole events) {
        SseScanner scanner = new SseScanner();
        for (Bytes read : reads) {
            scanner.feed(read, (name, data) -> events.consume(data));
        }
        scanner.end((name, data) -> events.consume(data));
    }
}
