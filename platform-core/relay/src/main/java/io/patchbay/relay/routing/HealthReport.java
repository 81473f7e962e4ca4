package io.patchbay.relay.routing;

import io.patchbay.relay.channel.Channel;
import io.patchbay.relay.channel.KeyMask;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How a channel stands on this node, for the operator. Free of secrets.
 *
 * @param running calls under way
 * @param calls attempts since the start of this node, {@code answered} of them with a whole answer
 * @param faults attempts that failed, by the fault's kind
 * @param latencyMs average time to the first content in milliseconds, by model
 */
public record HealthReport(
        long id,
        String name,
        boolean active,
        State state,
        int running,
        long calls,
        long answered,
        Map<String, Long> faults,
        @Nullable Fault lastFault,
        Map<String, Double> latencyMs,
        List<Key> keys) {
    /**
     * A standing.
     *
     * @param phase {@code good}, {@code resting}, {@code due} (the next call tries it) or {@code trial}
     * @param kind why, empty when it never rested
     */
    public record State(
            String phase,
            int strikes,
            Instant since,
            @Nullable Instant until,
            String kind,
            String reason) {
        static State of(Standing standing, Instant now) {
            String phase = switch (standing.phase()) {
                case GOOD -> "good";
                case RESTING -> standing.open(now) ? "due" : "resting";
                case TRIAL -> "trial";
            };
            return new State(
                    phase,
                    standing.strikes(),
                    standing.since(),
                    standing.until(),
                    standing.kind() == null ? "" : standing.kind().name(),
                    standing.reason());
        }
    }

    /** The last fault. */
    public record Fault(String kind, String message, Instant at) {}

    /**
     * A key.
     *
     * @param index its place among the channel's keys, from 0
     * @param shown the key, masked
     * @param models models that this key may not use at the moment
     */
    public record Key(
            int index, String shown, State state, int running, long calls, long faults, Map<String, State> models) {}

    static HealthReport of(Channel channel, Health all) {
        Instant now = all.now();
        ChannelHealth health = all.of(channel);
        Map<String, Long> faults = new TreeMap<>();
        health.faults.forEach((kind, count) -> faults.put(kind.name(), count.sum()));
        Map<String, Double> latency = new TreeMap<>();
        channel.offered().forEach(model -> {
            Double ms = health.latency.ms(model);
            if (ms != null) {
                latency.put(model, Math.round(ms * 10) / 10.0);
            }
        });
        ChannelHealth.LastFault last = health.last;
        return new HealthReport(
                channel.id(),
                channel.name(),
                channel.active(),
                State.of(health.breaker.standing(), now),
                health.throttle.running(),
                health.calls.sum(),
                health.answered.sum(),
                faults,
                last == null ? null : new Fault(last.kind().name(), last.message(), last.at()),
                latency,
                keys(health, now));
    }

    private static List<Key> keys(ChannelHealth health, Instant now) {
        List<Key> keys = new ArrayList<>();
        health.keys().forEach((line, key) -> {
            Map<String, State> models = new TreeMap<>();
            key.troubledModels().forEach((model, breaker) -> {
                if (breaker.standing().phase() != Standing.Phase.GOOD) {
                    models.put(model, State.of(breaker.standing(), now));
                }
            });
            keys.add(new Key(
                    keys.size(),
                    line.isEmpty() ? "" : KeyMask.of(line),
                    State.of(key.breaker.standing(), now),
                    key.throttle.running(),
                    key.calls.sum(),
                    key.faults.sum(),
                    models));
        });
        return keys;
    }
}
