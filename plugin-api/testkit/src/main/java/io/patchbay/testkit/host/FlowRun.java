package io.patchbay.testkit.host;

import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.Flow;
import io.patchbay.spi.Memo;
import io.patchbay.spi.Next;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.spi.http.HttpRequest;
import io.patchbay.testkit.upstream.SocketMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One run of a flow in a {@link FlowDriver}, performed step by step, and what came of it. Not safe for use by several
 * threads.
 *
 * @param <E> the events of the flow
 */
public final class FlowRun<E> {
    /** The most requests of one run. */
    static final int MAX_EXCHANGES = 50;

    private static final int MAX_STEPS = 50_000_000;

    /** How a run ended. */
    public enum Ending {
        /** It has not. */
        RUNNING,
        /** Well. */
        DONE,
        /** With a fault. */
        FAILED,
        /** The answer was handed on as it came. */
        PASSED,
        /** The test gave it up, as the host does when a client leaves. */
        ABANDONED
    }

    private final FlowDriver.Settings settings;
    private final boolean chat;
    private final TestTurn<E> turn;
    private final Performer<E> performer = new Performer<>(this);
    private final List<SentRequest> sent = new ArrayList<>();
    private final List<Said> said = new ArrayList<>();
    private final List<Duration> pauses = new ArrayList<>();
    private final List<String> mistakes = new ArrayList<>();
    private final List<byte[]> tapped = new ArrayList<>();

    private record Said(int exchange, SocketMessage message) {}

    private @Nullable Flow<E> flow;
    private @Nullable Next pending;
    private @Nullable Exchange<E> exchange;
    private Ending ending = Ending.RUNNING;
    private @Nullable Fault fault;
    private @Nullable Throwable thrown;
    private @Nullable Passed passed;
    private Instant clock;

    FlowRun(FlowDriver.Settings settings, Flow<E> flow, boolean chat) {
        this.settings = settings;
        this.flow = flow;
        this.chat = chat;
        this.clock = settings.start;
        this.turn = new TestTurn<>(clock, settings.seed, mistakes::add);
        turn.opened(false);
    }

    /**
     * Performs one step: a call into the flow, or one network read with the frames in it.
     *
     * @return whether the run goes on
     */
    public boolean step() {
        if (ending != Ending.RUNNING) {
            return false;
        }
        Flow<E> first = flow;
        if (first != null) {
            // The host too drops the flow after begin: what its readers need of it they hold themselves.
            flow = null;
            proceed(enter("begin", () -> first.begin(turn)));
        } else if (exchange != null) {
            exchange.step();
        } else {
            Next next = Objects.requireNonNull(pending, "a run has something to do");
            pending = null;
            performer.perform(next);
        }
        return ending == Ending.RUNNING;
    }

    /** Performs all steps that are left. */
    public FlowRun<E> toEnd() {
        for (int i = 0; i < MAX_STEPS; i++) {
            if (!step()) {
                return this;
            }
        }
        broke("the flow does not come to an end");
        return this;
    }

    /** Gives the run up, as the host does when the client leaves: no more of the flow is called. */
    public void abandon() {
        if (ending == Ending.RUNNING) {
            end(Ending.ABANDONED);
        }
    }

    /** Returns how the run ended. */
    public Ending ending() {
        return ending;
    }

    /** Returns the events in order, the flow's own and those the host decoded for it. */
    public List<E> events() {
        return turn.events();
    }

    /** Returns why the run failed, or {@code null}. */
    public @Nullable Fault fault() {
        return fault;
    }

    /** Returns the requests, signed and with their secrets revealed. */
    public List<SentRequest> sent() {
        return List.copyOf(sent);
    }

    /** Returns what the flow said on its sockets, in order; binary messages as far as they are UTF-8. */
    public List<String> said() {
        return said.stream().map(one -> one.message().text()).toList();
    }

    /**
     * Returns what the flow said on the socket of one exchange, in order.
     *
     * @param exchange the place of its handshake in {@link #sent()}, from 0
     */
    public List<SocketMessage> said(int exchange) {
        return said.stream()
                .filter(one -> one.exchange() == exchange)
                .map(Said::message)
                .toList();
    }

    /** Returns the notes for the request log. */
    public Map<String, String> notes() {
        return turn.notes();
    }

    /** Returns the request fields the flow said the upstream will not see, in order. */
    public Set<String> dropped() {
        return turn.dropped();
    }

    /** Returns what the flow asked to be remembered. */
    public Map<Memo, String> remembered() {
        return turn.remembered();
    }

    /** Returns what would tell the upstream to stop, signed and with its secrets revealed, or {@code null}. */
    public @Nullable SentRequest farewell() {
        HttpRequest last = turn.farewell();
        return last == null ? null : SentRequest.of(last, clock);
    }

    /** Returns the pauses the flow took; no time passes for them. */
    public List<Duration> pauses() {
        return List.copyOf(pauses);
    }

    /** Returns the answer that was handed on, or {@code null}. */
    public @Nullable Passed passed() {
        return passed;
    }

    /** Returns the rules that were broken, and disagreements between the two ways to read a dialect. */
    public List<String> mistakes() {
        return List.copyOf(mistakes);
    }

    /** Returns what the flow threw, or {@code null}. */
    public @Nullable Throwable thrown() {
        return thrown;
    }

    /** Returns what a client of the same dialect would have been sent, one entry per exchange that was spoken. */
    public List<byte[]> tapped() {
        return List.copyOf(tapped);
    }

    @Override
    public String toString() {
        Fault why = fault;
        return ending + (why == null ? "" : " " + why + " \"" + why.message() + "\"") + ", " + turn.eventCount()
                + " events, " + sent.size() + " requests" + (mistakes.isEmpty() ? "" : ", mistakes " + mistakes);
    }

    // What follows is for the exchanges.

    FlowDriver.Settings settings() {
        return settings;
    }

    boolean isChat() {
        return chat;
    }

    boolean isOpen(Exchange<E> one) {
        return one.equals(exchange) && ending == Ending.RUNNING;
    }

    Instant clock() {
        return clock;
    }

    /** Returns whether a call into the flow is going on. */
    boolean isInside() {
        return turn.isOpen();
    }

    /** Adds a request; returns its place, from 0. */
    int sent(SentRequest request) {
        sent.add(request);
        return sent.size() - 1;
    }

    /** Adds what the flow said on the socket of that exchange. */
    void said(int exchange, SocketMessage message) {
        said.add(new Said(exchange, message));
    }

    /** Adds a pause; its time passes. */
    void paused(Duration time) {
        pauses.add(time);
        clock = clock.plus(time);
    }

    /** Begins to read an answer step by step; {@code null} when that has ended the run. */
    void opened(@Nullable Exchange<E> one) {
        exchange = one;
    }

    /** Ends the run with an answer that is handed on. */
    void pass(Passed product) {
        passed = product;
        end(Ending.PASSED);
    }

    /** Calls the flow; returns {@code null} when it broke a rule, which has ended the run. */
    @Nullable
    Next enter(String what, Supplier<Next> call) {
        Next next = enterMaybe(what, call);
        if (next == null && ending == Ending.RUNNING) {
            broke(what + " returned null");
        }
        return next;
    }

    /** Calls a part of the flow that may return {@code null}. */
    <R> @Nullable R enterMaybe(String what, Supplier<@Nullable R> call) {
        clock = clock.plusMillis(1);
        turn.advanceTo(clock);
        turn.opened(true);
        try {
            return call.get();
        } catch (Exception | LinkageError | StackOverflowError e) {
            thrown = e;
            broke(what + " threw " + e);
            return null;
        } finally {
            turn.opened(false);
        }
    }

    /** Ends the exchange that is open, and goes on with that; {@code null} when the run has ended. */
    void proceed(@Nullable Next next) {
        if (next != null && ending == Ending.RUNNING) {
            exchange = null;
            pending = next;
        }
    }

    /** Adds an event the host itself decoded. */
    @SuppressWarnings("unchecked")
    void decoded(ChatEvent event) {
        turn.add((E) event);
    }

    void fail(Fault why) {
        fault = why;
        end(Ending.FAILED);
    }

    void finish() {
        end(Ending.DONE);
    }

    void broke(String mistake) {
        mistakes.add(mistake);
        if (ending == Ending.RUNNING) {
            fail(Fault.of(FaultKind.PLUGIN, mistake));
        }
    }

    void disagrees(String difference) {
        mistakes.add(difference);
    }

    void tapped(byte[] stream) {
        tapped.add(stream);
    }

    /** Returns the fault for a connection that broke. */
    Fault brokenConnection() {
        boolean content = turn.events().stream().anyMatch(event -> !(event instanceof ChatEvent.Started));
        return Fault.of(content ? FaultKind.TRUNCATED : FaultKind.RETRY, "the connection to the upstream broke");
    }

    private void end(Ending how) {
        ending = how;
        exchange = null;
        pending = null;
    }
}
