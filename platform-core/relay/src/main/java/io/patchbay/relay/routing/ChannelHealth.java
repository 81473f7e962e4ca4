package io.patchbay.relay.routing;

import io.patchbay.relay.channel.Channel;
import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What is known of one channel on this node. Safe for use by many threads. */
final class ChannelHealth {
    /** The last fault of a channel, for the operator; its text is free of secrets. */
    record LastFault(FaultKind kind, String message, Instant at) {}

    private final Channel channel;
    private final Map<String, KeyHealth> keys;
    final Breaker breaker;
    final FaultWindow window;
    final Throttle throttle;
    final Latency latency;
    final LongAdder calls;
    final LongAdder answered;
    final ConcurrentMap<FaultKind, LongAdder> faults;
    volatile @Nullable LastFault last;

    private ChannelHealth(Channel channel, @Nullable ChannelHealth before, UnaryOperator<String> marks, Instant now) {
        this.channel = channel;
        ChannelHealth kept = before != null && address(before.channel).equals(address(channel)) ? before : null;
        boolean mended = kept != null && kept.breaker.standing().kind() == FaultKind.CONFIG;
        this.breaker = kept == null || mended ? new Breaker(Standing.fresh(now)) : kept.breaker;
        this.window = kept == null ? new FaultWindow() : kept.window;
        this.latency = kept == null ? new Latency() : kept.latency;
        // Calls that are under way leave through the throttle they came in by.
        this.throttle = before == null ? new Throttle() : before.throttle;
        this.calls = before == null ? new LongAdder() : before.calls;
        this.answered = before == null ? new LongAdder() : before.answered;
        this.faults = before == null ? new ConcurrentHashMap<>() : before.faults;
        this.last = before == null ? null : before.last;
        Map<String, KeyHealth> known = new LinkedHashMap<>();
        for (String line : lines(channel)) {
            KeyHealth own = kept == null ? null : kept.keys.get(line);
            known.put(line, own == null ? new KeyHealth(marks.apply(line), now) : own);
        }
        this.keys = known;
    }

    /**
     * Returns the health of a channel as it is configured now.
     *
     * @param before what was known of it; kept as far as the upstream and its keys are the same. A rest because of wrong
     *     settings ends, since they were changed
     * @param marks makes the mark of a key
     */
    static ChannelHealth of(Channel channel, @Nullable ChannelHealth before, UnaryOperator<String> marks, Instant now) {
        return new ChannelHealth(channel, before, marks, now);
    }

    /** Two settings with the same address are the same upstream. */
    private static Object address(Channel channel) {
        return List.of(channel.type(), channel.endpoint(), channel.proxy());
    }

    /** Returns the key lines; a channel without keys has an empty one. */
    private static List<String> lines(Channel channel) {
        return channel.keys().isEmpty() ? List.of("") : channel.keys();
    }

    /** Returns whether this is about the channel with the same settings. */
    boolean fits(Channel now) {
        return channel.equals(now);
    }

    /** Returns the keys in the order of the channel. */
    Map<String, KeyHealth> keys() {
        return keys;
    }

    @Nullable
    KeyHealth key(String line) {
        return keys.get(line);
    }

    @Nullable
    KeyHealth keyByMark(String mark) {
        for (KeyHealth key : keys.values()) {
            if (key.mark().equals(mark)) {
                return key;
            }
        }
        return null;
    }

    void failed(Fault fault, Instant now) {
        faults.computeIfAbsent(fault.kind(), ignored -> new LongAdder()).increment();
        last = new LastFault(fault.kind(), fault.message(), now);
    }
}
