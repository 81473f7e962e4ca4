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
import java.util.Objects;
import java.util.Set;

/** The old API with its access tokens. */
final class OldApiConformanceTest extends ChannelTypeConformance {
    private static final String TOOLS = ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"get_weather\","
            + "\"parameters\":{\"type\":\"object\"}}}]";

    @Override
    protected ChannelType type() {
        return new ErnieChannelType();
    }

    @Override
    protected TestChannel channel(ChannelType type) {
        return Channels.old("one");
    }

    @Override
    protected TestChannel otherChannel(ChannelType type) {
        return Channels.old("two").toBuilder()
                .id(2)
                .endpoint("https://other-upstream.invalid/rpc/2.0/ai_custom/v1/wenxinworkshop")
                .build();
    }

    @Override
    protected Set<Capability> claimed() {
        return Set.of(Capability.CHAT, Capability.TOOLS, Capability.JSON_OUTPUT, Capability.EMBEDDINGS);
    }

    @Override
    protected List<Fixture> fixtures() {
        return List.of(
                chat("text", true, "", "old-text.sse")
                        .expectText("Good day, 世界!")
                        .expectFinish("stop")
                        .expectUsage(9, 4),
                chat("whole", false, ",\"response_format\":{\"type\":\"json_object\"}", "old-text.json")
                        .shows(Capability.JSON_OUTPUT)
                        .expectText("Good day, 世界!")
                        .expectFinish("length")
                        .expectUsage(9, 4),
                chat("a function", true, TOOLS, "old-function.sse")
                        .shows(Capability.TOOLS)
                        .expectReasoning("The user asks for the weather.")
                        .expectCalls("get_weather", "{\"city\":\"Oslo\"}")
                        .expectFinish("tool_calls")
                        .expectUsage(52, 20),
                chat("unsafe", true, "", "old-unsafe.sse").expectFinish("content_filter"),
                chat("a whole answer for a stream", true, "", "old-text.json").expectText("Good day, 世界!"),
                refused(2, FaultKind.RETRY),
                refused(3, FaultKind.NO_ACCESS),
                refused(6, FaultKind.NO_ACCESS),
                refused(14, FaultKind.KEY_DEAD),
                refused(17, FaultKind.QUOTA),
                refused(18, FaultKind.RATE),
                refused(110, FaultKind.KEY_STALE),
                refused(111, FaultKind.KEY_STALE),
                refused(336000, FaultKind.UPSTREAM),
                refused(336003, FaultKind.BAD_REQUEST),
                refused(336007, FaultKind.TOO_LONG),
                Fixture.chat("an error inside the stream", body(true, ""))
                        .replies(Reply.sse("{\"error_code\":336501,\"error_msg\":\"rpm limit reached\"}"))
                        .expectFault(FaultKind.RATE),
                Fixture.of(
                                "vectors",
                                (type, channel) -> type.embed(
                                        TestCalls.embedding("{\"model\":\"embedding-v1\",\"input\":[\"a\",\"b\"]}"),
                                        channel))
                        .transcript(OldApiConformanceTest.class, "vectors.json")
                        .shows(Capability.EMBEDDINGS),
                Fixture.of("mint", (type, channel) -> Objects.requireNonNull(type.mint(channel)))
                        .replies(Reply.json(
                                "{\"access_token\":\"24.fake\",\"expires_in\":2592000,\"session_key\":\"x\"}")),
                Fixture.of("mint with a wrong key", (type, channel) -> Objects.requireNonNull(type.mint(channel)))
                        .replies(Reply.json(
                                400, "{\"error\":\"invalid_client\",\"error_description\":\"unknown client id\"}"))
                        .expectFault(FaultKind.KEY_DEAD));
    }

    private static Fixture chat(String name, boolean stream, String more, String transcript) {
        return Fixture.chat(name, body(stream, more)).transcript(OldApiConformanceTest.class, transcript);
    }

    private static Fixture refused(int code, FaultKind kind) {
        return Fixture.chat("error " + code, body(true, ""))
                .replies(Reply.json("{\"error_code\":" + code + ",\"error_msg\":\"made by the test\"}"))
                .expectFault(kind);
    }

    private static String body(boolean stream, String more) {
        return "{\"model\":\"ernie-3.5-8k\",\"stream\":" + stream
                + ",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]" + more + "}";
    }
}
