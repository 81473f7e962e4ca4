package io.patchbay.relay.routing;

import io.patchbay.spi.FaultKind;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How something stands that calls may go to: a channel, one of its keys, or a model behind a key.
 *
 * @param phase what calls may do
 * @param strikes how often in a row it had to rest, 0 when it never had to; remembered for a while after it came back, so
 *     that something half-broken rests longer each time
 * @param since when it came into this phase
 * @param until when a resting one is tried again; {@code null} unless it rests
 * @param rested how long the last rest was
 * @param told whether the upstream itself said for how long
 * @param kind why it rests or rested last; {@code null} when it never did
 * @param reason the same in words for the operator, free of secrets
 */
public record Standing(
        Phase phase,
        int strikes,
        Instant since,
        @Nullable Instant until,
        Duration rested,
        boolean told,
        @Nullable FaultKind kind,
        String reason) {
    /** What calls may do. */
    public enum Phase {
        /** Calls go there. */
        GOOD,
        /** Calls go elsewhere until a time. */
        RESTING,
        /** One call finds out whether it is good again; others go elsewhere. */
        TRIAL
    }

    /** Returns the standing of something nothing is known of. */
    static Standing fresh(Instant now) {
        return new Standing(Phase.GOOD, 0, now, null, Duration.ZERO, false, null, "");
    }

    /** Returns whether a call may go there when nothing better is left: it rests by our own judgement only. */
    boolean openInNeed(Instant now) {
        return open(now) || (!told && Rest.usableInNeed(kind));
    }

    /** Returns whether a call may go there now, be it as the trial. */
    boolean open(Instant now) {
        return switch (phase) {
            case GOOD -> true;
            case RESTING -> until != null && !until.isAfter(now);
            case TRIAL -> since.plus(Breaker.LONGEST_TRIAL).isBefore(now);
        };
    }
}
