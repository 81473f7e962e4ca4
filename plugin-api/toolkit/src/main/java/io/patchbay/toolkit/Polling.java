package io.patchbay.toolkit;

import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.Next;
import io.patchbay.spi.Turn;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * Asks a vendor again and again until its answer is there, inside one call: every second at first, less often the longer
 * it takes, because vendors limit how often they are asked. One object serves one run.
 */
public final class Polling {
    private static final Duration OFTEN = Duration.ofSeconds(1);
    private static final Duration SELDOM = Duration.ofSeconds(30);
    private static final Duration MOST_AT_ONCE = Duration.ofSeconds(60);
    private static final int SHARE = 6;
    private static final int PATIENCE = 3;

    private final Turn<?> turn;
    private final Duration most;
    private final Instant begun;
    private int refusals;

    private Polling(Turn<?> turn, Duration most) {
        this.turn = turn;
        this.most = most;
        this.begun = turn.now();
    }

    /**
     * Begins to wait.
     *
     * @param most how long at most, from now on
     */
    public static Polling of(Turn<?> turn, Duration most) {
        return new Polling(turn, most);
    }

    /**
     * Waits and asks once more after a refusal that may be transient, three times in a row at most; fails with any
     * other.
     *
     * @param fault why the vendor did not even say that the answer is not there yet
     */
    public Next refused(Fault fault, Supplier<Next> ask) {
        boolean passing =
                fault.kind() == FaultKind.RATE || fault.kind() == FaultKind.RETRY || fault.kind() == FaultKind.UPSTREAM;
        if (!passing || ++refusals > PATIENCE) {
            return Next.fail(fault);
        }
        Duration asked = fault.after();
        if (asked == null) {
            return wait(ask, fault);
        }
        return Next.pause(asked.compareTo(MOST_AT_ONCE) > 0 ? MOST_AT_ONCE : asked, ask);
    }

    /** Waits and asks once more, or fails as {@link FaultKind#UPSTREAM} when it took too long. */
    public Next again(Supplier<Next> ask) {
        refusals = 0;
        return wait(
                ask,
                Fault.of(FaultKind.UPSTREAM, "the upstream did not answer within " + most.toSeconds() + " seconds"));
    }

    private Next wait(Supplier<Next> ask, Fault late) {
        Duration waited = Duration.between(begun, turn.now());
        if (waited.compareTo(most) >= 0) {
            return Next.fail(late);
        }
        Duration share = waited.dividedBy(SHARE);
        Duration pause = share.compareTo(OFTEN) < 0 ? OFTEN : share.compareTo(SELDOM) > 0 ? SELDOM : share;
        return Next.pause(pause, ask);
    }
}
