package io.patchbay.benchmarks.load;

import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * What was measured between two marks. Times are in microseconds.
 *
 * @param seconds how long it was
 * @param calls complete and correct calls that ended in it
 * @param events content events that came in it, of calls that had not ended yet as well
 * @param latency from the request to the end of the answer
 * @param firstByte from the request to the first byte of the answer's body, of calls that may not have ended yet
 * @param gaps between two content events of one stream; 0 when they came together
 * @param failures calls that failed in it
 */
public record Phase(
        double seconds,
        long calls,
        long events,
        Histogram latency,
        Histogram firstByte,
        Histogram gaps,
        Failures failures) {
    /** Returns complete calls per second. */
    public double callsPerSecond() {
        return seconds == 0 ? 0 : calls / seconds;
    }

    /** Returns content events per second. */
    public double eventsPerSecond() {
        return seconds == 0 ? 0 : events / seconds;
    }

    /** Returns the sum of several phases. */
    public static Phase sum(List<Phase> phases) {
        Meter sum = new Meter(0);
        double seconds = 0;
        for (Phase phase : phases) {
            sum.add(phase);
            seconds += phase.seconds;
        }
        Phase all = sum.phase(0);
        return new Phase(seconds, all.calls, all.events, all.latency, all.firstByte, all.gaps, all.failures);
    }
}
