package io.patchbay.testkit.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.spi.ChannelDescriptor;
import io.patchbay.spi.Text;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.spi.config.ConfigField;
import io.patchbay.spi.json.JsonValue;
import io.patchbay.spi.media.EmbeddingCall;
import io.patchbay.spi.media.ImageCall;
import io.patchbay.spi.media.SpeechCall;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class DoublesTest {
    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Test
    void aChannelIsMadeFromADescriptor() {
        ChannelDescriptor descriptor = ChannelDescriptor.builder("toy", Text.of("Toy"))
                .defaultEndpoint("https://toy.invalid")
                .secretPart(ConfigField.secret("key", Text.of("Key")))
                .option(ConfigField.builder("region", ConfigField.Kind.TEXT, Text.of("Region"))
                        .fallback("eu")
                        .build())
                .build();
        TestChannel channel =
                TestChannel.builder(descriptor, "one").minted("token", "t-1").build();

        assertThat(channel.endpoint()).isEqualTo("https://toy.invalid");
        assertThat(channel.option("region")).isEqualTo("eu");
        assertThat(channel.secret("key").reveal()).startsWith("sk-one-key");
        assertThat(channel.secretTexts()).hasSize(2).contains("t-1");
        assertThat(channel.minted("other")).isNull();
        assertThatThrownBy(() -> channel.secret("other")).isInstanceOf(IllegalArgumentException.class);
        assertThat(channel.toBuilder().endpoint(" https://x.invalid ").build().endpoint())
                .isEqualTo("https://x.invalid");
    }

    @Test
    void aChatCallReadsTheClientsBodyLate() {
        TestChatCall call = TestChatCall.of("{\"model\":\"m\",\"stream\":true,\"messages\":[{\"role\":\"user\","
                        + "\"content\":\"Hi\"}],\"top_k\":3}")
                .upstreamModel("vendor-m");

        assertThat(call.model()).isEqualTo("vendor-m");
        assertThat(call.publicModel()).isEqualTo("m");
        assertThat(call.stream()).isTrue();
        assertThat(call.wire()).isNotNull();
        assertThat(call.requestReads()).isZero();
        assertThat(call.request().messages().getFirst().text()).isEqualTo("Hi");
        assertThat(call.requestReads()).isEqualTo(1);
        assertThat(call.withoutWire().wire()).isNull();
        assertThat(call.withoutWire().request().settings().get("top_k")).isEqualTo(JsonValue.of(3));
        assertThatThrownBy(() -> TestChatCall.of("{\"model\":\"a\",\"model\":\"b\"}"))
                .isInstanceOf(RuntimeException.class);
    }

    @Test
    void otherCallsAreMadeFromBodiesAndForms() {
        EmbeddingCall texts = TestCalls.embedding("{\"model\":\"m\",\"input\":[\"a\",\"b\"],\"dimensions\":3}");
        EmbeddingCall tokens = TestCalls.embedding("{\"model\":\"m\",\"input\":[1,2]}");
        ImageCall edit = TestCalls.imageEdit(
                "{\"model\":\"m\",\"prompt\":\"p\",\"size\":\"s\"}", List.of(TestBlob.of("a", "b", "c")), null);
        SpeechCall speech = TestCalls.speech("{\"model\":\"m\",\"input\":\"hi\",\"voice\":\"v\",\"speed\":2}");

        assertThat(texts.inputs()).hasSize(2);
        assertThat(texts.settings().has("dimensions")).isTrue();
        assertThat(texts.settings().has("input")).isFalse();
        assertThat(tokens.inputs()).hasSize(1);
        assertThat(edit.pictures()).hasSize(1);
        assertThat(edit.wire()).isNull();
        assertThat(edit.settings().string("size")).isEqualTo("s");
        assertThat(speech.voice()).isEqualTo("v");
        assertThat(speech.wire()).isNotNull();
        assertThat(TestCalls.moderation("{\"input\":\"a\"}").input().string()).isEqualTo("a");
        assertThat(TestCalls.transcription("{}", TestBlob.of("a", "b", "c"), true)
                        .translate())
                .isTrue();
    }

    @Test
    void anAnswerKnowsItsTypeAndItsFault() {
        TestAnswer answer = new TestAnswer(
                429,
                Map.of("content-type", "Application/JSON; charset=x", "retry-after", "3"),
                bytes("{\"error\":{\"message\":\"slow down\"}}"),
                Instant.EPOCH);

        assertThat(answer.contentType()).isEqualTo("application/json");
        assertThat(answer.header("Retry-After")).isEqualTo("3");
        assertThat(answer.ok()).isFalse();
        assertThat(answer.fault().after()).isEqualTo(Duration.ofSeconds(3));
        assertThat(new TestAnswer(500, Map.of(), new byte[100_000], Instant.EPOCH)
                        .body()
                        .length())
                .isEqualTo(64 * 1024);
        assertThat(new TestAnswer(200, Map.of(), new byte[100_000], Instant.EPOCH)
                        .body()
                        .length())
                .isEqualTo(100_000);
    }

    @Test
    void bodiesAreCutAsSaid() {
        assertThat(Cut.whole().reads(bytes("abc"))).hasSize(1);
        assertThat(Cut.whole().reads(new byte[0])).isEmpty();
        assertThat(Cut.at(1).reads(bytes("abc"))).extracting(DoublesTest::text).containsExactly("a", "bc");
        assertThat(Cut.at(9).reads(bytes("abc"))).extracting(DoublesTest::text).containsExactly("abc", "");
        assertThat(Cut.every(2).reads(bytes("abc")))
                .extracting(DoublesTest::text)
                .containsExactly("ab", "c");
    }

    @Test
    void eventsAreDressed() {
        byte[] plain = SseText.of("1");

        assertThat(text(plain)).isEqualTo("data: 1\n\ndata: [DONE]\n\n");
        assertThat(text(SseText.crlf(plain))).isEqualTo("data: 1\r\n\r\ndata: [DONE]\r\n\r\n");
        assertThat(text(SseText.cr(plain))).isEqualTo("data: 1\r\rdata: [DONE]\r\r");
        assertThat(text(SseText.comments(plain)))
                .isEqualTo(": keep-alive\n\n:\n: OPENROUTER PROCESSING\ndata: 1\n\n"
                        + ": keep-alive\n\n:\n: OPENROUTER PROCESSING\ndata: [DONE]\n\n");
        assertThat(text(SseText.odd(plain))).startsWith("\uFEFFid: 7\nretry: 1000\ndata:1\n\nid: 7");
        assertThat(text(SseText.withoutLastBlankLine(plain))).isEqualTo("data: 1\n\ndata: [DONE]");
        assertThat(SseText.crlf(new byte[] {(byte) 0xFF, '\n'})).containsExactly((byte) 0xFF, '\r', '\n');
    }

    @Test
    void repliesAreVaried() {
        Reply reply = Reply.sse("1").header("X-A", "b");

        assertThat(reply.isEvents()).isTrue();
        assertThat(reply.headers()).containsEntry("x-a", "b");
        assertThat(text(reply.truncatedAt(4).body())).isEqualTo("data");
        assertThat(reply.truncatedAt(4).broken()).isFalse();
        assertThat(reply.brokenAt(4).broken()).isTrue();
        assertThat(Reply.json(404, "{}").status()).isEqualTo(404);
    }

    @Test
    void eventsAreSummedUp() {
        ChatSummary summary = ChatSummary.of(List.of(
                new ChatEvent.Started("id", "m"),
                new ChatEvent.Text("a"),
                new ChatEvent.Text(1, "x"),
                new ChatEvent.Text("b"),
                new ChatEvent.ToolCallPiece(0, 0, "call", "f", "{"),
                new ChatEvent.ToolCallPiece(0, 0, null, null, "}"),
                new ChatEvent.Finish("stop")));

        assertThat(summary.id()).isEqualTo("id");
        assertThat(summary.first().text()).isEqualTo("ab");
        assertThat(summary.choices().get(1).text()).isEqualTo("x");
        assertThat(summary.first().calls()).containsExactly(new ChatSummary.Call("call", "f", "{}"));
        assertThat(summary.withoutIdsMissingIn("nothing")
                        .first()
                        .calls()
                        .getFirst()
                        .id())
                .isNull();
        assertThat(summary.usage()).isNull();
    }
}
