package io.patchbay.testkit.conformance;

import io.patchbay.spi.Fault;
import io.patchbay.spi.http.HttpRequest;
import io.patchbay.testkit.host.ChatSummary;
import io.patchbay.testkit.host.Cut;
import io.patchbay.testkit.host.FlowRun;
import io.patchbay.testkit.host.SentRequest;
import io.patchbay.testkit.host.TestChannel;
import io.patchbay.testkit.upstream.SocketMessage;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** That calls know nothing of each other, and that secrets go only where they belong. */
final class IsolationChecks {
    private static final int AT_ONCE = 8;
    private static final int ROUNDS = 10;

    private final Subject subject;
    private final Fixture fixture;

    private IsolationChecks(Subject subject, Fixture fixture) {
        this.subject = subject;
        this.fixture = fixture;
    }

    static List<Check> of(Subject subject) {
        List<Check> checks = new ArrayList<>();
        for (Fixture fixture : subject.fixtures()) {
            IsolationChecks all = new IsolationChecks(subject, fixture);
            String group = "isolation, fixture " + fixture.name();
            checks.add(new Check(group, "two calls of two channels, step by step in turn", all::interleaved));
            checks.add(new Check(group, "many calls of two channels at once", all::atOnce));
            checks.add(new Check(group, "secrets go only where they belong", all::secrets));
        }
        return checks;
    }

    private void interleaved() {
        for (int size : new int[] {1, 16, 100_000}) {
            Play one = new Play(subject, fixture);
            Play two = new Play(subject, fixture);
            FlowRun<Object> alone = one.recorded();
            FlowRun<Object> first = one.start(subject.channel(), Cut.every(size), UnaryOperator.identity());
            FlowRun<Object> second = two.start(subject.other(), Cut.every(size), UnaryOperator.identity());
            boolean going = true;
            while (going) {
                boolean firstGoes = first.step();
                boolean secondGoes = second.step();
                going = firstGoes || secondGoes;
            }
            Expect.at("the first of two calls", () -> one.same(alone, first));
            Expect.at("the second of two calls", () -> two.same(alone, second));
            unmixed(first, subject.other());
            unmixed(second, subject.channel());
        }
    }

    private void atOnce() {
        FlowRun<Object> alone = new Play(subject, fixture).recorded();
        try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
            List<Future<?>> runs = new ArrayList<>();
            for (int i = 0; i < AT_ONCE; i++) {
                TestChannel channel = i % 2 == 0 ? subject.channel() : subject.other();
                TestChannel foreign = i % 2 == 0 ? subject.other() : subject.channel();
                runs.add(threads.submit(() -> {
                    for (int round = 0; round < ROUNDS; round++) {
                        Play play = new Play(subject, fixture);
                        FlowRun<Object> run = play.start(channel, Cut.every(5), UnaryOperator.identity());
                        play.same(alone, run.toEnd());
                        unmixed(run, foreign);
                    }
                }));
            }
            for (Future<?> run : runs) {
                run.get();
            }
        } catch (ExecutionException e) {
            throw new AssertionError("among many calls at once: " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private static void unmixed(FlowRun<Object> run, TestChannel foreign) {
        for (SentRequest request : run.sent()) {
            for (String secret : foreign.secretTexts()) {
                Expect.that(!request.mentions(secret), "a request carries a secret of another channel: " + request);
            }
        }
        for (String message : run.said()) {
            for (String secret : foreign.secretTexts()) {
                Expect.that(!message.contains(secret), "a socket carries a secret of another channel");
            }
        }
    }

    private void secrets() {
        for (TestChannel channel : List.of(subject.channel(), subject.other())) {
            FlowRun<Object> run = new Play(subject, fixture)
                    .start(channel, Cut.whole(), UnaryOperator.identity())
                    .toEnd();
            fixture.verify(run);
            List<SentRequest> requests = new ArrayList<>(run.sent());
            SentRequest farewell = run.farewell();
            if (farewell != null) {
                requests.add(farewell);
            }
            requests.forEach(request -> belongs(request, channel));
            for (int at = 0; at < run.sent().size(); at++) {
                saidWhereItBelongs(run, at, channel);
            }
            Expect.that(
                    requests.isEmpty() || requests.stream().anyMatch(request -> own(request, channel)),
                    "nothing was sent to the channel's endpoint or a declared host");
            nothingTold(run, channel);
        }
    }

    private void belongs(SentRequest request, TestChannel channel) {
        boolean own = own(request, channel);
        for (String secret : channel.secretTexts()) {
            Expect.that(
                    own || !request.mentions(secret),
                    "a secret goes to " + request.host() + ", which is neither the endpoint nor a declared host");
            List<HttpRequest.Field> fields = new ArrayList<>(request.source().headers());
            fields.addAll(request.source().query());
            for (HttpRequest.Field field : fields) {
                String plain = field.value();
                Expect.that(
                        plain == null || !plain.contains(secret),
                        "\"" + field.name() + "\" carries a secret as plain text instead of a Secret");
            }
            Expect.that(!request.source().url().contains(secret), "a secret is written into an address");
        }
    }

    private void saidWhereItBelongs(FlowRun<Object> run, int at, TestChannel channel) {
        SentRequest handshake = run.sent().get(at);
        for (SocketMessage message : run.said(at)) {
            for (String secret : channel.secretTexts()) {
                Expect.that(
                        own(handshake, channel) || !message.text().contains(secret),
                        "a secret is said to " + handshake.host()
                                + ", which is neither the endpoint nor a declared host");
            }
        }
    }

    private boolean own(SentRequest request, TestChannel channel) {
        return request.host().equals(URI.create(channel.endpoint()).getHost()) || declared(request.host());
    }

    private boolean declared(String host) {
        for (String declared : subject.type().descriptor().hosts()) {
            String name = declared.replaceAll(":\\d+$", "");
            if (host.equals(name) || name.startsWith("*.") && host.endsWith(name.substring(1))) {
                return true;
            }
        }
        return false;
    }

    /** Demands that no secret of the channel shows up in what people or clients see. */
    static void nothingTold(FlowRun<Object> run, TestChannel channel) {
        for (String secret : channel.secretTexts()) {
            run.notes()
                    .forEach((key, value) -> Expect.that(
                            !value.contains(secret) && !key.contains(secret), "a note tells a secret: " + key));
            Fault fault = run.fault();
            Expect.that(!tells(fault, secret), "a fault tells a secret: " + fault);
            Expect.that(!ChatSummary.of(run.events()).toString().contains(secret), "the answer tells a secret");
        }
    }

    private static boolean tells(@Nullable Fault fault, String secret) {
        return fault != null
                && (fault.message().contains(secret)
                        || String.valueOf(fault.vendorCode()).contains(secret)
                        || String.valueOf(fault.sub()).contains(secret));
    }
}
