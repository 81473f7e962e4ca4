package io.patchbay.plugin.ernie;

import io.patchbay.spi.Capability;
import io.patchbay.spi.ChannelType;
import io.patchbay.spi.FaultKind;
import io.patchbay.testkit.conformance.ChannelTypeConformance;
import io.patchbay.testkit.conformance.Fixture;
import io.patchbay.testkit.host.Reply;
import io.patchbay.testkit.host.TestCalls;
import io.patchbay.testkit.host.TestChannel;
import java.util.List;
import java.util.Set;

/** The current API. */
final class ErnieConformanceTest extends ChannelTypeConformance {
    private static final String TOOLS = ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"get_weather\","
            + "\"parameters\":{\"type\":\"object\"}}},{\"type\":\"function\",\"function\":{\"name\":\"get_time\"}}]";
    private static final String PICTURE = "[{\"type\":\"text\",\"text\":\"What?\"},{\"type\":\"image_url\","
            + "\"image_url\":{\"url\":\"data:image/png;base64,iVBORw0KGgo=\"}}]";

    @Override
    protected ChannelType type() {
        return new ErnieChannelType();
    }

    @Override
    protected TestChannel channel(ChannelType type) {
        return Channels.current("one");
    }

    @Override
    protected TestChannel otherChannel(ChannelType type) {
        return Channels.current("two").toBuilder()
                .id(2)
                .endpoint("https://other-upstream.invalid/v2")
                .build();
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
                Capability.WEB_SEARCH,
                Capability.EMBEDDINGS,
                Capability.MODEL_LIST);
    }

    @Override
    protected List<Fixture> fixtures() {
        return List.of(
                chat("text", true, "\"Hi\"", "", "text.sse")
                        .expectText("Good day, 世界!")
                        .expectFinish("stop")
                        .expectUsage(9, 4),
                chat("whole", false, "\"Hi\"", ",\"response_format\":{\"type\":\"json_object\"}", "text.json")
                        .shows(Capability.JSON_OUTPUT)
                        .expectText("Good day, 世界!")
                        .expectFinish("stop")
                        .expectUsage(9, 4),
                chat("thinking", true, "\"Hi\"", ",\"reasoning_effort\":\"high\"", "thinking.sse")
                        .shows(Capability.REASONING)
                        .expectReasoning("A greeting.")
                        .expectText("Hello")
                        .expectUsage(8, 12),
                chat("tools", true, "\"Weather and time?\"", TOOLS, "tools.sse")
                        .shows(Capability.TOOLS, Capability.PARALLEL_TOOLS)
                        .expectCalls("get_weather", "{\"city\":\"Oslo\"}", "get_time", "{}")
                        .expectFinish("tool_calls"),
                chat("a picture", true, PICTURE, "", "text.sse").shows(Capability.VISION),
                chat("searched", false, "\"Rain?\"", ",\"web_search_options\":{}", "searched.json")
                        .shows(Capability.WEB_SEARCH)
                        .expectText("It rains ^[1]^."),
                refused("dead key", 401, "invalid_request_error", "invalid_iam_token", FaultKind.KEY_DEAD),
                refused("no permission", 401, "access_denied", "no_parameter_permission", FaultKind.NO_ACCESS),
                refused("no such model", 400, "invalid_request_error", "invalid_model", FaultKind.BAD_REQUEST),
                refused("too long", 400, "invalid_request_error", "tokens_too_long", FaultKind.TOO_LONG),
                refused("unsafe", 400, "unsafe_request", "image_url_unsafe", FaultKind.CONTENT),
                refused("limited", 429, "rate_limit_exceeded", "rpm_rate_limit_exceeded", FaultKind.RATE),
                refused("broken", 500, "internal_error", "dispatch_internal_error", FaultKind.UPSTREAM),
                Fixture.chat("overdue", body(true, "\"Hi\"", ""))
                        .replies(
                                Reply.json(
                                        403,
                                        "{\"error\":{\"code\":\"access_denied\",\"message\":\"account overdue\"},\"id\":\"as-0\"}"))
                        .expectFault(FaultKind.QUOTA),
                Fixture.of(
                                "vectors",
                                (type, channel) -> type.embed(
                                        TestCalls.embedding("{\"model\":\"embedding-v1\",\"input\":[\"a\",\"b\"]}"),
                                        channel))
                        .transcript(ErnieConformanceTest.class, "vectors.json")
                        .shows(Capability.EMBEDDINGS),
                Fixture.of("models", (type, channel) -> type.models(channel))
                        .replies(Reply.json(
                                "{\"object\":\"list\",\"data\":[{\"id\":\"ernie-5.1\",\"object\":\"model\"}]}"))
                        .shows(Capability.MODEL_LIST));
    }

    private static Fixture chat(String name, boolean stream, String content, String more, String transcript) {
        return Fixture.chat(name, body(stream, content, more)).transcript(ErnieConformanceTest.class, transcript);
    }

    private static Fixture refused(String name, int status, String type, String code, FaultKind kind) {
        return Fixture.chat(name, body(true, "\"Hi\"", ""))
                .replies(Reply.json(
                        status,
                        "{\"error\":{\"code\":\"" + code + "\",\"message\":\"made by the test\",\"type\":\"" + type
                                + "\"},\"id\":\"as-0\"}"))
                .expectFault(kind);
    }

    private static String body(boolean stream, String content, String more) {
        return "{\"model\":\"ernie-5.1\",\"stream\":" + stream + ",\"messages\":[{\"role\":\"user\",\"content\":"
                + content + "}]" + more + "}";
    }
}
