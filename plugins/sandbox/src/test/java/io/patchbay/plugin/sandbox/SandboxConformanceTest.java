package io.patchbay.plugin.sandbox;

import io.patchbay.spi.Capability;
import io.patchbay.spi.ChannelType;
import io.patchbay.testkit.conformance.ChannelTypeConformance;
import io.patchbay.testkit.conformance.Fixture;
import java.util.List;
import java.util.Set;

final class SandboxConformanceTest extends ChannelTypeConformance {
    @Override
    protected ChannelType type() {
        return new SandboxChannelType();
    }

    @Override
    protected String model(ChannelType type) {
        return "sandbox-tools";
    }

    @Override
    protected Set<Capability> claimed() {
        return Set.of(Capability.CHAT, Capability.TOOLS, Capability.MODEL_LIST);
    }

    @Override
    protected List<Fixture> fixtures() {
        return List.of(
                Fixture.chat(
                                "echo",
                                "{\"model\":\"sandbox-echo\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"Hi 世界\"}]}")
                        .expectText("[sandbox] 这是预设的回答，没有调用任何模型。 您说：\n\nHi 世界")
                        .expectFinish("stop"),
                Fixture.chat(
                                "lorem, whole",
                                "{\"model\":\"sandbox-lorem\",\"max_tokens\":2,\"messages\":[{\"role\":\"user\",\"content\":\"Go on\"}]}")
                        .expectText("[sandbox] This")
                        .expectFinish("length")
                        .expectUsage(2, 2),
                Fixture.chat(
                                "tools",
                                "{\"model\":\"sandbox-tools\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"Go\"}],"
                                        + "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"get_time\"}}]}")
                        .shows(Capability.TOOLS)
                        .expectCalls("get_time", "{}")
                        .expectFinish("tool_calls"),
                Fixture.of("models", (type, channel) -> type.models(channel)).shows(Capability.MODEL_LIST));
    }
}
