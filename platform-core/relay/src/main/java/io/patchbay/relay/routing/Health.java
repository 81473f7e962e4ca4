package io.patchbay.relay.routing;

import io.patchbay.relay.channel.Channel;
import io.patchbay.relay.channel.ChannelSettings;
import io.patchbay.relay.routing.Breaker.Entry;
import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What this node knows of all channels and their keys. Every attempt goes through a {@link Permit} and tells how it went;
 * {@link Rest} says what that means. Safe for use by many threads; looking takes no lock but the throttles'.
 */
public final class Health {
    private static final Logger log = LoggerFactory.getLogger(Health.class);

    /** How a call came past the breakers. */
    record Entries(Entry channel, Entry key, @Nullable Entry model) {}

    /** Told when a rest begins or ends that must outlive this process. */
    interface Listener {
        void changed(long channel, String keyMark, Standing standing);
    }

    private final ConcurrentMap<Long, ChannelHealth> channels = new ConcurrentHashMap<>();
    private final UnaryOperator<String> marks;
    private final InstantSource clock;
    private volatile Listener listener = (channel, key, standing) -> {};

    /**
     * Creates the health of channels of which nothing is known.
     *
     * @param marks makes of a key what stands for it without telling it
     */
    public Health(UnaryOperator<String> marks, InstantSource clock) {
        this.marks = marks;
        this.clock = clock;
    }

    void listen(Listener told) {
        this.listener = told;
    }

    Instant now() {
        return clock.instant();
    }

    /** Returns what is known of a channel. */
    ChannelHealth of(Channel channel) {
        ChannelHealth known = channels.get(channel.id());
        return known != null ? known : channels.computeIfAbsent(channel.id(), id -> fresh(channel, null));
    }

    /** Follows a change of the channels' settings: what concerns an upstream or a key that is no longer used goes. */
    void follow(List<Channel> all) {
        for (Channel channel : all) {
            channels.computeIfPresent(
                    channel.id(), (id, before) -> before.fits(channel) ? before : fresh(channel, before));
        }
        channels.keySet().removeIf(id -> all.stream().noneMatch(channel -> channel.id() == id));
    }

    /** Forgets all rests of a channel and its keys, because the operator says that it is mended. */
    void revive(Channel channel) {
        ChannelHealth before = of(channel);
        before.keys().values().forEach(key -> ended(channel.id(), key));
        channels.put(channel.id(), fresh(channel, null));
    }

    private ChannelHealth fresh(Channel channel, @Nullable ChannelHealth before) {
        return ChannelHealth.of(channel, before, marks, now());
    }

    // ---- looking ----

    /** Returns whether a call for that model may go to the channel with any key. */
    boolean open(Channel channel, String model, Instant now) {
        ChannelHealth health = of(channel);
        return health.breaker.open(now)
                && health.throttle.free(channel.settings().channelCap(), now.toEpochMilli())
                && health.keys().values().stream().anyMatch(key -> open(channel, key, model, now));
    }

    /** Returns whether a call for that model may use that key. */
    boolean open(Channel channel, KeyHealth key, String model, Instant now) {
        return key.open(model, now) && key.throttle.free(channel.settings().keyCap(), now.toEpochMilli());
    }

    /** Returns whether a call for that model may use that key when nothing better is left. */
    boolean openInNeed(Channel channel, KeyHealth key, String model, Instant now) {
        return key.openInNeed(model, now)
                && key.throttle.free(channel.settings().keyCap(), now.toEpochMilli());
    }

    /** Returns whether the channel itself may be used when nothing better is left. */
    boolean openInNeed(Channel channel, Instant now) {
        return of(channel).breaker.standing().openInNeed(now);
    }

    // ---- going in ----

    /**
     * Lets a call in.
     *
     * @param inNeed whether it may go where we, and not the upstream, decided that it rests
     * @return {@code null} when it must go elsewhere
     */
    @Nullable
    Permit enter(Channel channel, String line, String model, boolean inNeed) {
        ChannelHealth health = of(channel);
        KeyHealth key = health.key(line);
        if (key == null) {
            return null;
        }
        Instant now = now();
        ChannelSettings settings = channel.settings();
        long nowMs = now.toEpochMilli();
        if (!health.throttle.enter(settings.channelCap(), nowMs)) {
            return null;
        }
        if (!key.throttle.enter(settings.keyCap(), nowMs)) {
            health.throttle.leave();
            return null;
        }
        Entries entries = entries(health, key, model, inNeed, now);
        if (entries == null) {
            key.throttle.leave();
            health.throttle.leave();
            return null;
        }
        return permit(channel, model, health, key, entries, now);
    }

    private static @Nullable Entries entries(
            ChannelHealth health, KeyHealth key, String model, boolean inNeed, Instant now) {
        Entry whole = enter(health.breaker, inNeed, now);
        if (whole == null) {
            return null;
        }
        Entry own = enter(key.breaker, inNeed, now);
        if (own == null) {
            health.breaker.left(whole, now);
            return null;
        }
        Breaker troubled = key.model(model);
        Entry behind = troubled == null ? null : enter(troubled, inNeed, now);
        if (troubled != null && behind == null) {
            key.breaker.left(own, now);
            health.breaker.left(whole, now);
            return null;
        }
        return new Entries(whole, own, behind);
    }

    /** Takes the trial of a channel, or of one of its keys, that rests and may be tried again. */
    Optional<Probe> due(Channel channel, String model) {
        Instant now = now();
        ChannelHealth health = of(channel);
        boolean whole = isDue(health.breaker, now);
        for (Map.Entry<String, KeyHealth> key : health.keys().entrySet()) {
            if ((whole && open(channel, key.getValue(), model, now)) || isDue(key.getValue().breaker, now)) {
                Permit permit = enter(channel, key.getKey(), model, false);
                if (permit != null) {
                    int index = channel.keys().indexOf(key.getKey());
                    return Optional.of(new Probe(channel, index < 0 ? null : index, model, permit));
                }
            }
        }
        return Optional.empty();
    }

    private static boolean isDue(Breaker breaker, Instant now) {
        return breaker.standing().phase() == Standing.Phase.RESTING && breaker.open(now);
    }

    private static @Nullable Entry enter(Breaker breaker, boolean inNeed, Instant now) {
        return inNeed ? breaker.enterInNeed(now) : breaker.enter(now);
    }

    /** Lets a call in that cannot go anywhere else, such as one that follows a task. */
    Permit admit(Channel channel, String line, String model) {
        ChannelHealth health = of(channel);
        Instant now = now();
        KeyHealth known = health.key(line);
        KeyHealth key = known == null ? new KeyHealth(marks.apply(line), now) : known;
        health.throttle.force(channel.settings().channelCap(), now.toEpochMilli());
        key.throttle.force(channel.settings().keyCap(), now.toEpochMilli());
        return permit(channel, model, health, key, new Entries(Entry.FORCED, Entry.FORCED, Entry.FORCED), now);
    }

    private Permit permit(
            Channel channel, String model, ChannelHealth health, KeyHealth key, Entries entries, Instant now) {
        health.calls.increment();
        key.calls.increment();
        return new Permit(this, channel, model, health, key, entries, now);
    }

    // ---- what permits tell ----

    void works(Permit permit) {
        Instant now = now();
        if (permit.of().breaker.succeeded(permit.entries().channel(), now)) {
            log.info("channel \"{}\" is back", permit.channel().name());
        }
        if (permit.key().breaker.succeeded(permit.entries().key(), now)) {
            log.info("a key of channel \"{}\" is back", permit.channel().name());
            ended(permit.channel().id(), permit.key());
        }
        Breaker troubled = permit.key().model(permit.model());
        if (troubled != null) {
            troubled.succeeded(permit.entries().model(), now);
        }
    }

    private void ended(long channel, KeyHealth key) {
        Standing standing = key.breaker.standing();
        FaultKind kind = standing.kind();
        if (kind != null && Rest.lasting(kind)) {
            listener.changed(channel, key.mark(), Standing.fresh(now()));
        }
    }

    void answered(Permit permit) {
        permit.of().answered.increment();
        permit.of().window.answered(clock.millis());
    }

    void failed(Permit permit, Fault fault) {
        Instant now = now();
        permit.of().failed(fault, now);
        permit.key().faults.increment();
        Rest rest = Rest.of(fault);
        switch (rest.target()) {
            case NOBODY -> {
                // It answered, if only with a refusal.
                works(permit);
                answered(permit);
                return;
            }
            case UNKNOWN -> {
                left(permit);
                return;
            }
            case CHANNEL -> {
                restChannel(permit, rest, fault, now);
                permit.key().breaker.left(permit.entries().key(), now);
            }
            case KEY -> {
                restKey(permit, rest, fault, now);
                permit.of().breaker.left(permit.entries().channel(), now);
            }
            case MODEL -> {
                permit.key()
                        .troubled(permit.model(), now)
                        .rest(permit.entries().model(), rest, fault.kind(), fault.message(), now);
                permit.key().breaker.left(permit.entries().key(), now);
                permit.of().breaker.left(permit.entries().channel(), now);
                return;
            }
        }
        Breaker troubled = permit.key().model(permit.model());
        if (troubled != null) {
            troubled.left(permit.entries().model(), now);
        }
    }

    private void restChannel(Permit permit, Rest rest, Fault fault, Instant now) {
        Breaker breaker = permit.of().breaker;
        boolean due = permit.of().window.failed(now.toEpochMilli())
                || !rest.counts()
                || permit.entries().channel() == Entry.TRIAL;
        if (due && breaker.rest(permit.entries().channel(), rest, fault.kind(), fault.message(), now)) {
            log.warn(
                    "channel \"{}\" rests until {}: {}: {}",
                    permit.channel().name(),
                    breaker.standing().until(),
                    fault,
                    fault.message());
        }
    }

    private void restKey(Permit permit, Rest rest, Fault fault, Instant now) {
        Breaker breaker = permit.key().breaker;
        if (breaker.rest(permit.entries().key(), rest, fault.kind(), fault.message(), now)
                && Rest.lasting(fault.kind())) {
            log.warn(
                    "a key of channel \"{}\" rests until {}: {}: {}",
                    permit.channel().name(),
                    breaker.standing().until(),
                    fault,
                    fault.message());
            listener.changed(permit.channel().id(), permit.key().mark(), breaker.standing());
        }
    }

    void left(Permit permit) {
        Instant now = now();
        permit.of().breaker.left(permit.entries().channel(), now);
        permit.key().breaker.left(permit.entries().key(), now);
        Breaker troubled = permit.key().model(permit.model());
        if (troubled != null) {
            troubled.left(permit.entries().model(), now);
        }
    }
}
