package io.patchbay.toolkit.google;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.dialects.gemini.GeminiModel;
import io.patchbay.spi.Capability;
import io.patchbay.spi.ChannelDescriptor;
import io.patchbay.spi.Offer;
import io.patchbay.spi.Offer.ImageInput;
import io.patchbay.spi.Text;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.spi.http.HttpRequest;
import io.patchbay.spi.json.Json;
import io.patchbay.testkit.host.FlowDriver;
import io.patchbay.testkit.host.FlowRun;
import io.patchbay.testkit.host.Reply;
import io.patchbay.testkit.host.TestChannel;
import io.patchbay.testkit.host.TestChatCall;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GoogleChatTest {
    private static final ChannelDescriptor DESCRIPTOR = ChannelDescriptor.builder("t", Text.of("T"))
            .option(GoogleChat.safetyOption())
            .build();
    private static final TestChannel CHANNEL =
            TestChannel.builder(DESCRIPTOR, "a").build();
    private static final Reply STREAM = Reply.events(
            "data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"Hi\"}]},\"finishReason\":\"STOP\"}]}\n\n"
                    .getBytes(StandardCharsets.UTF_8));

    private static FlowRun<ChatEvent> chat(TestChannel channel, String members, Reply... replies) {
        TestChatCall call = TestChatCall.of(
                "{\"model\":\"gemini-3.5-flash\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"},"
                        + "{\"role\":\"assistant\",\"content\":\"a\",\"tool_calls\":[{\"id\":\"c\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}],"
                        + "\"reasoning_details\":[{\"format\":\"google-gemini-v1\",\"data\":\"S\",\"id\":\"c\"}]},{\"role\":\"tool\",\"tool_call_id\":\"c\",\"content\":\"1\"}]"
                        + members + "}");
        return FlowDriver.answering(replies)
                .chat(GoogleChat.of(call, channel, stream -> HttpRequest.post("https://host.example/m")));
    }

    @Test
    void theOperatorsThresholdIsForRequestsThatBringNone() {
        TestChannel open = CHANNEL.toBuilder().option("safety", "OFF").build();
        String own = ",\"safety_settings\":[{\"category\":\"HARM_CATEGORY_HARASSMENT\",\"threshold\":\"BLOCK_NONE\"}]";

        assertThat(chat(CHANNEL, "", STREAM).sent().getFirst().json().get("safetySettings"))
                .isNull();
        assertThat(chat(open, "", STREAM)
                        .sent()
                        .getFirst()
                        .json()
                        .get("safetySettings")
                        .elements())
                .hasSize(5)
                .contains(Json.parse("{\"category\":\"HARM_CATEGORY_HATE_SPEECH\",\"threshold\":\"OFF\"}"));
        assertThat(chat(open, own, STREAM)
                        .sent()
                        .getFirst()
                        .json()
                        .get("safetySettings")
                        .elements())
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Function call is missing a thought_signature in functionCall parts.",
                "Corrupted thought signature."
            })
    void refusedSignaturesAreLeftOutOnce(String words) {
        Reply refusal = Reply.json(
                400, "{\"error\":{\"code\":400,\"message\":\"" + words + "\",\"status\":\"INVALID_ARGUMENT\"}}");

        FlowRun<ChatEvent> run = chat(CHANNEL, "", refusal, STREAM);

        assertThat(run.ending()).isEqualTo(FlowRun.Ending.DONE);
        assertThat(run.sent()
                        .get(0)
                        .json()
                        .at("contents", 1, "parts", 1, "thoughtSignature")
                        .string())
                .isEqualTo("S");
        assertThat(run.sent()
                        .get(1)
                        .json()
                        .at("contents", 1, "parts", 1, "thoughtSignature")
                        .string())
                .isEqualTo("skip_thought_signature_validator");
        assertThat(chat(CHANNEL, "", refusal).sent()).hasSize(2);
    }

    @Test
    void otherRefusalsStand() {
        assertThat(chat(CHANNEL, "", Reply.json(400, "{\"error\":{\"message\":\"no\"}}"))
                        .sent())
                .hasSize(1);
    }

    private static Offer offer(String model) {
        return GoogleOffer.of(GeminiModel.of(model)).build();
    }

    @Test
    void offersFollowTheModel() {
        assertThat(offer("gemini-3.5-flash").capabilities())
                .contains(Capability.TOOLS, Capability.REASONING, Capability.VISION, Capability.WEB_SEARCH)
                .doesNotContain(Capability.IMAGES);
        assertThat(offer("gemini-2.5-flash-image").capabilities())
                .contains(Capability.IMAGES, Capability.IMAGE_EDITS, Capability.CHAT)
                .doesNotContain(Capability.TOOLS);
        assertThat(offer("gemini-pro").imageInput()).isEqualTo(ImageInput.NONE);
        assertThat(offer("gemini-1.5-pro-latest").imageInput()).isEqualTo(ImageInput.INLINE);
        assertThat(offer("chat-bison-001").capabilities()).isEmpty();
        assertThat(offer("imagen-4.0-generate-001").capabilities())
                .containsExactlyInAnyOrder(Capability.CHAT, Capability.IMAGES);
        assertThat(offer("text-embedding-005").capabilities()).containsExactlyInAnyOrder(Capability.EMBEDDINGS);
    }
}
