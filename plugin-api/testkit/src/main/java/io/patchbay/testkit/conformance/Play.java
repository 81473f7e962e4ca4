package io.patchbay.testkit.conformance;

import io.patchbay.spi.ChannelView;
import io.patchbay.spi.Fault;
import io.patchbay.testkit.host.ChatSummary;
import io.patchbay.testkit.host.Cut;
import io.patchbay.testkit.host.FlowDriver;
import io.patchbay.testkit.host.FlowRun;
import io.patchbay.testkit.host.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Plays fixtures of one subject and compares what comes of them. */
final class Play {
    /** How many places of a body are tried at most; small bodies are tried at every byte. */
    private static final int MAX_PLACES = 4_000;

    private final Subject subject;
    private final Fixture fixture;
    private final List<Reply> given = new ArrayList<>();
    private boolean tapping = true;

    Play(Subject subject, Fixture fixture) {
        this.subject = subject;
        this.fixture = fixture;
    }

    /** Leaves out the proof that taps agree from here on, for the many runs that differ by their cuts only. */
    void withoutTap() {
        tapping = false;
    }

    /** Runs the fixture as it was recorded and checks it. */
    FlowRun<Object> recorded() {
        FlowRun<Object> run = run(Cut.whole(), UnaryOperator.identity());
        Expect.at("as recorded", () -> fixture.verify(run));
        return run;
    }

    FlowRun<Object> run(Cut cut, UnaryOperator<Reply> twist) {
        return start(subject.channel(), cut, twist).toEnd();
    }

    FlowRun<Object> start(ChannelView channel, Cut cut, UnaryOperator<Reply> twist) {
        given.clear();
        FlowDriver driver = FlowDriver.answering((request, index) -> {
            Reply reply = fixture.upstream().answer(request, index);
            given.add(reply);
            return twist.apply(reply);
        });
        return fixture.start((tapping ? driver : driver.withoutTap()).cut(cut), subject.type(), channel);
    }

    /** Returns the answers of the latest run, before they were twisted. */
    List<Reply> given() {
        return List.copyOf(given);
    }

    /** Checks a run and that it came to the same as the recorded one. */
    void same(FlowRun<Object> recorded, FlowRun<Object> run) {
        fixture.verify(run);
        if (fixture.isChat() && !ChatSummary.of(recorded.events()).equals(ChatSummary.of(run.events()))) {
            Expect.same("answer", summary(recorded), summary(run));
        }
        Expect.same("number of requests", recorded.sent().size(), run.sent().size());
        Expect.same("fault", kind(recorded.fault()), kind(run.fault()));
    }

    ChatSummary summary(FlowRun<Object> run) {
        StringBuilder text = new StringBuilder();
        given.forEach(reply -> text.append(reply.text()));
        return ChatSummary.of(run.events()).withoutIdsMissingIn(text.toString());
    }

    /** Returns the places to cut a body of that length at, ends included. */
    static List<Integer> places(int length) {
        int stride = Math.max(1, length / MAX_PLACES);
        List<Integer> places = new ArrayList<>();
        for (int place = 0; place < length; place += stride) {
            places.add(place);
        }
        places.add(length);
        return places;
    }

    /** Returns the length of the longest answer of the latest run. */
    int longest() {
        return given.stream().mapToInt(reply -> reply.body().length).max().orElse(0);
    }

    private static String kind(@Nullable Fault fault) {
        return fault == null ? "none" : fault.kind().name();
    }
}
