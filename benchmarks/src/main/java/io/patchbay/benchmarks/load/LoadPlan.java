package io.patchbay.benchmarks.load;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * What is sent.
 *
 * @param target where to, an http address with a port or the default one
 * @param key the API key, empty for none
 * @param bodies sent in turn
 * @param connections how many calls there are at once; with a rate, at most
 * @param stream whether answers are streams
 * @param events how many content events each stream must have
 * @param ratePerSecond calls per second whatever the answers take; 0 begins a call when the last one of a connection ends
 * @param ramp the time over which the connections begin
 * @param limit how long a call may take
 */
public record LoadPlan(
        URI target,
        String key,
        List<byte[]> bodies,
        int connections,
        boolean stream,
        int events,
        double ratePerSecond,
        Duration ramp,
        Duration limit) {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** The longest paced streams last a minute by themselves. */
    private static final Duration STREAM_LIMIT = Duration.ofMinutes(3);

    /** A closed loop of whole answers. */
    public static LoadPlan plain(URI target, String key, List<byte[]> bodies, int connections) {
        return new LoadPlan(target, key, bodies, connections, false, 0, 0, Duration.ZERO, LIMIT);
    }

    /** A closed loop of streams with so many content events each. */
    public static LoadPlan streams(URI target, String key, List<byte[]> bodies, int connections, int events) {
        return new LoadPlan(target, key, bodies, connections, true, events, 0, Duration.ZERO, STREAM_LIMIT);
    }

    /** Returns the same with that many calls per second. */
    public LoadPlan rate(double perSecond) {
        return new LoadPlan(target, key, bodies, connections, stream, events, perSecond, ramp, limit);
    }

    /** Returns the same with the connections beginning over that time. */
    public LoadPlan over(Duration time) {
        return new LoadPlan(target, key, bodies, connections, stream, events, ratePerSecond, time, limit);
    }
}
