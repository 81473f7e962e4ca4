package io.patchbay.relay.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.dialects.ClientPlan;
import io.patchbay.dialects.UpstreamCodec;
import io.patchbay.dialects.anthropic.AnthropicCodec;
import io.patchbay.dialects.openai.OpenAiChatCodec;
import io.patchbay.relay.exchange.FlowHost;
import io.patchbay.spi.Bytes;
import io.patchbay.spi.Framing;
import io.patchbay.spi.Next;
import io.patchbay.spi.Profile;
import io.patchbay.spi.Usage;
import io.patchbay.spi.Voice;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.spi.http.HttpRequest;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Output tokens of answers on their way to the client; here each character counts a thousand. */
final class CountedDeliveryTest {
    private static final ClientPlan PLAN = new ClientPlan("public", true, "chatcmpl-1", 1_800_000_000);
    private static final OpenAiChatCodec OPENAI = new OpenAiChatCodec();
    private static final String USAGE =
            "{\"id\":\"up\",\"choices\":[],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":3,\"total_tokens\":12}}";

    private final ChatDelivery delivery = new ChatDelivery(OPENAI, PLAN, true, text -> 1_000L * text.length());

    private FlowHost.Speaking speaking(UpstreamCodec codec) {
        Next.Speak action = (Next.Speak) Next.speak(
                HttpRequest.post("http://upstream.example/chat").build(),
                Framing.SSE,
                codec.dialect(),
                Voice.of(Profile.STANDARD));
        FlowHost.Speaking speaking = delivery.speak(action, true, Optional.of(codec));
        assertThat(speaking).isNotNull();
        return speaking;
    }

    private static void frames(FlowHost.Speaking speaking, String... payloads) {
        for (String payload : payloads) {
            speaking.frame("", Bytes.of(payload));
        }
    }

    private static String chunk(String delta) {
        return "{\"id\":\"up\",\"model\":\"upstream\",\"choices\":[{\"index\":0,\"delta\":" + delta + "}]}";
    }

    @Test
    void nothingIsNoTokens() {
        assertThat(delivery.estimatedOutput()).isZero();
    }

    @Test
    void aForwardedStreamIsCountedAtAnyTime() {
        FlowHost.Speaking speaking = speaking(OPENAI);
        frames(speaking, chunk("{\"role\":\"assistant\",\"content\":\"\"}"), chunk("{\"content\":\"ab\"}"));
        assertThat(delivery.estimatedOutput()).isEqualTo(2_000);
        frames(speaking, chunk("{\"content\":\"cde\"}"), chunk("{\"reasoning\":\"f\"}"));
        assertThat(delivery.estimatedOutput()).isEqualTo(6_000);
        assertThat(delivery.runningOutput()).isLessThan(10);
    }

    @Test
    void eventsAreCounted() {
        delivery.event(new ChatEvent.Started("id", "m"));
        delivery.event(new ChatEvent.Reasoning("a"));
        delivery.event(new ChatEvent.Text("bc"));
        delivery.event(new ChatEvent.Refusal(1, "def"));
        delivery.event(new ChatEvent.ToolCallPiece(0, 0, "call_1", "ghij", ""));
        delivery.event(new ChatEvent.ToolCallPiece(0, 0, null, null, "klmno"));
        assertThat(delivery.estimatedOutput()).isEqualTo(15_000);
    }

    @Test
    void aDecodedStreamIsCounted() {
        frames(
                speaking(new AnthropicCodec()),
                "{\"type\":\"message_start\",\"message\":{\"id\":\"m\",\"model\":\"m\",\"content\":[],\"usage\":{\"input_tokens\":5,\"output_tokens\":1}}}",
                "{\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}}",
                "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"abc\"}}");
        // What the vendor says at the beginning is not what the answer used.
        assertThat(delivery.usage()).isNull();
        assertThat(delivery.estimatedOutput()).isEqualTo(3_000);
    }

    @Test
    void anAnswerThatIsBegunAnewIsCountedAnew() {
        frames(speaking(OPENAI), chunk("{\"role\":\"assistant\"}"), USAGE);
        frames(speaking(OPENAI), chunk("{\"content\":\"ab\"}"));
        assertThat(delivery.estimatedOutput()).isEqualTo(2_000);
    }

    @Test
    void anAnswerThatGoesOnIsCountedTogether() {
        frames(speaking(OPENAI), chunk("{\"content\":\"ab\"}"));
        frames(speaking(OPENAI), chunk("{\"content\":\"cde\"}"));
        assertThat(delivery.estimatedOutput()).isEqualTo(5_000);
    }

    @Test
    void whatAUsageWasToldForIsNotKept() {
        frames(speaking(OPENAI), chunk("{\"content\":\"abcd\"}"), USAGE);
        assertThat(delivery.usage()).isNotNull();
        assertThat(delivery.estimatedOutput()).isLessThan(10).isEqualTo(delivery.runningOutput());
    }

    @Test
    void anEventWithUsageEndsTheKeepingAndZerosDoNot() {
        delivery.event(new ChatEvent.Text("ab"));
        delivery.event(new ChatEvent.Used(Usage.NONE));
        assertThat(delivery.estimatedOutput()).isEqualTo(2_000);
        delivery.event(new ChatEvent.Used(Usage.of(3, 4)));
        assertThat(delivery.estimatedOutput()).isLessThan(10);
    }
}
