package io.patchbay.plugin.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.Capability;
import io.patchbay.spi.ChannelType;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.ModelInfo;
import io.patchbay.testkit.conformance.ChannelTypeConformance;
import io.patchbay.testkit.conformance.Fixture;
import io.patchbay.testkit.host.ChatSummary;
import io.patchbay.testkit.host.FlowRun;
import java.util.List;
import java.util.Set;

final class AnthropicConformanceTest extends ChannelTypeConformance {
    private static final String SONNET = "claude-sonnet-4-6";
    private static final String TOOLS = """
            ,"tools":[{"type":"function","function":{"name":"get_weather","parameters":{"type":"object"}}},\
            {"type":"function","function":{"name":"get_time"}}]""";

    private static final String RESULTS = """
            {"model":"claude-sonnet-4-6","stream":true,"messages":[{"role":"user","content":"Weather and time?"},\
            {"role":"assistant","content":null,"tool_calls":[\
            {"id":"toolu_01A","type":"function","function":{"name":"get_weather","arguments":"{\\"city\\":\\"Oslo\\"}"}},\
            {"id":"toolu_01B","type":"function","function":{"name":"get_time","arguments":"{}"}}]},\
            {"role":"tool","tool_call_id":"toolu_01A","content":"17 degrees"},\
            {"role":"tool","tool_call_id":"toolu_01B","content":"noon"}]%s}""";

    private static final String PICTURE = """
            {"model":"claude-sonnet-4-6","stream":true,"messages":[{"role":"user","content":[{"type":"text","text":"What?"},\
            {"type":"image_url","image_url":{"url":"data:image/png;base64,iVBORw0KGgoAAAANSUhEUg=="}},\
            {"type":"image_url","image_url":{"url":"https://pictures.example/cat.jpg"}}]}]}""";

    @Override
    protected ChannelType type() {
        return new AnthropicChannelType();
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
                Capability.MODEL_LIST);
    }

    @Override
    protected List<Fixture> fixtures() {
        return List.of(
                recorded("text", chat(SONNET, true, ""), "text.sse")
                        .expectText("Good day, 世界 👋!")
                        .expectFinish("stop")
                        .expectUsage(9, 4),
                recorded("plain text", chat(SONNET, false, ""), "whole.json")
                        .expectText("Good day, 世界!")
                        .expectFinish("stop")
                        .expectUsage(9, 4),
                recorded("tools", chat(SONNET, true, TOOLS), "tools.sse")
                        .shows(Capability.TOOLS, Capability.PARALLEL_TOOLS)
                        .expectText("Let me check.")
                        .expectCalls("get_weather", "{\"city\":\"Oslo\"}", "get_time", "{}")
                        .expectFinish("tool_calls"),
                recorded("plain tools", chat(SONNET, false, TOOLS), "whole-tools.json")
                        .shows(Capability.TOOLS, Capability.PARALLEL_TOOLS)
                        .expectCalls("get_weather", "{\"city\":\"Oslo\"}", "get_time", "{}")
                        .expectFinish("tool_calls"),
                recorded("tool results", RESULTS.formatted(TOOLS), "text.sse")
                        .expectText("Good day, 世界 👋!")
                        .expect(run -> assertThat(run.sent().getFirst().text()).contains("""
                                {"role":"user","content":[{"type":"tool_result","tool_use_id":"toolu_01A","content":"17 degrees"},\
                                {"type":"tool_result","tool_use_id":"toolu_01B","content":"noon"}]}""")),
                recorded("pictures", PICTURE, "text.sse")
                        .shows(Capability.VISION)
                        .expectText("Good day, 世界 👋!"),
                recorded("reasoning", chat("claude-opus-4-7", true, ",\"reasoning_effort\":\"high\""), "thinking.sse")
                        .shows(Capability.REASONING)
                        .expectReasoning("Let me think.")
                        .expectText("42")
                        .expectUsage(9, 30)
                        .expect(AnthropicConformanceTest::thinkingCanBeSentBack),
                recorded("a schema", chat(SONNET, true, """
                                ,"response_format":{"type":"json_schema","json_schema":{"name":"a","schema":{"type":"object"}}}"""), "text.sse")
                        .shows(Capability.JSON_OUTPUT)
                        .expect(run -> assertThat(run.sent().getFirst().text())
                                .contains("\"output_config\":{\"format\":{\"type\":\"json_schema\"")),
                recorded("cached input", chat(SONNET, true, ",\"stop\":[\"END\"]"), "cached.sse")
                        .expectFinish("stop")
                        .expectUsage(2064, 2)
                        .expect(run -> assertThat(ChatSummary.of(run.events()).usage())
                                .isEqualTo(new ChatSummary.Tokens(2064, 2, 2048, 7, 0))),
                recorded("a refusal", chat(SONNET, true, ""), "refusal.sse")
                        .expectFinish("content_filter")
                        .expect(run -> assertThat(
                                        ChatSummary.of(run.events()).first().refusal())
                                .isEqualTo("Not allowed.")),
                recorded("overload in the stream", chat(SONNET, true, ""), "overloaded.sse")
                        .expectFault(FaultKind.RETRY),
                recorded("no end marker", chat(SONNET, true, ""), "truncated.sse")
                        .expectFault(FaultKind.TRUNCATED),
                refused("a wrong key", 401, "authentication_error", "invalid x-api-key", FaultKind.KEY_DEAD),
                refused("a limit", 429, "rate_limit_error", "This request would exceed the limit", FaultKind.RATE),
                refused(
                        "no balance",
                        400,
                        "invalid_request_error",
                        "Your credit balance is too low to access the Anthropic API",
                        FaultKind.QUOTA),
                refused(
                        "too long",
                        400,
                        "invalid_request_error",
                        "prompt is too long: 210000 tokens > 200000 maximum",
                        FaultKind.TOO_LONG),
                refused("no such model", 404, "not_found_error", "model: claude-9", FaultKind.NO_ACCESS),
                refused("overloaded", 529, "overloaded_error", "Overloaded", FaultKind.RETRY),
                Fixture.of("models", (type, channel) -> type.models(channel))
                        .upstream((request, index) -> Golden.json(
                                request.url().contains("after_id=claude-opus-5-5") ? "models-2.json" : "models-1.json"))
                        .shows(Capability.MODEL_LIST)
                        .expect(run -> assertThat(run.events().stream().map(event -> ((ModelInfo) event).id()))
                                .containsExactly("claude-opus-5-5", "claude-sonnet-5")));
    }

    private static void thinkingCanBeSentBack(FlowRun<?> run) {
        assertThat(ChatSummary.of(run.events()).first().extras())
                .singleElement()
                .satisfies(extra -> assertThat(extra.toJson())
                        .contains("\"text\":\"Let me think.\",\"signature\":\"EqQBCkYIBxgC\""));
    }

    private static String chat(String model, boolean stream, String more) {
        return "{\"model\":\"" + model + "\",\"stream\":" + stream
                + ",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]" + more + "}";
    }

    private static Fixture recorded(String name, String body, String transcript) {
        return Fixture.chat(name, body).transcript(AnthropicConformanceTest.class, transcript);
    }

    private static Fixture refused(String name, int status, String type, String message, FaultKind kind) {
        return Fixture.chat(name, chat(SONNET, true, ""))
                .replies(Golden.error(status, type, message))
                .expectFault(kind);
    }
}
