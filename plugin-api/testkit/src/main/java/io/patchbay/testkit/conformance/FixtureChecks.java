package io.patchbay.testkit.conformance;

import io.patchbay.testkit.host.Cut;
import io.patchbay.testkit.host.FlowRun;
import io.patchbay.testkit.host.Reply;
import io.patchbay.testkit.host.SseText;
import io.patchbay.testkit.host.TestChatCall;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** That a fixture comes to the same however the network delivers it. */
final class FixtureChecks {
    private final Subject subject;
    private final Fixture fixture;

    private FixtureChecks(Subject subject, Fixture fixture) {
        this.subject = subject;
        this.fixture = fixture;
    }

    static List<Check> of(Subject subject) {
        List<Check> checks = new ArrayList<>();
        for (Fixture fixture : subject.fixtures()) {
            FixtureChecks all = new FixtureChecks(subject, fixture);
            String group = "fixture " + fixture.name();
            checks.add(new Check(group, "comes out as recorded, also the second time", all::asRecorded));
            checks.add(new Check(group, "cut at every byte", () -> all.cut(UnaryOperator.identity(), false)));
            checks.add(new Check(group, "cut at every byte with CR LF", () -> all.cut(events(SseText::crlf), true)));
            checks.add(new Check(group, "cut at every byte with lone CR", () -> all.cut(events(SseText::cr), true)));
            checks.add(new Check(group, "byte by byte, in every dress", all::byteByByte));
            checks.add(new Check(group, "given up at every step", all::givenUp));
            String body = fixture.chatBody();
            if (body != null) {
                checks.add(new Check(group, "for a client of another dialect", () -> all.withoutWire(body)));
            }
        }
        return checks;
    }

    static UnaryOperator<Reply> events(UnaryOperator<byte[]> change) {
        return reply -> reply.isEvents() ? reply.body(change) : reply;
    }

    private void asRecorded() {
        Play play = new Play(subject, fixture);
        FlowRun<Object> recorded = play.recorded();
        Expect.at("the second time", () -> play.same(recorded, play.run(Cut.whole(), UnaryOperator.identity())));
    }

    private void cut(UnaryOperator<Reply> dress, boolean dressed) {
        Play play = new Play(subject, fixture);
        FlowRun<Object> recorded = play.recorded();
        boolean events = play.given().stream().anyMatch(Reply::isEvents);
        if (dressed && !events) {
            return;
        }
        play.withoutTap();
        int length = play.given().stream()
                .mapToInt(reply -> dress.apply(reply).body().length)
                .max()
                .orElse(0);
        for (int place : Play.places(length)) {
            Expect.at("cut at byte " + place, () -> play.same(recorded, play.run(Cut.at(place), dress)));
        }
    }

    private void byteByByte() {
        Play play = new Play(subject, fixture);
        FlowRun<Object> recorded = play.recorded();
        dressed(play, recorded, "LF", UnaryOperator.identity());
        dressed(play, recorded, "CR LF", SseText::crlf);
        dressed(play, recorded, "lone CR", SseText::cr);
        dressed(play, recorded, "comments", SseText::comments);
        dressed(play, recorded, "comments and CR LF", body -> SseText.crlf(SseText.comments(body)));
        dressed(play, recorded, "byte order mark, id and retry lines", SseText::odd);
        dressed(play, recorded, "no blank line at the end", SseText::withoutLastBlankLine);
    }

    private void dressed(Play play, FlowRun<Object> recorded, String name, UnaryOperator<byte[]> dress) {
        for (int size : new int[] {1, 2, 7, 1_000_000}) {
            Expect.at(
                    name + ", " + size + " bytes a read",
                    () -> play.same(recorded, play.run(Cut.every(size), events(dress))));
        }
    }

    private void givenUp() {
        Play play = new Play(subject, fixture);
        FlowRun<Object> counting = play.start(subject.channel(), Cut.every(64), UnaryOperator.identity());
        int steps = 0;
        while (counting.step()) {
            steps++;
        }
        for (int given = 0; given <= steps; given++) {
            FlowRun<Object> run = play.start(subject.channel(), Cut.every(64), UnaryOperator.identity());
            for (int i = 0; i < given; i++) {
                run.step();
            }
            run.abandon();
            // Asking for it signs it: a farewell must be ready to send without the flow.
            Expect.at("given up after step " + given, run::farewell);
            Expect.that(run.mistakes().isEmpty(), "after step " + given + " rules were broken: " + run.mistakes());
        }
    }

    private void withoutWire(String body) {
        Play play = new Play(subject, fixture);
        FlowRun<Object> recorded = play.recorded();
        Fixture converted = fixture.opening(
                (type, channel) -> type.chat(TestChatCall.of(body).withoutWire(), channel));
        Play second = new Play(subject, converted);
        FlowRun<Object> run = second.run(Cut.whole(), UnaryOperator.identity());
        second.same(recorded, run);
    }
}
