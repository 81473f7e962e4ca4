package io.patchbay.relay.call;

import io.patchbay.dialects.ChatCodecs;
import io.patchbay.kernel.Lease;
import io.patchbay.relay.channel.BoundChannel;
import io.patchbay.relay.channel.Channel;
import io.patchbay.relay.exchange.FlowHost;
import io.patchbay.relay.exchange.FlowRunner;
import io.patchbay.relay.exchange.Redactor;
import io.patchbay.relay.exchange.Serial;
import io.patchbay.relay.exchange.Timeouts;
import io.patchbay.spi.ChannelType;
import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.Flow;
import io.patchbay.spi.Minted;
import io.patchbay.spi.Next;
import io.patchbay.spi.chat.ChatEvent;
import java.net.URI;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One try on one channel: takes a lease on the plugin, a key of the channel, makes the flow and runs it. The lease
 * covers the answer with its tail and is given back exactly once by {@link #release()}.
 */
final class ChatAttempt implements FlowHost<ChatEvent> {
    private final RelayServices services;
    private final Serial serial;
    private final ChatOrder order;
    private final Channel channel;
    private final RelayedChat call;
    private final Redactor redactor = new Redactor();
    private final String model;
    private @Nullable Lease<ChannelType> lease;
    private @Nullable FlowRunner<ChatEvent> runner;
    private @Nullable Minted minted;
    private @Nullable BoundChannel bound;
    private String line = "";
    private String pluginId = "";
    private String pluginVersion = "";
    private long generation;
    private boolean over;
    private boolean mintedAnew;

    ChatAttempt(RelayServices services, Serial serial, ChatOrder order, Channel channel, RelayedChat call) {
        this.services = services;
        this.serial = serial;
        this.order = order;
        this.channel = channel;
        this.call = call;
        this.model = channel.mapping().upstream(order.model());
    }

    void start() {
        Lease<ChannelType> taken = services.types().lease(channel.type()).orElse(null);
        if (taken == null) {
            end(Fault.of(FaultKind.CONFIG, "no running plugin provides the channel type \"" + channel.type() + "\""));
            return;
        }
        lease = taken;
        pluginId = taken.pluginId();
        pluginVersion = taken.pluginVersion();
        generation = taken.generation();
        run(taken);
    }

    private void run(Lease<ChannelType> taken) {
        line = channel.keys().isEmpty()
                ? ""
                : channel.keys()
                        .get(ThreadLocalRandom.current().nextInt(channel.keys().size()));
        BoundChannel keyed;
        try {
            keyed = BoundChannel.bind(channel, taken.service().descriptor(), line);
        } catch (IllegalArgumentException e) {
            end(Fault.of(FaultKind.CONFIG, String.valueOf(e.getMessage())));
            return;
        } catch (RuntimeException | LinkageError e) {
            end(broke("descriptor", e));
            return;
        }
        bound = keyed;
        keyed.secrets().forEach(redactor::secret);
        hideAddress(keyed.endpoint());
        mint(taken, keyed);
    }

    private void mint(Lease<ChannelType> taken, BoundChannel keyed) {
        Flow<Minted> minting = guarded("mint", () -> taken.service().mint(keyed));
        if (over) {
            return;
        }
        if (minting == null) {
            chat(taken, keyed);
            return;
        }
        services.minting()
                .get(keyed, channel.type(), line, channel.proxy(), minting)
                .whenComplete((result, failure) -> serial.execute(() -> {
                    if (!over) {
                        minted(taken, keyed, result);
                    }
                }));
    }

    private void minted(Lease<ChannelType> taken, BoundChannel keyed, Minting.@Nullable Result result) {
        Minted values = result == null ? null : result.minted();
        if (values == null) {
            Fault fault = result == null ? null : result.fault();
            end(fault == null ? Fault.of(FaultKind.UPSTREAM, "no credential could be minted") : fault);
            return;
        }
        minted = values;
        values.values().values().forEach(redactor::secret);
        chat(taken, keyed.withMinted(values.values()));
    }

    private void chat(Lease<ChannelType> taken, BoundChannel keyed) {
        Flow<ChatEvent> flow = guarded(
                "chat",
                () -> taken.service()
                        .chat(
                                new UpstreamChatCall(
                                        order,
                                        model,
                                        services.marks().of(order.caller().userId(), channel.id())),
                                keyed));
        if (over) {
            return;
        }
        if (flow == null) {
            end(Fault.of(FaultKind.PLUGIN, "the plugin returned no flow"));
            return;
        }
        FlowRunner<ChatEvent> made = new FlowRunner<>(
                new FlowRunner.Surroundings(services.client(), services.timers(), serial, services.clock()),
                channel.proxy(),
                new Timeouts(
                        services.config().firstTokenTimeout(), services.config().stallTimeout()),
                redactor,
                flow,
                this);
        runner = made;
        made.start();
    }

    /** Calls the plugin; what it throws ends the attempt. */
    private <T> @Nullable T guarded(String what, Supplier<@Nullable T> work) {
        try {
            return work.get();
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            end(broke(what, e));
            return null;
        }
    }

    private Fault broke(String what, Throwable cause) {
        return Fault.of(
                FaultKind.PLUGIN,
                redactor.clean("the plugin failed in " + what + " with "
                        + cause.getClass().getSimpleName()
                        + (cause.getMessage() == null ? "" : ": " + cause.getMessage())));
    }

    private void hideAddress(String endpoint) {
        redactor.hide(endpoint, "channel://" + channel.id());
        try {
            String host = URI.create(endpoint).getHost();
            if (host != null) {
                redactor.hide(host, "channel");
            }
        } catch (IllegalArgumentException e) {
            // The flow will find the same mistake and say so.
            return;
        }
    }

    private void end(Fault fault) {
        if (!over) {
            over = true;
            call.faulted(fault);
        }
    }

    /** Cuts the exchange and drops the flow. */
    void abandon() {
        if (!over) {
            over = true;
            FlowRunner<ChatEvent> running = runner;
            if (running != null) {
                running.abandon();
            }
        }
    }

    /** Gives the lease back. */
    void release() {
        Lease<ChannelType> held = lease;
        if (held != null) {
            held.close();
        }
    }

    Channel channel() {
        return channel;
    }

    String upstreamModel() {
        return model;
    }

    String pluginId() {
        return pluginId;
    }

    String pluginVersion() {
        return pluginVersion;
    }

    long generation() {
        return generation;
    }

    // ---- FlowHost ----

    @Override
    public void event(ChatEvent event) {
        call.delivery().event(event);
    }

    @Override
    public @Nullable Speaking speak(Next.Speak action, boolean framed) {
        return call.delivery().speak(action, framed, ChatCodecs.upstream(action.dialect()));
    }

    @Override
    public void rest(Runnable resume) {
        call.rest(resume);
    }

    @Override
    public boolean contentSeen() {
        return call.delivery().content();
    }

    @Override
    public void note(String key, String value) {
        call.note(key, value);
    }

    @Override
    public void finished() {
        if (!over) {
            over = true;
            call.answered();
        }
    }

    /** Repeats the chat once with a new credential when the upstream says that the minted one is stale. */
    @Override
    public void failed(Fault fault) {
        Minted used = minted;
        Lease<ChannelType> held = lease;
        BoundChannel stale = bound;
        if (over || fault.kind() != FaultKind.KEY_STALE || used == null || held == null || stale == null) {
            end(fault);
        } else if (mintedAnew || contentSeen()) {
            end(fault.toBuilder().kind(FaultKind.KEY_DEAD).build());
        } else {
            mintedAnew = true;
            services.minting().stale(stale, channel.type(), line, used);
            mint(held, stale);
        }
    }
}
