package io.patchbay.plugin.hunyuan;

import io.patchbay.spi.Capability;
import io.patchbay.spi.ChannelType;
import io.patchbay.spi.FaultKind;
import io.patchbay.testkit.conformance.ChannelTypeConformance;
import io.patchbay.testkit.conformance.Fixture;
import io.patchbay.testkit.host.Reply;
import io.patchbay.testkit.host.TestChannel;
import java.util.List;
import java.util.Set;

/** The surface in OpenAI's dialect. */
final class OpenSurfaceConformanceTest extends ChannelTypeConformance {
    @Override
    protected ChannelType type() {
        return new HunyuanChannelType();
    }

    @Override
    protected TestChannel channel(ChannelType type) {
        return Channels.open("one");
    }

    @Override
    protected TestChannel otherChannel(ChannelType type) {
        return Channels.open("two").toBuilder()
                .id(2)
                .endpoint("https://other-upstream.invalid/v1")
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
                Capability.WEB_SEARCH);
    }

    @Override
    protected List<Fixture> fixtures() {
        return List.of(
                chat("text", "hunyuan-a13b", true, "\"Hi\"", ",\"reasoning_effort\":\"low\"", "open-text.sse")
                        .shows(Capability.REASONING)
                        .expectReasoning("A greeting.")
                        .expectText("Good day, 世界!")
                        .expectFinish("content_filter")
                        .expectUsage(9, 8),
                chat("tools", "hunyuan", false, "\"Weather?\"", Chats.TOOLS, "open-tools.json")
                        .shows(Capability.TOOLS, Capability.PARALLEL_TOOLS)
                        .expectCalls("get_weather", "{\"city\":\"Oslo\"}", "get_time", "{}")
                        .expectFinish("tool_calls"),
                chat("a picture", "hunyuan-vision", true, Chats.PICTURE, "", "open-text.sse")
                        .shows(Capability.VISION),
                chat("searched", "hunyuan", true, "\"Rain?\"", ",\"web_search_options\":{}", "open-text.sse")
                        .shows(Capability.WEB_SEARCH),
                Fixture.chat("a dead key", Chats.body("hunyuan", true, "\"Hi\"", ""))
                        .replies(Reply.json(401, "{\"error\":{\"message\":\"wrong key\",\"code\":\"2001\"}}"))
                        .expectFault(FaultKind.KEY_DEAD),
                Fixture.chat("limited", Chats.body("hunyuan", true, "\"Hi\"", ""))
                        .replies(Reply.json(429, "{\"error\":{\"message\":\"slow down\",\"code\":\"4000\"}}"))
                        .expectFault(FaultKind.RATE));
    }

    private static Fixture chat(
            String name, String model, boolean stream, String content, String more, String transcript) {
        return Fixture.chat(name, Chats.body(model, stream, content, more))
                .transcript(OpenSurfaceConformanceTest.class, transcript);
    }
}
