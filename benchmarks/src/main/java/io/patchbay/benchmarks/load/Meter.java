package io.patchbay.benchmarks.load;

import org.HdrHistogram.Histogram;

/** Collects what becomes a {@link Phase}; of one thread. */
final class Meter {
    private static final long LONGEST_MICROS = 600_000_000;

    private final long begun;
    private final Histogram latency = new Histogram(LONGEST_MICROS, 3);
    private final Histogram firstByte = new Histogram(LONGEST_MICROS, 3);
    private final Histogram gaps = new Histogram(LONGEST_MICROS, 3);
    private final Failures.Counter failures = new Failures.Counter();
    private long calls;
    private long events;

    /** @param begun when it begins, as {@link System#nanoTime()} */
    Meter(long begun) {
        this.begun = begun;
    }

    void began(long firstByteNanos) {
        record(firstByte, firstByteNanos);
    }

    void completed(long latencyNanos) {
        calls++;
        record(latency, latencyNanos);
    }

    /** Counts events that came in one read, the first of them that long after the one before. */
    void events(int count, long gapNanos) {
        events += count;
        if (gapNanos >= 0) {
            record(gaps, gapNanos);
        }
        if (count > 1) {
            gaps.recordValueWithCount(0, count - 1L);
        }
    }

    void failed(FailureKind kind, String about) {
        failures.add(kind, about);
    }

    void add(Phase phase) {
        calls += phase.calls();
        events += phase.events();
        latency.add(phase.latency());
        firstByte.add(phase.firstByte());
        gaps.add(phase.gaps());
        failures.add(phase.failures());
    }

    Phase phase(long now) {
        return new Phase((now - begun) / 1e9, calls, events, latency, firstByte, gaps, failures.failures());
    }

    private static void record(Histogram histogram, long nanos) {
        histogram.recordValue(Math.min(nanos / 1_000, LONGEST_MICROS));
    }
}
