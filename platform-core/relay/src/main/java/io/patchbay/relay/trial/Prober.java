package io.patchbay.relay.trial;

import io.patchbay.relay.exchange.Timers;
import io.patchbay.relay.routing.Probe;
import io.patchbay.relay.routing.Router;
import io.patchbay.spi.Fault;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks upstreams that rest, and may be tried again, a short question, so that no client has to find out. Does so as often as
 * the site's rules say, which is never unless an operator wants it: each probe is paid for.
 */
public final class Prober implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Prober.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int TOKENS = 16;

    /** Nobody's user id: a probe is the server's own. */
    private static final long NOBODY = 0;

    private final Router router;
    private final ChannelTrial trial;
    private final Timers timers;
    private final InstantSource clock;
    private Instant last = Instant.EPOCH;
    private volatile boolean closed;

    private Prober(Router router, ChannelTrial trial, Timers timers, InstantSource clock) {
        this.router = router;
        this.trial = trial;
        this.timers = timers;
        this.clock = clock;
    }

    /** Begins to look, once a second. */
    public static Prober start(Router router, ChannelTrial trial, Timers timers, InstantSource clock) {
        Prober prober = new Prober(router, trial, timers, clock);
        prober.again();
        return prober;
    }

    private void again() {
        timers.after(LOOK_EVERY, () -> {
            if (closed) {
                return;
            }
            try {
                look();
            } catch (RuntimeException e) {
                log.warn("channels could not be probed", e);
            }
            again();
        });
    }

    /** Called by one timer after the other. */
    private void look() {
        int seconds = router.settings().probeSeconds();
        Instant now = clock.instant();
        if (seconds > 0 && !now.isBefore(last.plusSeconds(seconds))) {
            last = now;
            router.due().forEach(this::probe);
        }
    }

    private void probe(Probe due) {
        TrialOrder order = new TrialOrder(due.model(), due.key(), true, TrialOrder.PROMPT, TOKENS, PATIENCE);
        try {
            trial.run(due.channel(), order, NOBODY).whenComplete((report, failure) -> judge(due, report, failure));
        } catch (RuntimeException e) {
            due.permit().close();
            log.debug(
                    "channel \"{}\" could not be probed now: {}", due.channel().name(), e.getMessage());
        }
    }

    private static void judge(Probe due, @Nullable TrialReport report, @Nullable Throwable failure) {
        if (report != null && report.ok()) {
            due.permit().answered();
        } else if (report != null) {
            Fault fault = report.fault();
            if (fault != null) {
                due.permit().failed(fault);
            }
        } else {
            log.debug(
                    "the probe of channel \"{}\" ended unexpectedly",
                    due.channel().name(),
                    failure);
        }
        due.permit().close();
    }

    @Override
    public void close() {
        closed = true;
    }
}
