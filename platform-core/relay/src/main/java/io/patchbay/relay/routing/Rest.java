package io.patchbay.relay.routing;

import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a fault means for those it came from: who rests, and for how long. The table of this room.
 *
 * @param target who rests
 * @param first the first rest; each further one in a row is twice as long
 * @param most the longest rest
 * @param told how long the upstream itself asked to wait, {@code null} when it did not
 * @param counts whether only several such faults in a short time make it rest
 */
record Rest(
        Target target,
        Duration first,
        Duration most,
        @Nullable Duration told,
        boolean counts) {
    private static final Duration MOST_TOLD = Duration.ofHours(24);

    private static final Rest WELL = new Rest(Target.NOBODY, Duration.ZERO, Duration.ZERO, null, false);
    private static final Rest UNKNOWN = new Rest(Target.UNKNOWN, Duration.ZERO, Duration.ZERO, null, false);

    enum Target {
        /** The upstream is well: it understood the request and refused it, or cannot do what was asked. */
        NOBODY,
        /** Nothing was sent, so nothing is known. */
        UNKNOWN,
        CHANNEL,
        KEY,
        /** One model behind one key. */
        MODEL
    }

    static Rest of(Fault fault) {
        if (Permit.BEFORE_SENDING.equals(fault.sub())) {
            return UNKNOWN;
        }
        Duration told = told(fault);
        return switch (fault.kind()) {
            // What a refused key needs is a person; but keys are unlocked and topped up without telling us.
            case KEY_DEAD -> new Rest(Target.KEY, Duration.ofMinutes(10), Duration.ofHours(24), null, false);
            case QUOTA -> new Rest(Target.KEY, Duration.ofMinutes(5), Duration.ofHours(6), told, false);
            // Most vendors count by model; one that does not says so again for the next model.
            case RATE -> new Rest(Target.MODEL, Duration.ofSeconds(1), Duration.ofMinutes(1), told, false);
            case NO_ACCESS -> new Rest(Target.MODEL, Duration.ofMinutes(10), Duration.ofHours(6), told, false);
            case CONFIG, CLOCK -> new Rest(Target.CHANNEL, Duration.ofSeconds(30), Duration.ofMinutes(10), told, false);
            case RETRY, UPSTREAM, TRUNCATED, PLUGIN, UNKNOWN_OUTCOME ->
                new Rest(Target.CHANNEL, Duration.ofSeconds(5), Duration.ofMinutes(5), told, told == null);
            case BAD_REQUEST, TOO_LONG, CONTENT, UNSUPPORTED, KEY_STALE -> WELL;
        };
    }

    private static @Nullable Duration told(Fault fault) {
        Duration after = fault.after();
        if (after == null || after.isNegative() || after.isZero()) {
            return null;
        }
        return after.compareTo(MOST_TOLD) > 0 ? MOST_TOLD : after;
    }

    /** Returns how long the rest with that number lasts; the first is number 1. */
    Duration length(int strike) {
        if (told != null) {
            return told;
        }
        long factor = 1L << Math.min(20, Math.max(0, strike - 1));
        Duration length = first.multipliedBy(factor);
        return length.compareTo(most) > 0 ? most : length;
    }

    /** Returns whether a rest of that kind must outlive this process and be known to other nodes. */
    static boolean lasting(FaultKind kind) {
        return kind == FaultKind.KEY_DEAD || kind == FaultKind.QUOTA;
    }

    /** Returns whether something that rests for that reason may be used when nothing better is left. */
    static boolean usableInNeed(@Nullable FaultKind kind) {
        return kind != null
                && switch (kind) {
                    case RATE, RETRY, UPSTREAM, TRUNCATED, PLUGIN, UNKNOWN_OUTCOME -> true;
                    default -> false;
                };
    }
}
