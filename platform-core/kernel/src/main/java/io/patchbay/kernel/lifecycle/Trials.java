package io.patchbay.kernel.lifecycle;

import io.patchbay.kernel.KernelConfig;
import io.patchbay.kernel.PluginEvent.Phase;
import io.patchbay.kernel.PluginEvents;
import io.patchbay.kernel.PluginRejected;
import io.patchbay.kernel.RejectionCode;
import io.patchbay.kernel.ServiceKind;
import io.patchbay.kernel.catalogue.InspectedJar;
import io.patchbay.kernel.framework.PluginFramework;
import io.patchbay.kernel.generation.Generation;
import io.patchbay.kernel.generation.Loaded;
import io.patchbay.kernel.generation.Provided;
import io.patchbay.kernel.generation.Registry;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Brings a plugin to life beside whatever runs, without leading a call to it. Confined to the life-cycle thread. */
final class Trials {
    private final KernelConfig config;
    private final PluginFramework framework;
    private final List<ServiceKind<?, ?>> kinds;
    private final Registry registry;
    private final PluginEvents events;
    private final Consumer<Generation> drained;
    private final AtomicLong numbers = new AtomicLong();

    Trials(
            KernelConfig config,
            PluginFramework framework,
            List<ServiceKind<?, ?>> kinds,
            Registry registry,
            PluginEvents events,
            Consumer<Generation> drained) {
        this.config = config;
        this.framework = framework;
        this.kinds = kinds;
        this.registry = registry;
        this.events = events;
        this.drained = drained;
    }

    /**
     * Loads, starts and probes a plugin.
     *
     * @return a generation that serves as soon as the registry leads calls to it
     * @throws PluginRejected when it does not come to life; nothing of it stays
     */
    Generation start(InspectedJar jar) {
        long number = numbers.incrementAndGet();
        long began = System.nanoTime();
        Loaded loaded = load(jar, number, began);
        Generation generation = new Generation(number, jar.id(), jar.version(), jar.sha256(), loaded, drained);
        try {
            refuseTaken(generation);
        } catch (PluginRejected e) {
            abandon(generation);
            throw e;
        }
        events.publish(
                jar.id(),
                jar.version(),
                Phase.STARTED,
                number,
                0,
                millisSince(began),
                "started in " + millisSince(began) + " ms");
        return generation;
    }

    private Loaded load(InspectedJar jar, long number, long began) {
        try {
            return BoundedRun.run(
                    "patchbay-plugin-start-" + jar.id() + "-" + number,
                    config.probeTimeout(),
                    () -> framework.load(jar, number, kinds, () -> resolved(jar, number, began)),
                    Loaded::unload);
        } catch (PluginRejected e) {
            if (e.code() == RejectionCode.PROBE_TIMEOUT) {
                throw new PluginRejected(
                        e.code(),
                        "%s %s did not start: %s. Constructors and descriptors must not wait for anything."
                                .formatted(jar.id(), jar.version(), e.text()));
            }
            throw e;
        }
    }

    private void resolved(InspectedJar jar, long number, long began) {
        long millis = millisSince(began);
        events.publish(jar.id(), jar.version(), Phase.RESOLVED, number, 0, millis, "resolved in " + millis + " ms");
    }

    /**
     * Checks that nothing a generation provides is provided by another plugin.
     *
     * @throws PluginRejected naming the other plugin
     */
    void refuseTaken(Generation generation) {
        for (Provided<?, ?> provided : generation.provided()) {
            String owner = registry.providerOf(provided.kind(), provided.id());
            if (owner != null && !owner.equals(generation.pluginId())) {
                throw new PluginRejected(
                        RejectionCode.DUPLICATE_PROVIDED_ID,
                        "%s %s provides the %s '%s', and so does the plugin %s, which is running. Disable or remove one of them."
                                .formatted(
                                        generation.pluginId(),
                                        generation.version(),
                                        provided.kind().label(),
                                        provided.id(),
                                        owner));
            }
        }
    }

    /** Takes down a generation that never served. */
    void abandon(Generation generation) {
        Loaded loaded = generation.release();
        try {
            BoundedRun.run(
                    "patchbay-plugin-stop-" + generation.pluginId() + "-" + generation.number(),
                    config.stopTimeout(),
                    loaded::unload,
                    ignored -> {});
        } catch (PluginRejected e) {
            events.publish(
                    generation.pluginId(),
                    generation.version(),
                    Phase.FAILED,
                    generation.number(),
                    0,
                    0,
                    "could not be stopped: " + e.text());
        }
    }

    static long millisSince(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos);
    }
}
