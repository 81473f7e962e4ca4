package io.patchbay.kernel.lifecycle;

import io.patchbay.foundation.database.Database;
import io.patchbay.foundation.state.Bus;
import io.patchbay.foundation.state.Subscription;
import io.patchbay.kernel.Installed;
import io.patchbay.kernel.KernelConfig;
import io.patchbay.kernel.PluginEvent.Phase;
import io.patchbay.kernel.PluginEvents;
import io.patchbay.kernel.PluginRejected;
import io.patchbay.kernel.PluginStatus;
import io.patchbay.kernel.RejectionCode;
import io.patchbay.kernel.ServiceKind;
import io.patchbay.kernel.catalogue.InspectedJar;
import io.patchbay.kernel.catalogue.JarInspector;
import io.patchbay.kernel.catalogue.PluginCatalogue;
import io.patchbay.kernel.catalogue.PluginStore;
import io.patchbay.kernel.framework.PluginFramework;
import io.patchbay.kernel.generation.Generation;
import io.patchbay.kernel.generation.LeakWatch;
import io.patchbay.kernel.generation.Registry;
import io.patchbay.kernel.lifecycle.DesiredPlugin.Origin;
import java.io.InputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that owns all changes to plugins.
 *
 * <p>Every public method may be called by any thread and returns at once; the futures complete on the life-cycle thread, with
 * {@link PluginRejected} when a change is refused. Nothing may wait for such a future on that thread.
 */
public final class LifeCycle implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(LifeCycle.class);
    private static final Duration RECONCILE = Duration.ofMinutes(1);
    private static final Duration CLOSE = Duration.ofMinutes(1);

    private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().name("patchbay-plugins").daemon().factory());
    private final Map<String, Slot> slots = new HashMap<>();
    private final KernelConfig config;
    private final DesiredState desired;
    private final PluginStore store;
    private final JarInspector inspector;
    private final PluginCatalogue catalogue;
    private final PluginEvents events;
    private final LeakWatch watch;
    private final Swaps swaps;
    private final Operations operations;
    private final Convergence convergence;
    private final Subscription foreignChanges;
    private volatile Map<String, Slot.View> views = Map.of();
    private volatile boolean closing;

    /**
     * Prepares the life-cycle; {@link #start()} begins it.
     *
     * @param framework where plugins are loaded; not closed here
     * @param kinds the services plugins may provide
     * @param registry what leads calls
     * @param events told of every step
     */
    public LifeCycle(
            KernelConfig config,
            Database database,
            Bus bus,
            InstantSource clock,
            PluginFramework framework,
            List<ServiceKind<?, ?>> kinds,
            Registry registry,
            PluginEvents events) {
        this.config = config;
        this.events = events;
        this.desired = new DesiredState(database, bus, clock);
        this.store = new PluginStore(config.folder(), config.limits());
        this.inspector = new JarInspector(framework.hostPackages(), config.limits());
        this.catalogue = new PluginCatalogue(config.folder(), config.platformVersion());
        this.watch = new LeakWatch(entry -> events.publish(
                entry.pluginId(),
                entry.version(),
                Phase.COLLECTED,
                entry.generation(),
                0,
                0,
                "its classes were collected"));
        this.swaps = new Swaps(config, registry, events, watch, clock, thread, slots, this::publish);
        Trials trials = new Trials(config, framework, kinds, registry, events, this::drained);
        StoredJars jars = new StoredJars(store, inspector);
        this.operations = new Operations(desired, jars, catalogue, trials, swaps, events, slots);
        this.convergence = new Convergence(jars, catalogue, trials, swaps, operations, events, slots);
        this.foreignChanges = desired.onForeignChange(this::reconcile);
        thread.setRemoveOnCancelPolicy(true);
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** Restores the desired state, then brings in what the distribution has new. Plugins that fail do not fail the future. */
    public CompletableFuture<Void> start() {
        CompletableFuture<Void> started = submit(() -> {
            desired.all().forEach(convergence::enter);
            for (String id : catalogue.startOrder()) {
                Slot slot = slots.get(id);
                DesiredPlugin row = slot == null ? null : slot.live();
                if (slot != null && row != null && row.enabled()) {
                    convergence.activate(slot, row);
                    publish();
                }
            }
            if (config.bundled() != null) {
                new BundledPlugins(store, inspector, operations, slots).bringIn(config.bundled());
            }
            return null;
        });
        thread.scheduleWithFixedDelay(
                this::reconcileNow, RECONCILE.toMillis(), RECONCILE.toMillis(), TimeUnit.MILLISECONDS);
        return started;
    }

    /**
     * Receives a jar on the calling thread, then installs it or replaces another version by it.
     *
     * @param content the jar; read to its end, not closed
     * @param label what to call it in messages, for example the uploaded file's name
     * @throws PluginRejected at once when the file itself cannot be a plugin
     */
    public CompletableFuture<Installed> install(InputStream content, String label) {
        PluginStore.Incoming incoming = store.receive(content, label);
        InspectedJar jar;
        try {
            jar = inspector.inspect(incoming.path(), incoming.sha256(), label);
        } catch (PluginRejected e) {
            incoming.close();
            log.warn("refused an upload: {}", e.text());
            throw e;
        }
        CompletableFuture<Installed> installed = submit(() -> {
            followOthers();
            Installed.Change change = operations.install(jar, Origin.OPERATOR);
            publish();
            return new Installed(change, requireStatus(jar.id()));
        });
        return installed.whenComplete((done, refused) -> incoming.close());
    }

    /** Switches a plugin on, or tries one again that failed. */
    public CompletableFuture<PluginStatus> enable(String id) {
        return change(id, operations::enable);
    }

    /** Switches a plugin off. */
    public CompletableFuture<PluginStatus> disable(String id) {
        return change(id, operations::disable);
    }

    /** Goes back to the previous version, from its stored jar. */
    public CompletableFuture<PluginStatus> rollback(String id) {
        return change(id, operations::rollback);
    }

    /** Leads new calls back to the generation that was retired last, while it still drains. */
    public CompletableFuture<PluginStatus> undo(String id) {
        return change(id, operations::undo);
    }

    /** Removes a plugin and remembers that it was removed. */
    public CompletableFuture<Void> remove(String id) {
        return submit(() -> {
            followOthers();
            operations.remove(id);
            return null;
        });
    }

    /** Moves this node towards the desired state; does nothing where they agree. */
    public CompletableFuture<Void> reconcile() {
        return submit(() -> {
            followOthers();
            return null;
        });
    }

    /** Takes over what other nodes have changed; also before a change here, which would else be made to an old row. */
    private void followOthers() {
        desired.all().forEach(convergence::follow);
    }

    private void reconcileNow() {
        if (closing) {
            return;
        }
        try {
            followOthers();
            publish();
        } catch (RuntimeException e) {
            // The next round comes; a task that throws would end the schedule.
            log.warn("the desired state of plugins cannot be read now: {}", e.getMessage());
        }
    }

    /** Returns all plugins, ordered by id. */
    public List<PluginStatus> statuses() {
        List<LeakWatch.Entry> uncollected = watch.uncollected();
        return views.values().stream()
                .filter(LifeCycle::visible)
                .map(view -> Statuses.of(view, uncollected))
                .toList();
    }

    /** Returns one plugin. */
    public Optional<PluginStatus> status(String id) {
        return Optional.ofNullable(views.get(id))
                .filter(LifeCycle::visible)
                .map(view -> Statuses.of(view, watch.uncollected()));
    }

    /** A removed plugin is shown for as long as calls run on it. */
    private static boolean visible(Slot.View view) {
        return view.desired() != null
                || view.cause() != null
                || !view.draining().isEmpty();
    }

    private PluginStatus requireStatus(String id) {
        return status(id).orElseThrow(() -> new IllegalStateException("the plugin " + id + " vanished"));
    }

    private CompletableFuture<PluginStatus> change(String id, Consumer<String> operation) {
        return submit(() -> {
            followOthers();
            operation.accept(id);
            publish();
            return requireStatus(id);
        });
    }

    private <T> CompletableFuture<T> submit(Supplier<T> work) {
        CompletableFuture<T> future = new CompletableFuture<>();
        try {
            thread.execute(() -> run(work, future));
        } catch (RejectedExecutionException e) {
            future.completeExceptionally(stopping());
        }
        return future;
    }

    private static PluginRejected stopping() {
        return new PluginRejected(RejectionCode.STOPPING, "The server is stopping. Try again when it runs again.");
    }

    private <T> void run(Supplier<T> work, CompletableFuture<T> future) {
        T result;
        try {
            if (closing) {
                throw stopping();
            }
            result = work.get();
        } catch (RuntimeException | Error e) {
            publish();
            future.completeExceptionally(e);
            return;
        }
        publish();
        future.complete(result);
    }

    private void publish() {
        Map<String, Slot.View> now = new TreeMap<>();
        slots.values().forEach(slot -> now.put(slot.id, slot.view()));
        views = now;
    }

    private void drained(Generation generation) {
        try {
            thread.execute(() -> swaps.drained(generation));
        } catch (RejectedExecutionException e) {
            // The kernel has closed and stopped the generation itself; giving a lease back never fails.
            log.debug("a lease on {} came back after the end", generation.pluginId());
        }
    }

    /** Stops every plugin, whoever calls it. Idempotent. */
    @Override
    public void close() {
        foreignChanges.close();
        CompletableFuture<Void> stopped = submit(() -> {
            closing = true;
            for (Slot slot : List.copyOf(slots.values())) {
                swaps.withdraw(slot);
                List.copyOf(slot.draining).forEach(generation -> swaps.stop(slot, generation));
            }
            return null;
        });
        try {
            stopped.get(CLOSE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            if (!closing) {
                log.warn("not every plugin could be stopped: {}", e.getMessage());
            }
        }
        thread.shutdownNow();
        watch.close();
    }
}
