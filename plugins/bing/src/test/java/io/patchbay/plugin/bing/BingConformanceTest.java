package io.patchbay.plugin.bing;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.Capability;
import io.patchbay.spi.ChannelType;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.json.Json;
import io.patchbay.testkit.conformance.ChannelTypeConformance;
import io.patchbay.testkit.conformance.Fixture;
import io.patchbay.testkit.host.FlowDriver;
import io.patchbay.testkit.host.Reply;
import io.patchbay.testkit.host.TestChannel;
import io.patchbay.testkit.host.TestChatCall;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class BingConformanceTest extends ChannelTypeConformance {
    private static final String HELLO =
            "{\"model\":\"bing-balanced\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}";
    private static final String HISTORY =
            "{\"model\":\"bing-creative\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"},"
                    + "{\"role\":\"assistant\",\"content\":\"Ho\"},{\"role\":\"user\",\"content\":\"Go on\"}]}";

    @Override
    protected ChannelType type() {
        return new BingChannelType();
    }

    @Override
    protected Set<Capability> claimed() {
        return Set.of(Capability.CHAT);
    }

    @Override
    protected TestChannel channel(ChannelType type) {
        return TestChannel.builder(type.descriptor(), "one")
                .endpoint("wss://bridge.example")
                .build();
    }

    @Override
    protected List<Fixture> fixtures() {
        return List.of(
                Fixture.chat("hello", HELLO)
                        .replies(Reply.socket(
                                "{\"response\":\"Good \",\"end\":false}",
                                "{\"response\":\"day, 世界!\",\"end\":false}",
                                "{\"response\":\"\",\"end\":true}"))
                        .expectText("Good day, 世界!")
                        .expectFinish("stop"),
                Fixture.chat("trouble told in words", HELLO)
                        .replies(Reply.socket("{\"response\":\"Bing error: no cookie left\",\"end\":true}"))
                        .expectFault(FaultKind.UPSTREAM),
                Fixture.chat("used up", HELLO)
                        .replies(Reply.socket("{\"response\":\"bing error: message limit for today\",\"end\":true}"))
                        .expectFault(FaultKind.QUOTA));
    }

    @Test
    void anOlderBridgeEndsByClosing() {
        var run = FlowDriver.answering(
                        Reply.socket("{\"response\":\"Good day\"}").closing(1000, ""))
                .chat(new BingChannelType().chat(TestChatCall.of(HELLO), channel(type())));

        assertThat(run.fault()).isNull();
        assertThat(run.events().toString()).contains("Good day");
    }

    @Test
    void aCloseBeforeAnyWordIsAWrongSecret() {
        var run = FlowDriver.answering(Reply.socket().closing(1000, ""))
                .chat(new BingChannelType().chat(TestChatCall.of(HELLO), channel(type())));

        assertThat(run.fault().kind()).isEqualTo(FaultKind.KEY_DEAD);
    }

    @Test
    void theHistoryGoesIntoThePromptUnlessSwitchedOff() {
        TestChannel brief =
                channel(type()).toBuilder().option("history", "false").build();
        Reply reply = Reply.socket("{\"response\":\"ok\",\"end\":true}");
        String whole = FlowDriver.answering(reply)
                .chat(new BingChannelType().chat(TestChatCall.of(HISTORY), channel(type())))
                .said()
                .getFirst();
        String last = FlowDriver.answering(reply)
                .chat(new BingChannelType().chat(TestChatCall.of(HISTORY), brief))
                .said()
                .getFirst();

        assertThat(Json.parse(whole).string("prompt")).isEqualTo("user: Hi\n\nassistant: Ho\n\nuser: Go on");
        assertThat(Json.parse(whole).string("model")).isEqualTo("creative");
        assertThat(Json.parse(last).string("prompt")).isEqualTo("Go on");
    }
}
