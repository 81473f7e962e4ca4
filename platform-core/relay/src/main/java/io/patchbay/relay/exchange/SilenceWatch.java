package io.patchbay.relay.exchange;

import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Notices that an upstream has fallen silent. One timer a flow: it looks when the limit could have passed, instead of being
 * moved at every read. Confined to the serial.
 */
final class SilenceWatch {
    private static final long SHORTEST_LOOK = 1_000_000;

    private final FlowRunner.Surroundings around;
    private final Timeouts patience;
    private final BooleanSupplier asking;
    private final BooleanSupplier contentSeen;
    private final Consumer<Fault> silent;
    private @Nullable Duration own;
    private @Nullable Future<?> timer;
    private long lastActivity;
    private boolean stopped;

    /**
     * Creates a watch that sleeps until {@link #begin}.
     *
     * @param asking whether an exchange is open
     * @param contentSeen whether content has come, which decides between the two limits
     * @param silent told once when the limit has passed
     */
    SilenceWatch(
            FlowRunner.Surroundings around,
            Timeouts patience,
            BooleanSupplier asking,
            BooleanSupplier contentSeen,
            Consumer<Fault> silent) {
        this.around = around;
        this.patience = patience;
        this.asking = asking;
        this.contentSeen = contentSeen;
        this.silent = silent;
    }

    /** An exchange begins; {@code limit} is its own patience, {@code null} for the usual one. */
    void begin(@Nullable Duration limit) {
        own = limit;
        touched();
        if (timer == null && !stopped) {
            look();
        }
    }

    /** Something came from the upstream. */
    void touched() {
        lastActivity = System.nanoTime();
    }

    /** Ends it for good. */
    void stop() {
        stopped = true;
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    private void look() {
        Duration limit = limit();
        boolean open = asking.getAsBoolean();
        long left = limit.toNanos() - (System.nanoTime() - lastActivity);
        if (open && left <= 0) {
            silent.accept(Fault.builder(
                            FaultKind.RETRY,
                            contentSeen.getAsBoolean()
                                    ? "the upstream was silent for " + limit.toSeconds()
                                            + " s in the middle of its answer"
                                    : "the upstream did not begin to answer within " + limit.toSeconds() + " s")
                    .sub("timeout")
                    .build());
            return;
        }
        Duration next = open ? Duration.ofNanos(Math.max(left, SHORTEST_LOOK)) : limit;
        timer = around.timers()
                .after(
                        next,
                        () -> around.serial().execute(() -> {
                            if (!stopped) {
                                look();
                            }
                        }));
    }

    private Duration limit() {
        if (own != null) {
            return own;
        }
        return contentSeen.getAsBoolean() ? patience.stall() : patience.firstToken();
    }
}
