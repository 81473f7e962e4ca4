package io.patchbay.testkit.conformance;

import io.patchbay.spi.Capability;
import io.patchbay.spi.Dialect;
import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.spi.json.JsonString;
import io.patchbay.testkit.host.ChatSummary;
import io.patchbay.testkit.host.Cut;
import io.patchbay.testkit.host.FlowDriver;
import io.patchbay.testkit.host.FlowRun;
import io.patchbay.testkit.host.Reply;
import io.patchbay.testkit.host.TestChatCall;
import io.patchbay.testkit.upstream.ChatAnswer;
import io.patchbay.testkit.upstream.ChatAnswer.UsagePlace;
import io.patchbay.testkit.upstream.OpenAiScripts;
import io.patchbay.testkit.upstream.Script;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** What every type that offers the OpenAI chat dialect must read, by answers the kit makes itself. */
final class DialectChecks {
    private static final String GROUP = "openai-chat";

    private final Subject subject;
    private final ChatAnswer answer;

    private DialectChecks(Subject subject) {
        this.subject = subject;
        this.answer = OpenAiScripts.text(subject.model(), "a", "b", "c").usage(11, 7);
    }

    static List<Check> of(Subject subject) {
        DialectChecks all = new DialectChecks(subject);
        List<Check> checks = new ArrayList<>();
        if (!subject.claimed().contains(Capability.CHAT)
                || !subject.type()
                        .offer(subject.model(), subject.channel())
                        .dialects()
                        .contains(Dialect.OPENAI_CHAT)) {
            return checks;
        }
        for (UsagePlace place : UsagePlace.values()) {
            checks.add(new Check(GROUP, "usage told " + place, () -> all.usage(place)));
        }
        checks.add(new Check(GROUP, "an answer that is not streamed", all::whole));
        checks.add(new Check(GROUP, "a whole answer where a stream was asked for", all::wholeForStream));
        checks.add(new Check(GROUP, "an error inside the stream before content", all::errorBeforeContent));
        checks.add(new Check(GROUP, "an error inside the stream after content", all::errorAfterContent));
        checks.add(new Check(GROUP, "an error with status 200", all::errorInsideSuccess));
        checks.add(new Check(GROUP, "what comes after the end marker", all::afterTheEnd));
        checks.add(new Check(GROUP, "an answer without a finish reason", all::noFinish));
        return checks;
    }

    private String body(boolean stream) {
        return "{\"model\":" + new JsonString(subject.model()).toJson()
                + ",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],\"stream\":" + stream
                + (stream ? ",\"stream_options\":{\"include_usage\":true}" : "") + "}";
    }

    private FlowRun<ChatEvent> run(boolean stream, FlowDriver.Upstream upstream) {
        return FlowDriver.answering(upstream)
                .cut(Cut.every(13))
                .chat(subject.type().chat(TestChatCall.of(body(stream)), subject.channel()));
    }

    private FlowRun<ChatEvent> streamed(UnaryOperator<Script> twist) {
        return run(true, FlowDriver.Upstream.scripted(answer.andThen(twist)));
    }

    private static ChatSummary well(FlowRun<ChatEvent> run) {
        Expect.that(run.mistakes().isEmpty(), "rules were broken: " + run.mistakes());
        Expect.that(run.ending() == FlowRun.Ending.DONE, "expected a run that ends well, found " + run);
        ChatSummary summary = ChatSummary.of(run.events());
        Expect.same("text", "abc", summary.first().text());
        Expect.same("finish reason", "stop", summary.first().finish());
        return summary;
    }

    private static void fault(FlowRun<ChatEvent> run, Set<FaultKind> kinds) {
        Expect.that(run.mistakes().isEmpty(), "rules were broken: " + run.mistakes());
        Fault fault = run.fault();
        Expect.that(fault != null && kinds.contains(fault.kind()), "expected a fault " + kinds + ", found " + run);
    }

    private void usage(UsagePlace place) {
        FlowRun<ChatEvent> run = run(true, FlowDriver.Upstream.scripted(answer.usagePlace(place)));
        ChatSummary summary = well(run);
        // The kit's upstream sends an event for the usage only when asked, and some vendors refuse to be asked.
        boolean asked = run.sent().getFirst().json().get("stream_options") != null;
        if (place == UsagePlace.NEVER || place == UsagePlace.LAST && !asked) {
            Expect.same("usage", null, summary.usage());
        } else {
            Expect.same("usage", new ChatSummary.Tokens(11, 7, 0, 0, 0), summary.usage());
        }
    }

    private void whole() {
        ChatSummary summary = well(run(false, FlowDriver.Upstream.scripted(answer)));
        Expect.same("usage", new ChatSummary.Tokens(11, 7, 0, 0, 0), summary.usage());
        well(run(false, FlowDriver.Upstream.scripted(answer.usagePlace(UsagePlace.NEVER))));
    }

    private void wholeForStream() {
        FlowDriver.Upstream whole = (request, index) -> Reply.json(
                "{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion\",\"model\":\"m\",\"choices\":[{\"index\":0,"
                        + "\"message\":{\"role\":\"assistant\",\"content\":\"abc\"},\"finish_reason\":\"stop\"}]}");
        well(run(true, whole));
    }

    private static String error(String type, String code) {
        return OpenAiScripts.errorJson(type, code, "made by the test").toJson();
    }

    private void errorBeforeContent() {
        errorBeforeContent(error("requests", "rate_limit_exceeded"), EnumSet.of(FaultKind.RATE));
        errorBeforeContent(error("insufficient_quota", "insufficient_quota"), EnumSet.of(FaultKind.QUOTA));
        errorBeforeContent(error("invalid_request_error", "context_length_exceeded"), EnumSet.of(FaultKind.TOO_LONG));
        errorBeforeContent(error("invalid_request_error", "content_filter"), EnumSet.of(FaultKind.CONTENT));
        errorBeforeContent(error("invalid_request_error", "invalid_api_key"), EnumSet.of(FaultKind.KEY_DEAD));
        errorBeforeContent(error("server_error", "server_error"), EnumSet.of(FaultKind.UPSTREAM, FaultKind.RETRY));
    }

    private void errorBeforeContent(String error, Set<FaultKind> kinds) {
        for (boolean role : new boolean[] {false, true}) {
            Script first = role ? Script.answer().sse(role()) : Script.answer();
            FlowRun<ChatEvent> run = run(true, FlowDriver.Upstream.scripted(request -> first.thenError(error)));
            Expect.at(error + (role ? " after a role" : ""), () -> {
                fault(run, kinds);
                Expect.same("text", "", ChatSummary.of(run.events()).first().text());
            });
        }
    }

    private static String role() {
        return "{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"model\":\"m\",\"choices\":[{\"index\":0,"
                + "\"delta\":{\"role\":\"assistant\",\"content\":\"\"},\"finish_reason\":null}]}";
    }

    private void errorAfterContent() {
        String content = role().replace("\"content\":\"\"", "\"content\":\"ab\"");
        Script script = Script.answer().sse(role(), content).thenError(error("server_error", "server_error"));
        FlowRun<ChatEvent> run = run(true, FlowDriver.Upstream.scripted(request -> script));
        fault(run, EnumSet.of(FaultKind.UPSTREAM, FaultKind.RETRY));
        Expect.same("text", "ab", ChatSummary.of(run.events()).first().text());
        Expect.same("finish reason", null, ChatSummary.of(run.events()).first().finish());
    }

    private void errorInsideSuccess() {
        Reply reply = Reply.json(error("insufficient_quota", "insufficient_quota"));
        for (boolean stream : new boolean[] {false, true}) {
            fault(run(stream, (request, index) -> reply), EnumSet.of(FaultKind.QUOTA));
        }
    }

    private void afterTheEnd() {
        String late = role().replace("\"content\":\"\"", "\"content\":\"late\"");
        well(streamed(script -> Script.answer()
                .header("content-type", "text/event-stream")
                .chunk(script.printedBody())
                .chunk("data: " + late + "\n\n")));
    }

    private void noFinish() {
        Script script = Script.answer().sse(role(), role().replace("\"content\":\"\"", "\"content\":\"ab\""));
        fault(
                run(true, FlowDriver.Upstream.scripted(request -> script.endWithoutMarker())),
                EnumSet.of(FaultKind.TRUNCATED));
        fault(
                run(
                        true,
                        FlowDriver.Upstream.scripted(request -> Script.answer().comment("nothing"))),
                EnumSet.of(FaultKind.TRUNCATED, FaultKind.UPSTREAM));
    }
}
