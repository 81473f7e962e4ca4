package io.patchbay.testkit.conformance;

import io.patchbay.testkit.host.Cut;
import io.patchbay.testkit.host.FlowRun;
import io.patchbay.testkit.host.Reply;
import io.patchbay.testkit.host.TestChatCall;
import io.patchbay.testkit.upstream.SocketMessage;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;

/** That nonsense becomes faults or events, never an exception. */
final class HostileChecks {
    private static final int MUTATIONS = 400;

    private final Subject subject;
    private final Fixture fixture;
    private final boolean huge;

    private HostileChecks(Subject subject, Fixture fixture, boolean huge) {
        this.subject = subject;
        this.fixture = fixture;
        this.huge = huge;
    }

    static List<Check> of(Subject subject) {
        List<Check> checks = new ArrayList<>();
        Set<String> kinds = new HashSet<>();
        for (Fixture fixture : subject.fixtures()) {
            if (fixture.fails()) {
                continue;
            }
            // Huge answers take long, so one fixture of a kind is fed with them.
            String body = fixture.chatBody();
            String kind = fixture.isChat()
                    ? "chat " + (body != null && isStream(body))
                    : fixture.shows().toString();
            HostileChecks all = new HostileChecks(subject, fixture, kinds.add(kind));
            String group = "hostile, fixture " + fixture.name();
            checks.add(new Check(group, "nonsense in place of an answer", all::inPlace));
            checks.add(new Check(group, "nonsense inside a stream", all::inside));
            checks.add(new Check(group, "bytes changed at random", all::mutated));
        }
        subject.fixtures().stream()
                .filter(fixture -> !fixture.fails())
                .findFirst()
                .ifPresent(fixture -> checks.add(new Check(
                        "hostile", "one line of 20 MB", new HostileChecks(subject, fixture, true)::longLine)));
        return checks;
    }

    /** Pictures inside answers make lines like this; what is too long becomes a fault. */
    private void longLine() {
        Play play = new Play(subject, fixture);
        int exchanges = play.recorded().sent().size();
        if (exchanges == 0) {
            return;
        }
        play.withoutTap();
        String line = "{\"data\":\"" + "QUJD".repeat(5 * 1024 * 1024) + "\"}";
        byte[] payload = line.getBytes(StandardCharsets.UTF_8);
        survive(
                play,
                "a line of 20 MB",
                exchanges,
                reply -> reply.isSocket()
                        ? reply.messages(List.of(SocketMessage.text(line)))
                        : reply.body(reply.isEvents() ? event(payload) : payload));
    }

    private static boolean isStream(String body) {
        return TestChatCall.of(body).stream();
    }

    private void inPlace() {
        Play play = new Play(subject, fixture);
        int exchanges = play.recorded().sent().size();
        if (exchanges == 0) {
            return;
        }
        boolean events = play.given().getLast().isEvents();
        if (play.given().getLast().isSocket()) {
            messages(play, exchanges, play.given().getLast().messages());
            return;
        }
        Nonsense.payloads(huge).forEach((name, payload) -> {
            survive(play, name + " as a body", exchanges, reply -> reply.body(payload));
            if (events) {
                survive(play, name + " as the only event", exchanges, reply -> reply.body(event(payload)));
            }
        });
    }

    private void inside() {
        Play play = new Play(subject, fixture);
        int exchanges = play.recorded().sent().size();
        if (exchanges == 0) {
            return;
        }
        if (play.given().getLast().isSocket()) {
            between(play, exchanges, play.given().getLast().messages());
            return;
        }
        if (!play.given().getLast().isEvents()) {
            return;
        }
        Nonsense.payloads(huge).forEach((name, payload) -> {
            if (payload.length < Nonsense.HUGE) {
                survive(
                        play,
                        name + " before the rest",
                        exchanges,
                        reply -> reply.body(joined(event(payload), reply.body())));
                survive(
                        play,
                        name + " after the end",
                        exchanges,
                        reply -> reply.body(joined(reply.body(), event(payload))));
            }
            survive(play, name + " after the first event", exchanges, reply -> {
                byte[] body = reply.body();
                int end = firstEventEnd(body);
                byte[] rest = Arrays.copyOfRange(body, end, body.length);
                return reply.body(joined(Arrays.copyOf(body, end), event(payload), rest));
            });
        });
    }

    private void mutated() {
        Play play = new Play(subject, fixture);
        int exchanges = play.recorded().sent().size();
        if (exchanges == 0) {
            return;
        }
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < MUTATIONS; i++) {
            SplittableRandom own = random.split();
            survive(
                    play,
                    "mutation " + i,
                    exchanges,
                    reply -> reply.isSocket()
                            ? reply.messages(mutate(reply.messages(), own))
                            : reply.body(body -> mutate(body, own)));
        }
    }

    private static List<SocketMessage> mutate(List<SocketMessage> messages, SplittableRandom random) {
        List<SocketMessage> changed = new ArrayList<>(messages);
        if (!changed.isEmpty()) {
            int at = random.nextInt(changed.size());
            changed.set(at, SocketMessage.binary(mutate(changed.get(at).bytes(), random)));
        }
        return changed;
    }

    /** Says nonsense in place of everything, and in place of each message. */
    private void messages(Play play, int exchanges, List<SocketMessage> recorded) {
        Nonsense.payloads(huge).forEach((name, payload) -> {
            SocketMessage message = SocketMessage.binary(payload);
            survive(play, name + " as the only message", exchanges, reply -> reply.messages(List.of(message)));
            for (int place = 0; place < recorded.size(); place++) {
                List<SocketMessage> changed = new ArrayList<>(recorded);
                changed.set(place, message);
                survive(play, name + " as message " + (place + 1), exchanges, reply -> reply.messages(changed));
            }
        });
    }

    /** Says nonsense before, between and behind the messages. */
    private void between(Play play, int exchanges, List<SocketMessage> recorded) {
        Nonsense.payloads(huge).forEach((name, payload) -> {
            for (int place = 0; place <= recorded.size(); place++) {
                List<SocketMessage> changed = new ArrayList<>(recorded);
                changed.add(place, SocketMessage.binary(payload));
                survive(play, name + " after message " + place, exchanges, reply -> reply.messages(changed));
            }
        });
    }

    private static byte[] mutate(byte[] body, SplittableRandom random) {
        byte[] syntax = "{}[]\",:\\\n\r 0-e\0".getBytes(StandardCharsets.UTF_8);
        for (int times = random.nextInt(1, 4); times > 0 && body.length > 0; times--) {
            int at = random.nextInt(body.length);
            body[at] = random.nextBoolean() ? syntax[random.nextInt(syntax.length)] : (byte) random.nextInt();
        }
        return body;
    }

    private void survive(Play play, String place, int exchanges, UnaryOperator<Reply> change) {
        int[] answered = {0};
        FlowRun<Object> run =
                play.run(Cut.every(16_384), reply -> ++answered[0] < exchanges ? reply : change.apply(reply));
        Throwable thrown = run.thrown();
        if (thrown != null || !run.mistakes().isEmpty()) {
            throw new AssertionError(place + ": rules were broken: " + run.mistakes(), thrown);
        }
    }

    private static byte[] event(byte[] payload) {
        byte[] end = {'\n', '\n'};
        return joined("data: ".getBytes(StandardCharsets.UTF_8), payload, end);
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            joined.writeBytes(part);
        }
        return joined.toByteArray();
    }

    private static int firstEventEnd(byte[] body) {
        for (int i = 2; i < body.length; i++) {
            if (body[i - 1] == '\n' && body[i - 2] == '\n') {
                return i;
            }
        }
        return body.length;
    }
}
