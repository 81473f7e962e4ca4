package io.patchbay.foundation.state;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

/** Locks inside one process. */
final class InProcessLocks implements Locks {
    private final InstantSource clock;
    private final AtomicLong holders = new AtomicLong();
    private final ConcurrentMap<String, Lease> leases = new ConcurrentHashMap<>();

    InProcessLocks(InstantSource clock) {
        this.clock = clock;
    }

    private record Lease(long holder, Instant until) {}

    @Override
    public Optional<Held> tryLock(String name, Duration lease) {
        long holder = holders.incrementAndGet();
        Instant now = clock.instant();
        Lease current = leases.compute(
                name,
                (ignored, before) ->
                        before != null && before.until().isAfter(now) ? before : new Lease(holder, now.plus(lease)));
        return current.holder() == holder ? Optional.of(new InProcessHeld(name, holder)) : Optional.empty();
    }

    private final class InProcessHeld implements Held {
        private final String name;
        private final long holder;

        InProcessHeld(String name, long holder) {
            this.name = name;
            this.holder = holder;
        }

        @Override
        public boolean renew(Duration lease) {
            Instant now = clock.instant();
            Lease after = leases.computeIfPresent(
                    name,
                    (ignored, before) ->
                            before.holder() == holder && before.until().isAfter(now)
                                    ? new Lease(holder, now.plus(lease))
                                    : before);
            return after != null && after.holder() == holder && after.until().isAfter(now);
        }

        @Override
        public void close() {
            leases.computeIfPresent(name, (ignored, before) -> before.holder() == holder ? null : before);
        }
    }
}
