package io.patchbay.testkit.host;

import io.patchbay.spi.Flow;
import io.patchbay.spi.Memo;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.testkit.upstream.ReceivedRequest;
import io.patchbay.testkit.upstream.Script;
import java.net.URI;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Performs in memory what flows want next, by the rules of the SPI, against answers said beforehand.
 *
 * <p>Everything handed to a flow is overwritten as soon as the call returns. A flow that breaks a rule (returns null,
 * says more in the wrong place, throws, uses its turn outside of a call) ends with a {@code PLUGIN} fault, and the rule
 * is among {@link FlowRun#mistakes()}. What is spoken in a dialect is read both ways a host can read it, by decoding and
 * by tapping; a disagreement is a mistake too. Same answers, same run: clock and randomness come from the driver.
 *
 * <p>A driver is immutable and can run any number of flows; each method returns a changed driver.
 */
public final class FlowDriver {
    private final Settings settings;

    private FlowDriver(Settings settings) {
        this.settings = settings;
    }

    /** Chooses the answer of each request of one run. */
    @FunctionalInterface
    public interface Upstream {
        /**
         * Returns the answer.
         *
         * @param request what was sent
         * @param index which exchange of the run it is, from 0
         */
        Reply answer(SentRequest request, int index);

        /** Returns an upstream that answers by the scripts of a scripted upstream, without their pauses and breaks. */
        static Upstream scripted(Function<ReceivedRequest, Script> scripts) {
            return (request, index) -> {
                URI uri = URI.create(request.url());
                ReceivedRequest received = new ReceivedRequest(
                        request.method(),
                        uri.getPath(),
                        request.headers(),
                        request.body(),
                        Objects.requireNonNullElse(uri.getRawQuery(), ""),
                        index + 1L,
                        Instant.EPOCH);
                return Reply.of(scripts.apply(received));
            };
        }
    }

    /** Returns a driver whose upstream gives these answers in order; the last one is repeated. */
    public static FlowDriver answering(Reply... replies) {
        return answering(Arrays.asList(replies));
    }

    /** Returns a driver whose upstream gives these answers in order; the last one is repeated. */
    public static FlowDriver answering(List<Reply> replies) {
        if (replies.isEmpty()) {
            throw new IllegalArgumentException("an upstream needs at least one answer");
        }
        List<Reply> all = List.copyOf(replies);
        return answering((request, index) -> all.get(Math.min(index, all.size() - 1)));
    }

    /** Returns a driver whose upstream answers by a function of the request. */
    public static FlowDriver answering(Upstream upstream) {
        Settings settings = new Settings();
        settings.upstream = upstream;
        return new FlowDriver(settings);
    }

    /** Returns a driver whose upstream must not be asked: any request ends the run with a mistake. */
    public static FlowDriver silent() {
        return answering((request, index) -> {
            throw new AssertionError("no request was expected, found " + request);
        });
    }

    /** Cuts the bodies of all answers that way; {@link Cut#whole()} unless said. */
    public FlowDriver cut(Cut value) {
        return with(s -> s.cut = value);
    }

    /** Begins at that time; the clock moves one millisecond with each call into the flow, and by pauses. */
    public FlowDriver startingAt(Instant value) {
        return with(s -> s.start = value);
    }

    /** Makes the turn's randomness from that seed. */
    public FlowDriver seed(long value) {
        return with(s -> s.seed = value);
    }

    /** Lets earlier calls have remembered this. */
    public FlowDriver remembering(Map<Memo, String> memory) {
        return with(s -> s.memory = Map.copyOf(memory));
    }

    /** Names the model by the client's name, which a tap writes in place of the upstream's. */
    public FlowDriver publicModel(String value) {
        return with(s -> s.publicModel = value);
    }

    /**
     * Decodes only, without the proof that a tap agrees. The proof does not depend on how a body is cut, so whoever tries
     * thousands of cuts can do without.
     */
    public FlowDriver withoutTap() {
        return with(s -> s.tapping = false);
    }

    /** Runs a flow to its end. */
    public <E> FlowRun<E> run(Flow<E> flow) {
        return start(flow).toEnd();
    }

    /** Runs a chat flow to its end; one that is done without a finish event counts as truncated. */
    public FlowRun<ChatEvent> chat(Flow<ChatEvent> flow) {
        return startChat(flow).toEnd();
    }

    /** Prepares a run that is performed step by step. */
    public <E> FlowRun<E> start(Flow<E> flow) {
        return new FlowRun<>(settings, flow, false);
    }

    /** Prepares a run of a chat flow that is performed step by step. */
    public FlowRun<ChatEvent> startChat(Flow<ChatEvent> flow) {
        return new FlowRun<>(settings, flow, true);
    }

    /** Makes a flow and prepares its run; what the making throws is a mistake of the run. */
    public <E> FlowRun<E> start(Supplier<Flow<E>> opening, boolean chat) {
        return new FlowRun<>(settings, turn -> opening.get().begin(turn), chat);
    }

    private FlowDriver with(Consumer<Settings> change) {
        Settings copy = settings.copy();
        change.accept(copy);
        return new FlowDriver(copy);
    }

    /** The values of a driver; changed only while a new driver is being made. */
    static final class Settings {
        Upstream upstream = (request, index) -> Reply.json(404, "{}");
        Cut cut = Cut.whole();
        Instant start = Instant.parse("2026-11-24T08:00:00Z");
        long seed = 42;
        String publicModel = "public-model";
        boolean tapping = true;
        Map<Memo, String> memory = Map.of();

        Settings copy() {
            Settings copy = new Settings();
            copy.upstream = upstream;
            copy.cut = cut;
            copy.start = start;
            copy.seed = seed;
            copy.publicModel = publicModel;
            copy.tapping = tapping;
            copy.memory = memory;
            return copy;
        }
    }
}
