package io.patchbay.relay.trial;

import io.patchbay.relay.call.EngagedHost;
import io.patchbay.relay.call.Engagement;
import io.patchbay.relay.call.RelayServices;
import io.patchbay.relay.channel.BoundChannel;
import io.patchbay.relay.channel.Channel;
import io.patchbay.relay.exchange.FlowHost;
import io.patchbay.relay.exchange.Head;
import io.patchbay.relay.exchange.Serial;
import io.patchbay.spi.ChannelType;
import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.Flow;
import io.patchbay.spi.Next;
import io.patchbay.spi.http.HttpRequest;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One flow of a plugin, run for an operator who wants to see how it goes: with one key, once, within a bounded time, as
 * a call would run it, but beside routing, accounts and records. Confined to its own serial.
 *
 * @param <E> the events of the flow
 * @param <R> what is told in the end
 */
abstract class Inquiry<E, R> implements Engagement.Client {
    private static final int MOST_STEPS = 50;
    private static final int MOST_NOTES = 32;
    private static final int LONGEST_PATH = 300;

    private final RelayServices services;
    private final Serial serial = new Serial();
    private final CompletableFuture<R> result = new CompletableFuture<>();
    private final List<TrialStep> steps = new ArrayList<>();
    private final Map<String, String> notes = new LinkedHashMap<>();
    private final Engagement engagement;
    private final ChosenKey key;
    private final Duration patience;
    private long begun;
    private @Nullable Future<?> deadline;
    private boolean ended;

    /**
     * Creates an inquiry; {@link #begin()} begins it.
     *
     * @param user the id of the operator
     * @param patience for all of it
     */
    Inquiry(RelayServices services, Channel channel, ChosenKey key, long user, Duration patience) {
        this.services = services;
        this.key = key;
        this.patience = patience;
        this.engagement = new Engagement(services, serial, channel, user, "", this);
    }

    // ---- what it is about ----

    /**
     * Makes the flow. Called once more when a minted credential was stale: what came before does not count then.
     *
     * @return {@code null} also when {@link #guarded}, {@link #fail} or {@link #conclude} ended the inquiry
     */
    abstract @Nullable Flow<E> open(ChannelType type, BoundChannel bound);

    /** The flow emitted an event. */
    abstract void event(E event);

    /** Returns what reads an answer in a dialect, {@code null} when such answers are not expected. */
    FlowHost.@Nullable Speaking speak(Next.Speak action, boolean framed) {
        return null;
    }

    /** Returns whether anything of content has come. */
    abstract boolean contentSeen();

    /** Returns why the flow's end is no good end, {@code null} when it is one. */
    @Nullable
    Fault incomplete() {
        return null;
    }

    /**
     * Returns what is told. Called once, in the end.
     *
     * @param fault free of secrets; {@code null} when all went well
     */
    abstract R report(@Nullable Fault fault, InquiryFacts facts);

    // ---- what it may use ----

    /** Calls the plugin; what it throws ends the inquiry, and then the result is {@code null}. */
    final <T> @Nullable T guarded(String what, Supplier<@Nullable T> work) {
        return engagement.guarded(what, work);
    }

    /** Ends the inquiry with a fault. */
    final void fail(Fault fault) {
        engagement.fail(fault);
    }

    /** Ends the inquiry well, although no flow was run. */
    final void conclude() {
        if (engagement.finish()) {
            end(null);
        }
    }

    /** Returns whether it has ended. */
    final boolean over() {
        return engagement.over();
    }

    /** Adds a line to the transcript; beyond 50 they are left out. */
    final void step(String what, String detail) {
        if (steps.size() < MOST_STEPS) {
            steps.add(new TrialStep(millis(), what, detail));
        }
    }

    /** Returns the time since the beginning in milliseconds. */
    final long millis() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
    }

    /** Returns a text without the secrets of the channel and its upstream's address. */
    final String cleaned(String text) {
        return engagement.cleaned(text);
    }

    // ---- how it goes ----

    /** Begins; called once. The future is always completed, soon after the patience has ended at the latest. */
    final CompletableFuture<R> begin() {
        serial.execute(() -> {
            begun = System.nanoTime();
            deadline = services.timers().after(patience, () -> serial.execute(this::late));
            engagement.start(key.line());
        });
        return result;
    }

    @Override
    public final void ready(ChannelType type, BoundChannel bound) {
        step("ready", "");
        Flow<E> flow = open(type, bound);
        if (!engagement.over()) {
            engagement.run(flow, new Host());
        }
    }

    @Override
    public final void failed(Fault fault) {
        end(fault);
    }

    private void late() {
        if (!ended) {
            engagement.abandon();
            end(Fault.builder(FaultKind.RETRY, "it took longer than " + patience.toSeconds() + " s")
                    .sub("timeout")
                    .build());
        }
    }

    private void finished() {
        Fault fault = incomplete();
        if (fault != null) {
            engagement.fail(fault);
        } else {
            conclude();
        }
    }

    private void end(@Nullable Fault fault) {
        if (ended) {
            return;
        }
        ended = true;
        if (deadline != null) {
            deadline.cancel(false);
        }
        step("end", fault == null ? "ok" : fault.kind().name());
        engagement.release();
        try {
            result.complete(report(fault == null ? null : engagement.cleaned(fault), facts()));
        } catch (RuntimeException e) {
            result.completeExceptionally(e);
        }
    }

    private InquiryFacts facts() {
        return new InquiryFacts(
                key.index(),
                key.mask(),
                engagement.pluginId(),
                engagement.pluginVersion(),
                engagement.generation(),
                engagement.dropped(),
                notes,
                millis(),
                steps);
    }

    private String shown(HttpRequest request) {
        String path = URI.create(request.url()).getRawPath();
        String clean = cleaned(path == null || path.isEmpty() ? "/" : path);
        return request.method() + " "
                + (clean.length() <= LONGEST_PATH ? clean : clean.substring(0, LONGEST_PATH) + "…");
    }

    private final class Host extends EngagedHost<E> {
        Host() {
            super(engagement);
        }

        @Override
        public void event(E event) {
            Inquiry.this.event(event);
        }

        @Override
        public @Nullable Speaking speak(Next.Speak action, boolean framed) {
            return Inquiry.this.speak(action, framed);
        }

        @Override
        public void asked(HttpRequest request) {
            step("asked", shown(request));
        }

        @Override
        public void headCame(Head head) {
            step("head", (head.status() + " " + cleaned(head.contentType())).strip());
        }

        @Override
        public boolean contentSeen() {
            return Inquiry.this.contentSeen();
        }

        @Override
        public void note(String name, String value) {
            if (notes.size() < MOST_NOTES || notes.containsKey(name)) {
                notes.put(name, value);
            }
        }

        @Override
        public void finished() {
            if (!engagement.over()) {
                Inquiry.this.finished();
            }
        }
    }
}
