package io.patchbay.testkit.conformance;

import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.testkit.host.Cut;
import io.patchbay.testkit.host.FlowRun;
import io.patchbay.testkit.host.Reply;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** That refusals become faults of a sensible kind, whatever their body. */
final class RefusalChecks {
    private static final String JSON =
            "{\"error\":{\"message\":\"refused by the test\",\"type\":null,\"param\":null,\"code\":null}}";
    private static final String PAGE = "<!DOCTYPE html><html><head><title>Refused</title></head>"
            + "<body><h1>Refused</h1><script>alert(1)</script></body></html>";

    private final Subject subject;
    private final Fixture fixture;

    private RefusalChecks(Subject subject, Fixture fixture) {
        this.subject = subject;
        this.fixture = fixture;
    }

    static List<Check> of(Subject subject) {
        List<Check> checks = new ArrayList<>();
        for (Fixture fixture : subject.fixtures()) {
            if (fixture.fails()) {
                continue;
            }
            RefusalChecks all = new RefusalChecks(subject, fixture);
            String group = "refusals, fixture " + fixture.name();
            for (int status : new int[] {400, 401, 402, 403, 404, 408, 409, 413, 429, 500, 502, 503, 529}) {
                checks.add(new Check(group, "status " + status + " with any body", () -> all.refused(status)));
            }
            checks.add(new Check(group, "the wait a vendor asks for is told", all::retryAfter));
            checks.add(new Check(group, "a page or an error where an answer was due", all::unframed));
        }
        return checks;
    }

    private static Set<FaultKind> sensible(int status) {
        return switch (status) {
            case 400 ->
                EnumSet.of(
                        FaultKind.BAD_REQUEST,
                        FaultKind.TOO_LONG,
                        FaultKind.CONTENT,
                        FaultKind.UPSTREAM,
                        FaultKind.CONFIG);
            case 401 -> EnumSet.of(FaultKind.KEY_DEAD, FaultKind.KEY_STALE);
            case 402 -> EnumSet.of(FaultKind.QUOTA);
            case 403 ->
                EnumSet.of(
                        FaultKind.NO_ACCESS, FaultKind.KEY_DEAD, FaultKind.CONTENT, FaultKind.CLOCK, FaultKind.QUOTA);
            case 404 -> EnumSet.of(FaultKind.NO_ACCESS, FaultKind.CONFIG, FaultKind.BAD_REQUEST, FaultKind.UNSUPPORTED);
            case 409 -> EnumSet.of(FaultKind.RETRY, FaultKind.BAD_REQUEST, FaultKind.UPSTREAM);
            case 413 -> EnumSet.of(FaultKind.BAD_REQUEST, FaultKind.TOO_LONG);
            case 429 -> EnumSet.of(FaultKind.RATE, FaultKind.QUOTA);
            default -> EnumSet.of(FaultKind.RETRY, FaultKind.UPSTREAM);
        };
    }

    private static Map<String, Reply> replies(int status) {
        Map<String, Reply> replies = new LinkedHashMap<>();
        replies.put("a JSON body", Reply.json(status, JSON));
        replies.put("a page", Reply.of(status, "text/html; charset=utf-8", PAGE.getBytes(StandardCharsets.UTF_8)));
        replies.put("no body", Reply.of(status, "", new byte[0]));
        replies.put("100 KB", Reply.of(status, "text/plain", "x".repeat(100_000).getBytes(StandardCharsets.UTF_8)));
        replies.put("100 KB of JSON", Reply.json(status, "{\"error\":{\"message\":\"" + "y".repeat(100_000) + "\"}}"));
        replies.put("bytes that are no text", Reply.of(status, "application/json", new byte[] {(byte) 0xFF, 0, 1}));
        replies.put("an error of another shape", Reply.json(status, "{\"error\":\"no\",\"detail\":[{\"msg\":1}]}"));
        return replies;
    }

    private void refused(int status) {
        int exchanges = new Play(subject, fixture).recorded().sent().size();
        replies(status).forEach((body, reply) -> {
            for (int at = 0; at < exchanges; at++) {
                FlowRun<Object> run = runRefusedFrom(at, reply);
                Expect.at(body + " at request " + (at + 1), () -> fault(run, sensible(status)));
            }
        });
    }

    private FlowRun<Object> runRefusedFrom(int exchange, Reply reply) {
        int[] answered = {0};
        UnaryOperator<Reply> twist = given -> answered[0]++ < exchange ? given : reply;
        return new Play(subject, fixture).run(Cut.whole(), twist);
    }

    private void fault(FlowRun<Object> run, Set<FaultKind> kinds) {
        Expect.that(run.mistakes().isEmpty(), "rules were broken: " + run.mistakes());
        Fault fault = run.fault();
        Expect.that(fault != null && kinds.contains(fault.kind()), "expected a fault " + kinds + ", found " + run);
        boolean content = run.events().stream()
                .anyMatch(event -> event instanceof ChatEvent.Text || event instanceof ChatEvent.Finish);
        Expect.that(!content, "a refusal was taken for an answer: " + run);
        IsolationChecks.nothingTold(run, subject.channel());
    }

    private void retryAfter() {
        if (new Play(subject, fixture).recorded().sent().isEmpty()) {
            return;
        }
        FlowRun<Object> run = runRefusedFrom(0, Reply.json(429, JSON).header("retry-after", "7"));
        Fault fault = run.fault();
        Expect.same("wait", Duration.ofSeconds(7), fault == null ? null : fault.after());
    }

    private void unframed() {
        Play play = new Play(subject, fixture);
        int exchanges = play.recorded().sent().size();
        if (exchanges == 0) {
            return;
        }
        boolean product = play.recorded().ending() == FlowRun.Ending.PASSED;
        Map<String, Reply> replies = new LinkedHashMap<>();
        replies.put("an error as JSON", Reply.json(JSON));
        if (!product) {
            // Where bytes are handed on as they come, nobody can tell a page from the product.
            replies.put("a page", Reply.of(200, "text/html", PAGE.getBytes(StandardCharsets.UTF_8)));
            replies.put("nothing", Reply.of(200, "application/json", new byte[0]));
            replies.put("a number", Reply.json("7"));
            replies.put("an empty object", Reply.json("{}"));
        }
        replies.forEach((body, reply) -> {
            FlowRun<Object> run = runRefusedFrom(exchanges - 1, reply);
            Expect.at(body, () -> {
                Expect.that(run.mistakes().isEmpty(), "rules were broken: " + run.mistakes());
                Expect.that(run.ending() == FlowRun.Ending.FAILED, "expected a fault, found " + run);
                IsolationChecks.nothingTold(run, subject.channel());
            });
        });
    }
}
