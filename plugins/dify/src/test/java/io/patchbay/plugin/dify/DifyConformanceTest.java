package io.patchbay.plugin.dify;

import io.patchbay.spi.Capability;
import io.patchbay.spi.ChannelType;
import io.patchbay.spi.FaultKind;
import io.patchbay.testkit.conformance.ChannelTypeConformance;
import io.patchbay.testkit.conformance.Fixture;
import io.patchbay.testkit.host.Reply;
import io.patchbay.testkit.host.TestChannel;
import io.patchbay.testkit.host.TestChatCall;
import java.util.List;
import java.util.Set;

final class DifyConformanceTest extends ChannelTypeConformance {
    private static final String HI = """
            {"model":"dify","stream":true,"messages":[{"role":"user","content":"Hi"}]}""";
    private static final String PLAIN = """
            {"model":"dify","messages":[{"role":"user","content":"Hi"}]}""";
    private static final String LINKED = """
            {"model":"dify","stream":true,"messages":[{"role":"user","content":[{"type":"text","text":"What is it?"},\
            {"type":"image_url","image_url":{"url":"https://example.com/a.png"}}]}]}""";
    private static final String INLINE = LINKED.replace("https://example.com/a.png", "data:image/png;base64,aGVsbG8=");

    @Override
    protected ChannelType type() {
        return new DifyChannelType();
    }

    @Override
    protected Set<Capability> claimed() {
        return Set.of(Capability.CHAT, Capability.VISION, Capability.REASONING);
    }

    @Override
    protected List<Fixture> fixtures() {
        return List.of(
                golden("chatbot", HI, "chatbot.sse")
                        .expectText("Hello, 世界")
                        .expectFinish("stop")
                        .expectUsage(10, 2),
                golden("plain", PLAIN, "chatbot.sse").expectText("Hello, 世界").expectUsage(10, 2),
                golden("chatflow", HI, "chatflow.sse")
                        .shows(Capability.REASONING)
                        .expectReasoning("Hm.")
                        .expectText("Hello")
                        .expectFinish("stop")
                        .expectUsage(10, 7),
                golden("agent", HI, "agent.sse")
                        .shows(Capability.REASONING)
                        .expectReasoning("I look it up.\n")
                        .expectText("Rain.\n\n![file](https://files.example/a.png?sign=1)\n\n")
                        .expectFinish("stop")
                        .expectUsage(0, 40),
                golden("replaced by moderation", HI, "replaced.sse")
                        .expectText("Bad wo\n\nI cannot say that.")
                        .expectFinish("content_filter")
                        .expectUsage(10, 2),
                golden("picture behind a URL", LINKED, "chatbot.sse")
                        .shows(Capability.VISION)
                        .expectText("Hello, 世界"),
                Fixture.chat("picture inside the request", INLINE)
                        .replies(
                                Reply.json(201, "{\"id\":\"f1\",\"name\":\"picture.png\",\"size\":5}"),
                                Reply.events(Golden.bytes("chatbot.sse")))
                        .expectText("Hello, 世界"),
                workflow("workflow", Reply.events(Golden.bytes("workflow.sse")))
                        .expectReasoning("Hm.")
                        .expectText("Good day")
                        .expectUsage(0, 12),
                golden("error inside the stream", HI, "error.sse").expectFault(FaultKind.TOO_LONG),
                refused("wrong key", 401, "unauthorized", FaultKind.KEY_DEAD),
                refused("another kind of app", 400, "not_chat_app", FaultKind.NO_ACCESS),
                refused("the app's own model has no quota", 400, "provider_quota_exceeded", FaultKind.QUOTA),
                refused("the app's own model failed", 400, "completion_request_error", FaultKind.UPSTREAM),
                refused("too many at once", 429, "too_many_requests", FaultKind.RATE),
                refused("the plan is used up", 429, "rate_limit_error", FaultKind.QUOTA),
                refused("wrong parameter", 400, "invalid_param", FaultKind.BAD_REQUEST),
                workflow(
                                "failed workflow",
                                Reply.json(
                                        "{\"workflow_run_id\":\"w1\",\"task_id\":\"t1\",\"data\":{\"status\":\"failed\","
                                                + "\"error\":\"node 3 failed\"}}"))
                        .expectFault(FaultKind.UPSTREAM));
    }

    private static Fixture golden(String name, String body, String transcript) {
        return Fixture.chat(name, body).transcript(DifyConformanceTest.class, transcript);
    }

    private static Fixture refused(String name, int status, String code, FaultKind kind) {
        return Fixture.chat(name, HI)
                .replies(Reply.json(
                        status, "{\"code\":\"" + code + "\",\"message\":\"told by Dify\",\"status\":" + status + "}"))
                .expectFault(kind);
    }

    private static Fixture workflow(String name, Reply reply) {
        return Fixture.of(
                        name,
                        (type, channel) -> type.chat(
                                TestChatCall.of(HI),
                                ((TestChannel) channel)
                                        .toBuilder()
                                                .option("appType", "workflow")
                                                .build()))
                .replies(reply);
    }
}
