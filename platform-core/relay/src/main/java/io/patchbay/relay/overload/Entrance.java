package io.patchbay.relay.overload;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.patchbay.foundation.bounds.FairShares;
import io.patchbay.foundation.config.LimitsConfig;
import io.patchbay.foundation.problem.Problem;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * Lets relayed calls in, as many at once as the site can carry. Nothing queues here: what is too much is refused at once,
 * before its body is read. Costs a few atomic operations a call. Safe for use by many threads.
 *
 * <ul>
 *   <li>All places taken: 503, whoever asks.
 *   <li>A user who holds more than twice as many places as are free: 429. So a single user gets two thirds of them at
 *       most, and of any number of users each finds some free.
 *   <li>More bytes of bodies than the site may hold, or, for a user whose bodies hold much already, than are left to
 *       others: 503.
 * </ul>
 */
public final class Entrance {
    /** Places a user may hold as long as there are any. */
    static final int FEW_CALLS = 4;

    /** A user who holds less than this part of the memory for bodies gets whatever is free. */
    private static final int FEW_BYTES_DIVISOR = 64;

    private static final String OVERLOADED = "overloaded";

    private final FairShares<Long> calls;
    private final FairShares<Long> bodies;
    private final LongAdder refusedFull = new LongAdder();
    private final LongAdder refusedShare = new LongAdder();
    private final LongAdder refusedBytes = new LongAdder();

    /** Creates an entrance through which nobody has gone yet. */
    public Entrance(LimitsConfig limits) {
        this.calls = new FairShares<>(limits.calls(), limits.callsOfUser(), FEW_CALLS, 2);
        this.bodies = new FairShares<>(
                limits.bodyBytes(), Long.MAX_VALUE, Math.max(1, limits.bodyBytes() / FEW_BYTES_DIVISOR), 1);
    }

    /** Registers how full it is and how many were refused. */
    public Entrance measured(MeterRegistry metrics) {
        Gauge.builder("patchbay.relay.places", calls, FairShares::taken)
                .description("relayed calls that hold a place")
                .register(metrics);
        Gauge.builder("patchbay.relay.body.bytes", bodies, FairShares::taken)
                .description("memory held by bodies of relayed calls")
                .baseUnit("bytes")
                .register(metrics);
        refused(metrics, "full", refusedFull);
        refused(metrics, "share", refusedShare);
        refused(metrics, "body", refusedBytes);
        return this;
    }

    private static void refused(MeterRegistry metrics, String why, LongAdder count) {
        FunctionCounter.builder("patchbay.relay.refused", count, LongAdder::sum)
                .description("relayed calls that were not let in because of overload")
                .tag("limit", why)
                .register(metrics);
    }

    /**
     * Takes a place for a call of that user.
     *
     * @return the place, to be closed when the call is over
     * @throws Problem UNAVAILABLE when the site is full, TOO_MANY when the user holds more than a fair share
     */
    public Place enter(long user) {
        return switch (calls.take(user, 1)) {
            case IN -> new Place(this, user);
            case FULL -> {
                refusedFull.increment();
                throw new Problem(
                        Problem.Kind.UNAVAILABLE,
                        "This site answers as many requests at once as it can. Try again in a moment.",
                        Map.of("code", OVERLOADED));
            }
            case SHARE -> {
                refusedShare.increment();
                throw new Problem(
                        Problem.Kind.TOO_MANY,
                        "Too many of your requests are being answered at once. Try again when one of them is done.",
                        Map.of("code", "too_many_concurrent_requests"));
            }
        };
    }

    void hold(long user, long bytes) {
        if (bodies.take(user, bytes) != FairShares.Verdict.IN) {
            refusedBytes.increment();
            throw new Problem(
                    Problem.Kind.UNAVAILABLE,
                    "This site holds as many large request bodies at once as it can. Try again in a moment.",
                    Map.of("code", OVERLOADED));
        }
    }

    void free(long user, long bytes) {
        bodies.give(user, bytes);
    }

    void leave(long user) {
        calls.give(user, 1);
    }

    /** Returns the largest body that is let in, in bytes: half of the memory for bodies, so that others find room. */
    public long largestBody() {
        return Math.max(1, bodies.most() / 2);
    }

    /** Returns how many calls are in. */
    public long inside() {
        return calls.taken();
    }

    /** Returns how many bytes of bodies are held. */
    public long bodyBytes() {
        return bodies.taken();
    }
}
