package io.patchbay.testkit.conformance;

import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.testkit.host.ChatSummary;
import io.patchbay.testkit.host.Cut;
import io.patchbay.testkit.host.FlowRun;
import io.patchbay.testkit.host.Reply;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** That an answer which ends early is never taken for a complete one. */
final class TruncationChecks {
    private static final Set<FaultKind> BETWEEN_FRAMES = EnumSet.of(FaultKind.TRUNCATED);
    private static final Set<FaultKind> INSIDE_A_FRAME =
            EnumSet.of(FaultKind.TRUNCATED, FaultKind.UPSTREAM, FaultKind.RETRY);
    private static final Set<FaultKind> BEFORE_A_WORD =
            EnumSet.of(FaultKind.TRUNCATED, FaultKind.UPSTREAM, FaultKind.RETRY, FaultKind.KEY_DEAD);
    private static final Set<FaultKind> ANY = EnumSet.complementOf(EnumSet.of(FaultKind.PLUGIN));

    private final Subject subject;
    private final Fixture fixture;

    private TruncationChecks(Subject subject, Fixture fixture) {
        this.subject = subject;
        this.fixture = fixture;
    }

    static List<Check> of(Subject subject) {
        List<Check> checks = new ArrayList<>();
        for (Fixture fixture : subject.fixtures()) {
            if (!fixture.fails() && fixture.isChat()) {
                TruncationChecks all = new TruncationChecks(subject, fixture);
                checks.add(new Check(
                        "fixture " + fixture.name(),
                        "ending early at every byte is noticed",
                        () -> all.endsEarly(false)));
                checks.add(new Check(
                        "fixture " + fixture.name(), "breaking at every byte is noticed", () -> all.endsEarly(true)));
            }
        }
        return checks;
    }

    private void endsEarly(boolean breaks) {
        Play play = new Play(subject, fixture);
        FlowRun<Object> recorded = play.recorded();
        if (play.given().isEmpty()) {
            return;
        }
        ChatSummary whole = play.summary(recorded);
        Reply last = play.given().getLast();
        int exchanges = recorded.sent().size();
        if (last.isSocket()) {
            endsEarly(play, whole, exchanges, last.messages().size(), breaks);
            return;
        }
        byte[] body = last.body();
        for (int place : Play.places(body.length)) {
            if (place == body.length && !breaks) {
                continue;
            }
            FlowRun<Object> run = play.run(
                    Cut.whole(),
                    lastOnly(exchanges, reply -> breaks ? reply.brokenAt(place) : reply.truncatedAt(place)));
            boolean between = last.isEvents() && atFrameEnd(body, place) && place > 0;
            Set<FaultKind> sensible = between && !breaks ? BETWEEN_FRAMES : INSIDE_A_FRAME;
            Expect.at("after byte " + place, () -> noticed(run, play.summary(run), whole, sensible));
        }
    }

    private void endsEarly(Play play, ChatSummary whole, int exchanges, int messages, boolean breaks) {
        for (int count = 0; count <= messages; count++) {
            int place = count;
            if (breaks) {
                ends(play, whole, exchanges, place, INSIDE_A_FRAME, reply -> reply.brokenAfter(place));
                continue;
            }
            if (place < messages && !(fixture.isEndedByClosing() && place > 0)) {
                // A vendor may close without a word instead of refusing a key.
                Set<FaultKind> sensible = place == 0 ? BEFORE_A_WORD : BETWEEN_FRAMES;
                ends(play, whole, exchanges, place, sensible, reply -> reply.closedAfter(place));
            }
            ends(
                    play,
                    whole,
                    exchanges,
                    place,
                    ANY,
                    reply -> reply.closedAfter(place).closing(1011, "internal error"));
        }
    }

    private static void ends(
            Play play,
            ChatSummary whole,
            int exchanges,
            int place,
            Set<FaultKind> sensible,
            UnaryOperator<Reply> twist) {
        FlowRun<Object> run = play.run(Cut.whole(), lastOnly(exchanges, twist));
        Expect.at("after message " + place, () -> noticed(run, play.summary(run), whole, sensible));
    }

    private static UnaryOperator<Reply> lastOnly(int exchanges, UnaryOperator<Reply> twist) {
        int[] answered = {0};
        return reply -> ++answered[0] < exchanges ? reply : twist.apply(reply);
    }

    private static void noticed(FlowRun<Object> run, ChatSummary part, ChatSummary whole, Set<FaultKind> sensible) {
        Expect.that(run.mistakes().isEmpty(), "rules were broken: " + run.mistakes());
        if (run.ending() == FlowRun.Ending.DONE) {
            // Whatever came after the finish (usage, an end marker the vendor does not always send) may be missing.
            Expect.same(
                    "a truncated answer was taken for a complete one; its choices", whole.choices(), part.choices());
            return;
        }
        Fault fault = run.fault();
        Expect.that(
                fault != null && sensible.contains(fault.kind()), "expected a fault " + sensible + ", found " + run);
    }

    private static boolean atFrameEnd(byte[] body, int place) {
        return place >= 2 && body[place - 1] == '\n' && body[place - 2] == '\n';
    }
}
