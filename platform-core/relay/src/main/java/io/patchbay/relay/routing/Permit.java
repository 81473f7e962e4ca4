package io.patchbay.relay.routing;

import io.patchbay.relay.channel.Channel;
import io.patchbay.spi.Fault;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A call's right to use a channel with a key, from the choice until nothing of the attempt runs. Tells the health of both
 * how it went; only the first verdict counts. Confined to the call's serial.
 */
public final class Permit {
    /** The finer word of faults that were found before anything was sent; asking again costs nothing. */
    public static final String BEFORE_SENDING = "before_sending";

    private final Health health;
    private final Channel channel;
    private final String model;
    private final ChannelHealth of;
    private final KeyHealth key;
    private final Health.Entries entries;
    private final Instant begun;
    private @Nullable Fault fault;
    private boolean content;
    private boolean judged;
    private boolean closed;

    Permit(
            Health health,
            Channel channel,
            String model,
            ChannelHealth of,
            KeyHealth key,
            Health.Entries entries,
            Instant begun) {
        this.health = health;
        this.channel = channel;
        this.model = model;
        this.of = of;
        this.key = key;
        this.entries = entries;
        this.begun = begun;
    }

    /** The first content came: the upstream works, whatever comes later. */
    public void content() {
        if (!content && !judged) {
            content = true;
            of.latency.took(model, Duration.between(begun, health.now()));
            health.works(this);
        }
    }

    /** The answer is complete. */
    public void answered() {
        if (!judged) {
            content();
            judged = true;
            health.answered(this);
        }
    }

    /** The attempt failed. */
    public void failed(Fault fault) {
        if (!judged) {
            judged = true;
            this.fault = fault;
            health.failed(this, fault);
        }
    }

    /** Returns why the attempt failed; {@code null} when it did not, or has not yet. */
    @Nullable
    Fault fault() {
        return fault;
    }

    /** Nothing of the attempt runs any more; without a verdict it told nothing. */
    public void close() {
        if (!closed) {
            closed = true;
            if (!judged) {
                judged = true;
                if (!content) {
                    // Else one that is always overtaken would stay unknown, and unknown ones are asked first.
                    of.latency.tookLonger(model, Duration.between(begun, health.now()));
                }
                health.left(this);
            }
            of.throttle.leave();
            key.throttle.leave();
        }
    }

    Channel channel() {
        return channel;
    }

    String model() {
        return model;
    }

    ChannelHealth of() {
        return of;
    }

    KeyHealth key() {
        return key;
    }

    Health.Entries entries() {
        return entries;
    }
}
