package io.patchbay.plugin.cohere;

import io.patchbay.spi.Capability;
import io.patchbay.spi.ChannelType;
import io.patchbay.spi.FaultKind;
import io.patchbay.testkit.conformance.ChannelTypeConformance;
import io.patchbay.testkit.conformance.Fixture;
import io.patchbay.testkit.host.Reply;
import io.patchbay.testkit.host.TestCalls;
import java.util.List;
import java.util.Set;

final class CohereConformanceTest extends ChannelTypeConformance {
    private static final String HI = """
            {"model":"command-a-03-2025","stream":true,"messages":[{"role":"user","content":"Hi"}]}""";
    private static final String PLAIN = HI.replace("\"stream\":true,", "");
    private static final String TOOLS = """
            ,"tools":[{"type":"function","function":{"name":"get_weather","parameters":{"type":"object"}}},\
            {"type":"function","function":{"name":"get_time"}}]}""";
    private static final String RESULTS = """
            {"model":"command-a-03-2025","stream":true,"messages":[{"role":"user","content":"Weather?"},{"role":"assistant",\
            "content":null,"tool_calls":[{"id":"a","type":"function","function":{"name":"get_weather","arguments":"{}"}},\
            {"id":"b","type":"function","function":{"name":"get_time","arguments":"{}"}}]},\
            {"role":"tool","tool_call_id":"a","content":"17 degrees"},{"role":"tool","tool_call_id":"b","content":"noon"}]""";
    private static final String PICTURE = """
            {"model":"command-a-vision-07-2025","stream":true,"messages":[{"role":"user","content":[\
            {"type":"text","text":"What is it?"},{"type":"image_url","image_url":{"url":"%s"}}]}]}""";

    @Override
    protected ChannelType type() {
        return new CohereChannelType();
    }

    @Override
    protected Set<Capability> claimed() {
        return Set.of(
                Capability.CHAT,
                Capability.TOOLS,
                Capability.PARALLEL_TOOLS,
                Capability.VISION,
                Capability.REASONING,
                Capability.JSON_OUTPUT,
                Capability.EMBEDDINGS,
                Capability.RERANK,
                Capability.MODEL_LIST);
    }

    @Override
    protected List<Fixture> fixtures() {
        return List.of(
                golden("streamed", HI, "text.sse")
                        .expectText("Hello, 世界")
                        .expectFinish("stop")
                        .expectUsage(9, 4),
                golden("plain", PLAIN, "text.json")
                        .shows(Capability.REASONING)
                        .expectReasoning("Hm.")
                        .expectText("Hello, 世界")
                        .expectFinish("stop")
                        .expectUsage(9, 4),
                golden("streamed tools", with(HI, TOOLS), "tools.sse")
                        .shows(Capability.TOOLS, Capability.PARALLEL_TOOLS, Capability.REASONING)
                        .expectReasoning("I will look it up.")
                        .expectCalls("get_weather", "{\"city\":\"Oslo\"}", "get_time", "{}")
                        .expectFinish("tool_calls")
                        .expectUsage(119, 44),
                golden("plain tools", with(PLAIN, TOOLS), "tools.json")
                        .shows(Capability.TOOLS, Capability.PARALLEL_TOOLS)
                        .expectCalls("get_weather", "{\"city\":\"Oslo\"}", "get_time", "{}")
                        .expectFinish("tool_calls"),
                golden("results of tools", RESULTS + TOOLS, "text.sse").expectText("Hello, 世界"),
                golden(
                                "thinking with sources",
                                HI.replace("command-a-03-2025", "command-a-reasoning-08-2025"),
                                "thinking.sse")
                        .shows(Capability.REASONING)
                        .expectReasoning("Hm.")
                        .expectText("42")
                        .expectFinish("length")
                        .expectUsage(20, 8),
                golden("picture behind a URL", PICTURE.formatted("https://example.com/a.png"), "text.sse")
                        .shows(Capability.VISION)
                        .expectText("Hello, 世界"),
                golden("picture inside the request", PICTURE.formatted("data:image/png;base64,aGVsbG8="), "text.sse")
                        .shows(Capability.VISION)
                        .expectText("Hello, 世界"),
                golden("JSON", with(HI, ",\"response_format\":{\"type\":\"json_object\"}}"), "text.sse")
                        .shows(Capability.JSON_OUTPUT),
                Fixture.of(
                                "embeddings",
                                (type, channel) -> type.embed(
                                        TestCalls.embedding("{\"model\":\"embed-v4.0\",\"input\":[\"a\",\"b\"]}"),
                                        channel))
                        .replies(Reply.json("""
                                {"id":"e1","embeddings":{"float":[[0.25,-1],[1e-2,0]]},"meta":{"billed_units":{"input_tokens":2}}}"""))
                        .shows(Capability.EMBEDDINGS),
                Fixture.of(
                                "reranking",
                                (type, channel) -> type.rerank(
                                        TestCalls.rerank(
                                                "{\"model\":\"rerank-v3.5\",\"query\":\"a\",\"documents\":[\"b\",\"c\"]}"),
                                        channel))
                        .replies(Reply.json("""
                                {"id":"r1","results":[{"index":1,"relevance_score":0.98},{"index":0,"relevance_score":0.03}],\
                                "meta":{"billed_units":{"search_units":1}}}"""))
                        .shows(Capability.RERANK),
                Fixture.of("models", (type, channel) -> type.models(channel))
                        .replies(
                                Reply.json(
                                        "{\"models\":[{\"name\":\"command-a-03-2025\"}],\"next_page_token\":\"n2\"}"),
                                Reply.json("{\"models\":[{\"name\":\"rerank-v3.5\"}]}"))
                        .shows(Capability.MODEL_LIST),
                refused("wrong key", 401, "invalid api token", FaultKind.KEY_DEAD),
                refused("key that never was", 498, "invalid api token", FaultKind.KEY_DEAD),
                refused("no money", 402, "billing required", FaultKind.QUOTA),
                refused("unknown model", 404, "model 'x' not found", FaultKind.NO_ACCESS),
                refused(
                        "wrong field",
                        422,
                        "invalid type: parameter messages is of type string",
                        FaultKind.BAD_REQUEST),
                refused("trial key", 429, "trial key limited to 20 API calls / minute", FaultKind.RATE),
                refused("trial month", 429, "trial key limited to 1000 API calls / month", FaultKind.QUOTA),
                refused("too long", 400, "too many tokens: size limit exceeded by 11 tokens", FaultKind.TOO_LONG),
                refused("overloaded", 503, "try again later", FaultKind.RETRY),
                Fixture.chat("gave up", HI)
                        .replies(Reply.sse("{\"type\":\"message-end\",\"delta\":{\"finish_reason\":\"ERROR\"}}"))
                        .expectFault(FaultKind.UPSTREAM));
    }

    private static String with(String body, String more) {
        return body.substring(0, body.length() - 1) + more;
    }

    private static Fixture golden(String name, String body, String transcript) {
        return Fixture.chat(name, body).transcript(CohereConformanceTest.class, transcript);
    }

    private static Fixture refused(String name, int status, String message, FaultKind kind) {
        return Fixture.chat(name, HI)
                .replies(Reply.json(status, "{\"id\":\"x1\",\"message\":\"" + message + "\"}"))
                .expectFault(kind);
    }
}
