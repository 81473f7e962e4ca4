package io.patchbay.relay.record;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** Counters and timers of the relay. No label is chosen by a client. */
public final class RelayMetrics {
    private final MeterRegistry registry;
    private final AtomicInteger active = new AtomicInteger();
    private final Timer firstToken;
    private final Timer total;

    /** Registers the meters. */
    public RelayMetrics(MeterRegistry registry) {
        this.registry = registry;
        Gauge.builder("patchbay.relay.active", active, AtomicInteger::get)
                .description("relayed calls under way")
                .register(registry);
        this.firstToken = Timer.builder("patchbay.relay.first.token")
                .description("time from a call's start to its first content")
                .register(registry);
        this.total = Timer.builder("patchbay.relay.duration")
                .description("time from a call's start to its last frame")
                .register(registry);
    }

    /** A call was accepted. */
    public void begun() {
        active.incrementAndGet();
    }

    /** A call ended. */
    public void ended(RequestRecord done) {
        active.decrementAndGet();
        total.record(Duration.ofMillis(done.durationMs()));
        if (done.firstTokenMs() >= 0) {
            firstToken.record(Duration.ofMillis(done.firstTokenMs()));
        }
        Counter.builder("patchbay.relay.calls")
                .description("relayed calls by outcome")
                .tag("outcome", done.outcome())
                .tag("fault", done.fault().isEmpty() ? "none" : done.fault())
                .register(registry)
                .increment();
    }

    /** Returns how many calls are under way. */
    public int active() {
        return active.get();
    }
}
