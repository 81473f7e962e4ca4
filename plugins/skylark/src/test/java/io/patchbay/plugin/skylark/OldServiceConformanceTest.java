package io.patchbay.plugin.skylark;

import io.patchbay.spi.Capability;
import io.patchbay.spi.ChannelType;
import io.patchbay.spi.FaultKind;
import io.patchbay.testkit.conformance.ChannelTypeConformance;
import io.patchbay.testkit.conformance.Fixture;
import io.patchbay.testkit.host.Reply;
import io.patchbay.testkit.host.TestChannel;
import java.util.List;
import java.util.Set;

/** The old model service with its signature. */
final class OldServiceConformanceTest extends ChannelTypeConformance {
    @Override
    protected ChannelType type() {
        return new SkylarkChannelType();
    }

    @Override
    protected TestChannel channel(ChannelType type) {
        return Channels.maas("one");
    }

    @Override
    protected TestChannel otherChannel(ChannelType type) {
        return Channels.maas("two").toBuilder()
                .id(2)
                .endpoint("https://other-upstream.invalid")
                .build();
    }

    @Override
    protected String model(ChannelType type) {
        return "skylark-chat";
    }

    @Override
    protected Set<Capability> claimed() {
        return Set.of(Capability.CHAT, Capability.TOOLS);
    }

    @Override
    protected List<Fixture> fixtures() {
        return List.of(
                Fixture.chat("text", body(true, ""))
                        .transcript(OldServiceConformanceTest.class, "old-text.sse")
                        .expectText("Good day, 世界!")
                        .expectFinish("stop")
                        .expectUsage(9, 4),
                Fixture.chat(
                                "a function",
                                body(
                                        false,
                                        ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"get_weather\"}}]"))
                        .transcript(OldServiceConformanceTest.class, "old-function.json")
                        .shows(Capability.TOOLS)
                        .expectCalls("get_weather", "{\"city\":\"Oslo\"}")
                        .expectFinish("tool_calls")
                        .expectUsage(50, 12),
                Fixture.chat("no such endpoint", body(true, ""))
                        .replies(
                                Reply.json(
                                        404,
                                        "{\"req_id\":\"r\",\"error\":{\"code\":\"EndpointNotFound\",\"code_n\":1709702,\"message\":\"no\"}}"))
                        .expectFault(FaultKind.NO_ACCESS),
                Fixture.chat("an error inside the stream", body(true, ""))
                        .replies(
                                Reply.sse(
                                        "{\"req_id\":\"r\",\"error\":{\"code\":\"InternalServiceError\",\"code_n\":1,\"message\":\"no\"}}"))
                        .expectFault(FaultKind.UPSTREAM));
    }

    private static String body(boolean stream, String more) {
        return "{\"model\":\"skylark-chat\",\"stream\":" + stream
                + ",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]" + more + "}";
    }
}
