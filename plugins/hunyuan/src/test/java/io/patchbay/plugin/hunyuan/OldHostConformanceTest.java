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

/** The older signed host. */
final class OldHostConformanceTest extends ChannelTypeConformance {
    private static final String HI = Chats.body("hunyuan", true, "\"Hi\"", "");

    @Override
    protected ChannelType type() {
        return new HunyuanChannelType();
    }

    @Override
    protected TestChannel channel(ChannelType type) {
        return Channels.old("one");
    }

    @Override
    protected TestChannel otherChannel(ChannelType type) {
        return Channels.old("two").toBuilder()
                .id(2)
                .endpoint("https://other-upstream.invalid/hyllm/v1/chat/completions")
                .build();
    }

    @Override
    protected Set<Capability> claimed() {
        return Set.of(Capability.CHAT);
    }

    @Override
    protected List<Fixture> fixtures() {
        return List.of(
                Fixture.chat("text", HI)
                        .transcript(OldHostConformanceTest.class, "old-text.sse")
                        .expectText("Good day, 世界!")
                        .expectFinish("stop")
                        .expectUsage(9, 4),
                Fixture.chat("an error inside the stream", HI)
                        .replies(Reply.sse("{\"error\":{\"code\":2001,\"message\":\"no\"},\"req_id\":\"r\"}"))
                        .expectFault(FaultKind.UPSTREAM),
                Fixture.chat("an error in place of a stream", HI)
                        .replies(Reply.json("{\"error\":{\"code\":2001,\"message\":\"no\"},\"req_id\":\"r\"}"))
                        .expectFault(FaultKind.UPSTREAM));
    }
}
