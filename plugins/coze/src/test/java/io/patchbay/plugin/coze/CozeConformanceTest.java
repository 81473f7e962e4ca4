package io.patchbay.plugin.coze;

import io.patchbay.spi.Capability;
import io.patchbay.spi.ChannelType;
import io.patchbay.spi.FaultKind;
import io.patchbay.testkit.conformance.ChannelTypeConformance;
import io.patchbay.testkit.conformance.Fixture;
import io.patchbay.testkit.host.Reply;
import java.util.List;
import java.util.Set;

final class CozeConformanceTest extends ChannelTypeConformance {
    private static final String HI = """
            {"model":"coze-bot-7300","stream":true,"messages":[{"role":"user","content":"Hi"}]}""";
    private static final String PLAIN = HI.replace("\"stream\":true,", "");
    private static final String LINKED = """
            {"model":"7300","stream":true,"messages":[{"role":"user","content":[{"type":"text","text":"What is it?"},\
            {"type":"image_url","image_url":{"url":"https://example.com/a.png"}}]}]}""";
    private static final String INLINE = LINKED.replace("https://example.com/a.png", "data:image/png;base64,aGVsbG8=");
    private static final String RESULTS = """
            {"model":"7300","stream":true,"messages":[{"role":"user","content":"Weather?"},{"role":"assistant","content":null,\
            "tool_calls":[{"id":"v1-c1-call_7","type":"function","function":{"name":"weather","arguments":"{}"}}]},\
            {"role":"tool","tool_call_id":"v1-c1-call_7","content":"17 degrees"}]}""";

    @Override
    protected ChannelType type() {
        return new CozeChannelType();
    }

    @Override
    protected Set<Capability> claimed() {
        return Set.of(Capability.CHAT, Capability.VISION, Capability.REASONING);
    }

    @Override
    protected List<Fixture> fixtures() {
        return List.of(
                golden("streamed", HI, "answer.sse")
                        .shows(Capability.REASONING)
                        .expectReasoning("Hm.")
                        .expectText("Hello, 世界")
                        .expectFinish("stop")
                        .expectUsage(100, 20),
                golden("plain", PLAIN, "short.sse").expectText("Hello").expectUsage(9, 4),
                golden("tools of the bot", HI, "agent.sse")
                        .shows(Capability.REASONING)
                        .expectReasoning("weather {\"city\":\"Oslo\"}\n")
                        .expectText("17 degrees.")
                        .expectUsage(6, 3),
                golden("tools of the client", HI, "action.sse")
                        .expectCalls("weather", "{\"city\":\"Oslo\"}", "clock", "{}")
                        .expectFinish("tool_calls")
                        .expectUsage(10, 2),
                golden("answers of tools", RESULTS, "short.sse").expectText("Hello"),
                golden("picture behind a URL", LINKED, "short.sse")
                        .shows(Capability.VISION)
                        .expectText("Hello"),
                Fixture.chat("picture inside the request", INLINE)
                        .replies(
                                Reply.json("{\"code\":0,\"msg\":\"\",\"data\":{\"id\":\"74\",\"bytes\":5}}"),
                                Golden.stream("short.sse"))
                        .expectText("Hello"),
                Fixture.chat("answered in the background", HI)
                        .replies(Golden.POLLED)
                        .expectText("Hello")
                        .expectFinish("stop")
                        .expectUsage(9, 4),
                golden("workflow", HI.replace("bot-7300", "workflow-7301"), "workflow.sse")
                        .expectText("Good day")
                        .expectFinish("stop")
                        .expectUsage(9, 4),
                golden("chatflow", HI.replace("bot-7300", "chatflow-7302"), "short.sse")
                        .expectText("Hello"),
                golden("failed chat", HI, "failed.sse").expectFault(FaultKind.QUOTA),
                refused("wrong token", 4100, FaultKind.KEY_DEAD),
                refused("expired token", 700012014, FaultKind.KEY_DEAD),
                refused("token without the bot", 4101, FaultKind.NO_ACCESS),
                refused("unpublished bot", 4015, FaultKind.NO_ACCESS),
                refused("wrong parameter", 4000, FaultKind.BAD_REQUEST),
                refused("too many requests", 4013, FaultKind.RATE),
                refused("used up", 4028, FaultKind.QUOTA),
                refused("broken server", 720702222, FaultKind.UPSTREAM));
    }

    private static Fixture golden(String name, String body, String transcript) {
        return Fixture.chat(name, body).transcript(CozeConformanceTest.class, transcript);
    }

    private static Fixture refused(String name, long code, FaultKind kind) {
        return Fixture.chat(name, HI)
                .replies(Reply.json(
                                "{\"code\":" + code + ",\"msg\":\"told by Coze\",\"detail\":{\"logid\":\"20261125\"}}")
                        .header("x-tt-logid", "20261125"))
                .expectFault(kind);
    }
}
