package io.patchbay.relay.call;

import io.patchbay.billing.TokenUsage;
import io.patchbay.billing.admission.Admitted;
import io.patchbay.billing.ledger.Held;
import io.patchbay.billing.policy.BillingPolicy;
import io.patchbay.relay.exchange.Serial;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Watches that a streamed answer does not outgrow what its user can pay. When the answer comes near what is held for it,
 * more is held, which counts against whatever else the user starts meanwhile; when there is no more, and the policy says
 * so, the answer is stopped.
 *
 * <p>Confined to the call's serial.
 */
final class SpendGuard {
    /** So many tokens of an answer pass between two looks at its cost. */
    private static final long LOOK_EVERY = 128;

    /** For so many tokens more is held at a time, at least. */
    private static final long AHEAD = 1_000;

    /** Holds more, as {@code Ledger.extend} does. */
    interface Extension {
        CompletableFuture<Held> extend(String requestId, long micro);
    }

    private final Extension extension;
    private final Admitted admitted;
    private final Serial serial;
    private final long input;
    private final LongSupplier exactOutput;
    private final Runnable spent;
    private long held;
    private long seen;
    private long nextLook = LOOK_EVERY;
    private boolean asking;

    /**
     * Creates a guard.
     *
     * @param extension holds more
     * @param input the tokens of the prompt
     * @param exactOutput counts the tokens of the answer so far; asked only before the answer is stopped
     * @param spent stops the answer; run in the serial
     */
    SpendGuard(
            Extension extension,
            Admitted admitted,
            Serial serial,
            long input,
            LongSupplier exactOutput,
            Runnable spent) {
        this.extension = extension;
        this.admitted = admitted;
        this.serial = serial;
        this.input = input;
        this.exactOutput = exactOutput;
        this.spent = spent;
        this.held = admitted.reservedMicro();
    }

    /**
     * Looks at an answer.
     *
     * @param output its tokens so far, by a cheap estimate
     */
    void look(long output) {
        seen = output;
        if (asking || output < nextLook || !admitted.growing()) {
            return;
        }
        nextLook = output + LOOK_EVERY;
        if (cost(output + LOOK_EVERY) > held) {
            asking = true;
            long more = Math.max(held, cost(output + AHEAD) - held);
            extension
                    .extend(admitted.requestId(), more)
                    .whenComplete((now, failure) -> serial.execute(() -> told(held + more, now)));
        }
    }

    /**
     * The answer went on meanwhile, so it may have outgrown even what was granted in full; then more is asked for. When the
     * ledger could not be asked, the answer goes on: its end will tell.
     */
    private void told(long wanted, @Nullable Held now) {
        asking = false;
        if (now == null) {
            return;
        }
        held = now.micro();
        if (held >= wanted) {
            nextLook = seen;
            look(seen);
            return;
        }
        boolean stops = admitted.policy().spent() == BillingPolicy.Spent.STOP;
        // The estimate errs upwards: nobody is to be stopped for tokens that were not there.
        if (stops && cost(seen) > held && cost(exactOutput.getAsLong()) > held) {
            spent.run();
        }
    }

    /** Returns what is held by now, in micro-credits. */
    long held() {
        return held;
    }

    private long cost(long output) {
        return admitted.cost(new TokenUsage(input, output, 0, 0, true));
    }
}
