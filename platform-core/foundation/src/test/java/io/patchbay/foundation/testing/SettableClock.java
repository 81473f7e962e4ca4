package io.patchbay.foundation.testing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that stands still until a test moves it. Safe for use by many threads. */
public final class SettableClock implements InstantSource {
    private final AtomicReference<Instant> now;

    /** Starts at noon of 1 January 2030, UTC. */
    public SettableClock() {
        this(Instant.parse("2030-01-01T12:00:00Z"));
    }

    public SettableClock(Instant start) {
        this.now = new AtomicReference<>(start);
    }

    @Override
    public Instant instant() {
        return now.get();
    }

    /** Moves the clock; a negative duration moves it back. */
    public void advance(Duration duration) {
        now.updateAndGet(before -> before.plus(duration));
    }
}
