package io.patchbay.kernel;

import io.patchbay.foundation.database.Database;
import io.patchbay.foundation.state.Bus;
import io.patchbay.foundation.state.Subscription;
import io.patchbay.kernel.framework.PluginFramework;
import io.patchbay.kernel.generation.Registry;
import io.patchbay.kernel.lifecycle.LifeCycle;
import io.patchbay.kernel.lifecycle.PluginMapper;
import io.patchbay.spi.ChannelFamily;
import io.patchbay.spi.ChannelType;
import io.patchbay.spi.host.HostInfo;
import java.io.InputStream;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Plugins that come and go under load.
 *
 * <p>Safe for many threads. Reading and leasing never wait. Changes return at once; their futures complete with
 * {@link PluginRejected} when a change is refused, and then everything is as it was. Do not wait for such a future in a listener
 * of {@link ChannelTypes#onChange}.
 */
public final class PluginKernel implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(PluginKernel.class);

    private final PluginFramework framework;
    private final Registry registry;
    private final PluginEvents events;
    private final LifeCycle lifeCycle;
    private final ChannelTypes channelTypes = new Channels();
    private final ChannelFamilies channelFamilies = new Families();

    private PluginKernel(PluginFramework framework, Registry registry, PluginEvents events, LifeCycle lifeCycle) {
        this.framework = framework;
        this.registry = registry;
        this.events = events;
        this.lifeCycle = lifeCycle;
    }

    /** Returns the MyBatis mappers the database has to be opened with. */
    public static List<Class<?>> mappers() {
        return List.of(PluginMapper.class);
    }

    /**
     * Starts the framework and every plugin that should run. Plugins that fail are listed with the reason and fail nothing else.
     *
     * @param config where things are
     * @param database opened with {@link #mappers()}
     * @param bus tells other nodes of changes
     * @param clock stamps rows and events
     * @return the running kernel, to be closed by the caller
     * @throws IllegalStateException when the program's own class path is broken
     */
    public static PluginKernel start(KernelConfig config, Database database, Bus bus, InstantSource clock) {
        return start(config, ServiceKind.ALL, database, bus, clock);
    }

    /**
     * Starts a kernel for other kinds of services.
     *
     * @param kinds what plugins may provide
     */
    public static PluginKernel start(
            KernelConfig config, List<ServiceKind<?, ?>> kinds, Database database, Bus bus, InstantSource clock) {
        long began = System.nanoTime();
        PluginEvents events = new PluginEvents(clock);
        Registry registry = new Registry();
        PluginFramework framework = PluginFramework.start(config.cache(), new Info(config));
        PluginKernel kernel;
        try {
            LifeCycle lifeCycle = new LifeCycle(config, database, bus, clock, framework, kinds, registry, events);
            kernel = new PluginKernel(framework, registry, events, lifeCycle);
        } catch (RuntimeException | Error e) {
            framework.close();
            throw e;
        }
        try {
            kernel.lifeCycle.start().join();
        } catch (RuntimeException | Error e) {
            kernel.close();
            throw e;
        }
        List<PluginStatus> plugins = kernel.plugins();
        long active = plugins.stream()
                .filter(plugin -> plugin.observed() == ObservedState.ACTIVE)
                .count();
        log.info("{} of {} plugins run after {} ms", active, plugins.size(), (System.nanoTime() - began) / 1_000_000);
        return kernel;
    }

    private record Info(String platformVersion, @Nullable String publicUrl) implements HostInfo {
        private Info(KernelConfig config) {
            this(config.platformVersion(), config.publicUrl());
        }
    }

    /** Returns the channel types that calls can use. */
    public ChannelTypes channelTypes() {
        return channelTypes;
    }

    /** Returns the families of channel types that can be added to by data. */
    public ChannelFamilies channelFamilies() {
        return channelFamilies;
    }

    /**
     * Takes a lease on the current generation of a service.
     *
     * @return the lease, to be closed exactly once; empty when no running plugin offers it
     */
    public <T, D> Optional<Lease<T>> lease(ServiceKind<T, D> kind, String id) {
        return registry.lease(kind, id);
    }

    /** Returns what running plugins offer of a kind, ordered by id. */
    public <T, D> List<Offered<D>> offers(ServiceKind<T, D> kind) {
        return registry.offers(kind);
    }

    /** Runs a listener after every change of what is offered; see {@link ChannelTypes#onChange}. */
    public Subscription onChange(Runnable listener) {
        return registry.onChange(listener);
    }

    /** Returns the life-cycle events. */
    public PluginEvents events() {
        return events;
    }

    /** Returns all plugins, ordered by id. */
    public List<PluginStatus> plugins() {
        return lifeCycle.statuses();
    }

    /** Returns one plugin. */
    public Optional<PluginStatus> plugin(String id) {
        return lifeCycle.status(id);
    }

    /**
     * Receives a jar on the calling thread, then installs it, or replaces another version while calls go on.
     *
     * @param content the jar; read to its end or to the bound, not closed
     * @param label what to call it in messages, for example the uploaded file's name
     * @throws PluginRejected at once when the file itself cannot be a plugin
     */
    public CompletableFuture<Installed> install(InputStream content, String label) {
        return lifeCycle.install(content, label);
    }

    /** Switches a plugin on; one that failed is tried again. */
    public CompletableFuture<PluginStatus> enable(String id) {
        return lifeCycle.enable(id);
    }

    /** Switches a plugin off; running calls may end. */
    public CompletableFuture<PluginStatus> disable(String id) {
        return lifeCycle.disable(id);
    }

    /** Goes back to the previous version, from its stored jar; again, to the one that was left. */
    public CompletableFuture<PluginStatus> rollback(String id) {
        return lifeCycle.rollback(id);
    }

    /** Leads new calls back to the generation that was retired last, while it still drains; nothing is loaded. */
    public CompletableFuture<PluginStatus> undo(String id) {
        return lifeCycle.undo(id);
    }

    /** Removes a plugin with its jars; running calls may end. The distribution does not bring it back. */
    public CompletableFuture<Void> remove(String id) {
        return lifeCycle.remove(id);
    }

    /** Moves this node towards the desired state, as it does by itself every minute and after other nodes' changes. */
    public CompletableFuture<Void> reconcile() {
        return lifeCycle.reconcile();
    }

    /** Stops every plugin, whoever calls it, and removes derived data. Idempotent. */
    @Override
    public void close() {
        lifeCycle.close();
        events.close();
        framework.close();
    }

    private final class Channels implements ChannelTypes {
        @Override
        public Optional<Lease<ChannelType>> lease(String type) {
            return registry.lease(ServiceKind.CHANNEL_TYPE, type);
        }

        @Override
        public List<OfferedType> all() {
            return registry.offers(ServiceKind.CHANNEL_TYPE).stream()
                    .map(one -> new OfferedType(
                            one.id(), one.descriptor(), one.pluginId(), one.pluginVersion(), one.generation()))
                    .toList();
        }

        @Override
        public Subscription onChange(Runnable listener) {
            return registry.onChange(listener);
        }
    }

    private final class Families implements ChannelFamilies {
        @Override
        public Optional<Lease<ChannelFamily>> lease(String family) {
            return registry.lease(ServiceKind.CHANNEL_FAMILY, family);
        }

        @Override
        public List<Offered<FamilyDescriptor>> all() {
            return registry.offers(ServiceKind.CHANNEL_FAMILY);
        }
    }
}
