package io.patchbay.relay.call;

import io.patchbay.foundation.config.RelayConfig.UnmappedFields;
import io.patchbay.kernel.Lease;
import io.patchbay.relay.channel.BoundChannel;
import io.patchbay.relay.channel.Channel;
import io.patchbay.relay.exchange.Egress;
import io.patchbay.relay.exchange.FlowHost;
import io.patchbay.relay.exchange.FlowRunner;
import io.patchbay.relay.exchange.Redactor;
import io.patchbay.relay.exchange.Serial;
import io.patchbay.relay.exchange.Timeouts;
import io.patchbay.relay.routing.Permit;
import io.patchbay.spi.ChannelType;
import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.Flow;
import io.patchbay.spi.Memo;
import io.patchbay.spi.Minted;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A plugin at work on one channel: the lease on its current generation, a key of the channel, a minted credential where
 * the type needs one, and the flow that runs. The lease covers the answer with its tail and is given back by
 * {@link #release()}. Confined to the call's serial.
 */
public final class Engagement {
    /** Whoever wants the plugin's work. All methods are called inside the serial. */
    public interface Client {
        /**
         * Everything is there: flows can be made and given to {@link Engagement#run}. Called once more when a minted
         * credential had become stale and a new one was made.
         */
        void ready(ChannelType type, BoundChannel channel);

        /** The engagement ended with a fault, its message free of secrets; nothing more is called. */
        void failed(Fault fault);
    }

    private final RelayServices services;
    private final Serial serial;
    private final Channel channel;
    private final long user;
    private final String conversation;
    private final Client client;
    private final Redactor redactor = new Redactor();
    private final SortedSet<String> dropped = new TreeSet<>();
    private @Nullable Lease<ChannelType> lease;
    private @Nullable FlowRunner<?> runner;
    private @Nullable Minted minted;
    private @Nullable BoundChannel bound;
    private Egress egress = Egress.DIRECT;
    private String line = "";
    private String pluginId = "";
    private String pluginVersion = "";
    private long generation;
    private boolean over;
    private boolean mintedAnew;

    /**
     * Creates an engagement; {@link #start()} begins it.
     *
     * @param user the id of the user it is for
     * @param conversation the client's name for its conversation, empty for none
     */
    public Engagement(
            RelayServices services, Serial serial, Channel channel, long user, String conversation, Client client) {
        this.services = services;
        this.serial = serial;
        this.channel = channel;
        this.user = user;
        this.conversation = conversation;
        this.client = client;
    }

    /**
     * Begins with a key.
     *
     * @param keyLine one of the channel's, empty when it has none
     */
    public void start(String keyLine) {
        line = keyLine;
        Lease<ChannelType> taken = services.types().lease(channel.type()).orElse(null);
        if (taken == null) {
            fail(beforeSending("no running plugin provides the channel type \"" + channel.type() + "\""));
            return;
        }
        lease = taken;
        pluginId = taken.pluginId();
        pluginVersion = taken.pluginVersion();
        generation = taken.generation();
        bind(taken.service());
    }

    private void bind(ChannelType type) {
        BoundChannel keyed;
        try {
            keyed = BoundChannel.bind(channel, type.descriptor(), line);
        } catch (IllegalArgumentException e) {
            fail(beforeSending(String.valueOf(e.getMessage())));
            return;
        } catch (RuntimeException | LinkageError e) {
            fail(broke("descriptor", e));
            return;
        }
        bound = keyed;
        keyed.hideIn(redactor);
        egress = keyed.egress();
        mint(type, keyed);
    }

    private static Fault beforeSending(String message) {
        return Fault.builder(FaultKind.CONFIG, message)
                .sub(Permit.BEFORE_SENDING)
                .build();
    }

    private void mint(ChannelType type, BoundChannel keyed) {
        Flow<Minted> minting = guarded("mint", () -> type.mint(keyed));
        if (over) {
            return;
        }
        if (minting == null) {
            client.ready(type, keyed);
            return;
        }
        services.minting()
                .get(keyed, channel.type(), line, minting)
                .whenComplete((result, failure) -> serial.execute(() -> {
                    if (!over) {
                        minted(type, keyed, result);
                    }
                }));
    }

    private void minted(ChannelType type, BoundChannel keyed, Minting.@Nullable Result result) {
        Minted values = result == null ? null : result.minted();
        if (values == null) {
            Fault fault = result == null ? null : result.fault();
            fail(fault == null ? Fault.of(FaultKind.UPSTREAM, "no credential could be minted") : fault);
            return;
        }
        minted = values;
        values.values().values().forEach(redactor::secret);
        client.ready(type, keyed.withMinted(values.values()));
    }

    /** Calls the plugin; what it throws ends the engagement, and then the result is {@code null}. */
    public <T> @Nullable T guarded(String what, Supplier<@Nullable T> work) {
        try {
            return work.get();
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            fail(broke(what, e));
            return null;
        }
    }

    /**
     * Runs a flow of the plugin; an earlier one has ended.
     *
     * @param flow {@code null} when the plugin broke its promise to return one; that ends the engagement
     */
    public <E> void run(@Nullable Flow<E> flow, FlowHost<E> host) {
        if (over) {
            return;
        }
        if (flow == null) {
            fail(Fault.of(FaultKind.PLUGIN, "the plugin returned no flow"));
            return;
        }
        FlowRunner<E> made = new FlowRunner<>(
                new FlowRunner.Surroundings(services.client(), services.timers(), serial, services.clock()),
                egress,
                timeouts(),
                redactor,
                flow,
                host);
        runner = made;
        made.start();
    }

    private Timeouts timeouts() {
        Duration firstToken = channel.settings().firstToken();
        Duration stall = channel.settings().stall();
        return new Timeouts(
                firstToken == null ? services.config().firstTokenTimeout() : firstToken,
                stall == null ? services.config().stallTimeout() : stall);
    }

    /** Ends the engagement with a fault, unless it has ended already. */
    public void fail(Fault fault) {
        if (!over) {
            over = true;
            client.failed(fault);
        }
    }

    /**
     * Ends the engagement because its flow failed. When the upstream says that the minted credential is stale and nothing
     * of content has come, a new one is made and the client is asked once more.
     */
    void flowFailed(Fault fault, boolean content) {
        Minted used = minted;
        Lease<ChannelType> held = lease;
        BoundChannel stale = bound;
        if (over || fault.kind() != FaultKind.KEY_STALE || used == null || held == null || stale == null) {
            fail(fault);
        } else if (mintedAnew || content) {
            fail(fault.toBuilder().kind(FaultKind.KEY_DEAD).build());
        } else {
            mintedAnew = true;
            services.minting().stale(stale, channel.type(), line, used);
            mint(held.service(), stale);
        }
    }

    /** Ends the engagement well; returns false when it has ended already. */
    public boolean finish() {
        boolean first = !over;
        over = true;
        return first;
    }

    /** Returns whether it has ended. */
    public boolean over() {
        return over;
    }

    /** Cuts the exchange and drops the flow. */
    public void abandon() {
        if (!over) {
            over = true;
            FlowRunner<?> running = runner;
            if (running != null) {
                running.abandon();
            }
        }
    }

    /**
     * Gives the lease back; only the first call counts. Nothing of the plugin is kept, because whoever holds this
     * engagement may wait for long after its flows have ended.
     */
    public void release() {
        Lease<ChannelType> held = lease;
        lease = null;
        runner = null;
        bound = null;
        if (held != null) {
            held.close();
        }
    }

    /** Returns a text without the secrets of this engagement and what tells its upstream. */
    public String cleaned(String text) {
        return redactor.clean(text);
    }

    /** Returns a fault whose words have neither the secrets of this engagement nor what tells its upstream. */
    public Fault cleaned(Fault fault) {
        return redactor.clean(fault);
    }

    private Fault broke(String what, Throwable cause) {
        return Fault.of(
                FaultKind.PLUGIN,
                redactor.clean("the plugin failed in " + what + " with "
                        + cause.getClass().getSimpleName()
                        + (cause.getMessage() == null ? "" : ": " + cause.getMessage())));
    }

    // ---- what flows may ask of any host ----

    void dropped(Collection<String> fields) {
        dropped.addAll(fields);
    }

    /** Returns the fields of the request the upstream does not see, sorted, those among them that the channel added. */
    public Set<String> dropped() {
        return Collections.unmodifiableSet(dropped);
    }

    /** Returns the client's fields the upstream does not see, sorted: what the operator adds is none of them. */
    public SortedSet<String> lost() {
        SortedSet<String> lost = new TreeSet<>(dropped);
        lost.removeAll(channel.settings().parameters().keySet());
        return lost;
    }

    /** Returns why the call must not go out: the channel refuses requests it cannot pass on in full. */
    @Nullable
    Fault refusal() {
        UnmappedFields policy = channel.settings().unmappedFields();
        SortedSet<String> lost = lost();
        if (lost.isEmpty() || (policy == null ? services.config().unmappedFields() : policy) == UnmappedFields.REPORT) {
            return null;
        }
        // Another channel may be able to pass them on, so this is no fault of the request.
        return Fault.builder(
                        FaultKind.UNSUPPORTED,
                        "the upstream of this model does not take: " + String.join(", ", lost)
                                + "; leave these fields out, or ask for another model")
                .vendorCode("unsupported_field")
                .build();
    }

    void remember(Memo memo, String value, Duration keep) {
        services.memos().remember(owner(), memo, value, keep);
    }

    Map<Memo, String> recall(Set<Memo> memos) {
        return services.memos().recall(owner(), memos);
    }

    private Memos.Owner owner() {
        return new Memos.Owner(channel.id(), user, conversation, line);
    }

    // ---- facts ----

    /** Returns the channel. */
    public Channel channel() {
        return channel;
    }

    /** Returns the key line that was chosen. */
    public String keyLine() {
        return line;
    }

    /** Returns the id of the plugin, empty before there was a lease. */
    public String pluginId() {
        return pluginId;
    }

    /** Returns the version of the plugin, empty before there was a lease. */
    public String pluginVersion() {
        return pluginVersion;
    }

    /** Returns the generation of the plugin, 0 before there was a lease. */
    public long generation() {
        return generation;
    }
}
