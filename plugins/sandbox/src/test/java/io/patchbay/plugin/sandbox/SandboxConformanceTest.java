package io.patchbay.plugin.sandbox;

import io.patchbay.spi.Capability;
import io.patchbay.spi.ChannelType;
import io.patchbay.testkit.conformance.Check;
import io.patchbay.testkit.conformance.Conformance;
import io.patchbay.testkit.conformance.Fixture;
import io.patchbay.testkit.conformance.Subject;
import io.patchbay.testkit.host.TestChannel;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

final class SandboxConformanceTest {
    /**
     * The kit shows tools by looking for their declaration in what was sent. Nothing is sent here, so that one check cannot
     * be met; {@link SandboxChannelTypeTest} shows the calls instead.
     */
    private static final String SENT_TOOLS = "capability tools: is claimed and shown to work";

    @TestFactory
    Stream<DynamicTest> conformance() {
        ChannelType type = new SandboxChannelType();
        Subject subject = new Subject(
                type,
                TestChannel.builder(type.descriptor(), "one").build(),
                TestChannel.builder(type.descriptor(), "two").id(2).build(),
                "sandbox-tools",
                Set.of(Capability.CHAT, Capability.TOOLS, Capability.MODEL_LIST),
                fixtures(),
                ignored -> true);
        return Conformance.checks(subject).stream()
                .filter(check -> !check.toString().equals(SENT_TOOLS))
                .map(SandboxConformanceTest::test);
    }

    private static DynamicTest test(Check check) {
        return DynamicTest.dynamicTest(check.toString(), check.body()::run);
    }

    private static List<Fixture> fixtures() {
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
