package io.patchbay.kernel.lifecycle;

import io.patchbay.kernel.KernelConfig;
import io.patchbay.kernel.ObservedState;
import io.patchbay.kernel.PluginEvent.Phase;
import io.patchbay.kernel.PluginEvents;
import io.patchbay.kernel.PluginRejected;
import io.patchbay.kernel.generation.Generation;
import io.patchbay.kernel.generation.LeakWatch;
import io.patchbay.kernel.generation.Loaded;
import io.patchbay.kernel.generation.Registry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Leads new calls from one generation to another and sees retired ones off: drain, stop, unload.
 *
 * <p>Confined to the life-cycle thread.
 */
final class Swaps {
    private final KernelConfig config;
    private final Registry registry;
    private final PluginEvents events;
    private final LeakWatch watch;
    private final InstantSource clock;
    private final ScheduledExecutorService thread;
    private final Map<String, Slot> slots;
    private final Runnable changed;
    private final Map<Generation, Future<?>> deadlines = new IdentityHashMap<>();

    Swaps(
            KernelConfig config,
            Registry registry,
            PluginEvents events,
            LeakWatch watch,
            InstantSource clock,
            ScheduledExecutorService thread,
            Map<String, Slot> slots,
            Runnable changed) {
        this.config = config;
        this.registry = registry;
        this.events = events;
        this.watch = watch;
        this.clock = clock;
        this.thread = thread;
        this.slots = slots;
        this.changed = changed;
    }

    /** Leads new calls to a generation and retires the one before it. */
    void flip(Slot slot, Generation next) {
        Generation old = slot.current;
        slot.current = next;
        slot.state = ObservedState.ACTIVE;
        slot.cause = null;
        registry.flip(next);
        if (old != null) {
            tell(next, Phase.REPLACED, 0, "replaces " + old.version() + " for new calls");
            retire(slot, old);
        }
    }

    /** Leads new calls back to a generation that is still draining, and retires the one that took its place. */
    void restore(Slot slot, Generation old) {
        slot.draining.remove(old);
        cancelDeadline(old);
        Generation latest = slot.current;
        old.restore();
        slot.current = old;
        slot.state = ObservedState.ACTIVE;
        slot.cause = null;
        registry.flip(old);
        tell(
                old,
                Phase.RESTORED,
                0,
                latest == null ? "serves new calls again" : "takes new calls back from " + latest.version());
        if (latest != null) {
            retire(slot, latest);
        }
    }

    /** Leads no new call to a plugin and retires what served. */
    void withdraw(Slot slot) {
        Generation old = slot.current;
        if (old == null) {
            return;
        }
        slot.current = null;
        slot.state = ObservedState.DRAINING;
        registry.withdraw(slot.id);
        retire(slot, old);
    }

    private void retire(Slot slot, Generation old) {
        Instant at = clock.instant();
        slot.draining.addLast(old);
        deadlines.put(
                old, thread.schedule(() -> expire(old), config.drainTimeout().toMillis(), TimeUnit.MILLISECONDS));
        old.retire(at);
        if (old.leases() > 0) {
            tell(old, Phase.DRAINING, 0, "waits for " + calls(old.leases()) + " to end");
        }
    }

    /** Stops a retired generation if its last call has really ended: it may have been restored meanwhile. */
    void drained(Generation old) {
        Slot slot = slots.get(old.pluginId());
        if (slot == null || !slot.draining.contains(old) || !old.drained()) {
            return;
        }
        Instant since = old.retiredAt();
        long millis =
                since == null ? 0 : Duration.between(since, clock.instant()).toMillis();
        tell(old, Phase.DRAINED, millis, "has no calls left after " + millis + " ms");
        stop(slot, old);
    }

    private void expire(Generation old) {
        Slot slot = slots.get(old.pluginId());
        if (slot == null || !slot.draining.contains(old)) {
            return;
        }
        tell(
                old,
                Phase.FAILED,
                config.drainTimeout().toMillis(),
                "still has " + calls(old.leases()) + " after "
                        + config.drainTimeout().toSeconds() + " s; they are cut");
        stop(slot, old);
    }

    /** Stops and unloads a generation, whoever still calls it. */
    void stop(Slot slot, Generation old) {
        slot.draining.remove(old);
        cancelDeadline(old);
        long began = System.nanoTime();
        Loaded loaded = old.release();
        watch.watch(loaded.loader(), new LeakWatch.Entry(old.pluginId(), old.version(), old.number(), clock.instant()));
        String fault = unload(old, loaded);
        long millis = Trials.millisSince(began);
        if (fault.isEmpty()) {
            tell(old, Phase.STOPPED, millis, "stopped in " + millis + " ms");
        } else {
            tell(old, Phase.FAILED, millis, "was stopped, but " + fault);
        }
        settle(slot);
        changed.run();
    }

    private String unload(Generation old, Loaded loaded) {
        try {
            return BoundedRun.run(
                    "patchbay-plugin-stop-" + old.pluginId() + "-" + old.number(),
                    config.stopTimeout(),
                    loaded::unload,
                    ignored -> {});
        } catch (PluginRejected e) {
            return e.text();
        }
    }

    /** Notes that a plugin which only drained has come to rest. */
    private void settle(Slot slot) {
        if (slot.current != null || !slot.draining.isEmpty() || slot.state != ObservedState.DRAINING) {
            return;
        }
        DesiredPlugin live = slot.live();
        if (live == null) {
            slots.remove(slot.id);
        } else {
            slot.state = live.enabled() ? ObservedState.INSTALLED : ObservedState.DISABLED;
        }
    }

    private void cancelDeadline(Generation old) {
        Future<?> deadline = deadlines.remove(old);
        if (deadline != null) {
            deadline.cancel(false);
        }
    }

    private void tell(Generation generation, Phase phase, long millis, String text) {
        events.publish(
                generation.pluginId(),
                generation.version(),
                phase,
                generation.number(),
                generation.leases(),
                millis,
                text);
    }

    private static String calls(int count) {
        return count == 1 ? "1 call" : count + " calls";
    }
}
