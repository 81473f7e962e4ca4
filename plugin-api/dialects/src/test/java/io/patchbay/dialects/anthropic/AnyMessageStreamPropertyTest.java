package io.patchbay.dialects.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.dialects.ChatDecoder;
import io.patchbay.spi.Profile;
import io.patchbay.spi.chat.ChatEvent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Whatever events come in whatever order, what is told keeps to the rules. */
final class AnyMessageStreamPropertyTest {
    private static final List<String> EVENTS = List.of(
            "{\"type\":\"message_start\",\"message\":{\"id\":\"a\",\"model\":\"claude-opus-5\",\"usage\":{\"input_tokens\":3}}}",
            "{\"type\":\"message_start\",\"message\":{\"id\":\"b\"}}",
            "{\"type\":\"message_start\"}",
            "{\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"x\"}}",
            "{\"type\":\"content_block_start\",\"index\":1,\"content_block\":{\"type\":\"tool_use\",\"id\":\"t\",\"name\":\"f\","
                    + "\"input\":{}}}",
            "{\"type\":\"content_block_start\",\"index\":2,\"content_block\":{\"type\":\"tool_use\",\"input\":7}}",
            "{\"type\":\"content_block_start\",\"index\":3,\"content_block\":{\"type\":\"thinking\"}}",
            "{\"type\":\"content_block_start\",\"index\":-1,\"content_block\":7}",
            "{\"type\":\"content_block_start\",\"index\":1e99,\"content_block\":{}}",
            "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"你👋\"}}",
            "{\"type\":\"content_block_delta\",\"index\":1,\"delta\":{\"type\":\"input_json_delta\",\"partial_json\":\"{}\"}}",
            "{\"type\":\"content_block_delta\",\"index\":2,\"delta\":{\"type\":\"text_delta\",\"text\":\"in a call\"}}",
            "{\"type\":\"content_block_delta\",\"index\":3,\"delta\":{\"type\":\"thinking_delta\",\"thinking\":\"hm\"}}",
            "{\"type\":\"content_block_delta\",\"index\":3,\"delta\":{\"type\":\"signature_delta\",\"signature\":\"s\"}}",
            "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"citations_delta\",\"citation\":{\"url\":\"u\"}}}",
            "{\"type\":\"content_block_delta\",\"index\":9,\"delta\":null}",
            "{\"type\":\"content_block_stop\",\"index\":1}",
            "{\"type\":\"content_block_stop\",\"index\":3}",
            "{\"type\":\"content_block_stop\"}",
            "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"tool_use\"},\"usage\":{\"output_tokens\":5}}",
            "{\"type\":\"message_delta\",\"delta\":{},\"usage\":{\"output_tokens\":-5,\"input_tokens\":\"x\"}}",
            "{\"type\":\"message_delta\"}",
            "{\"type\":\"message_stop\"}",
            "{\"type\":\"ping\"}",
            "{\"type\":7}",
            "{}",
            "[DONE]",
            "null");

    @Property(tries = 20_000)
    void theRulesAreKept(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        StringBuilder stream = new StringBuilder();
        for (int i = random.nextInt(1, 30); i > 0; i--) {
            stream.append("data: ")
                    .append(EVENTS.get(random.nextInt(EVENTS.size())))
                    .append("\n\n");
        }
        ChatDecoder decoder = MessageTranscript.CODEC.decoder(Profile.STANDARD);

        List<ChatEvent> events =
                MessageTranscript.decode(decoder, stream.toString().getBytes(StandardCharsets.UTF_8));

        check(events, decoder, stream.toString());
    }

    private static void check(List<ChatEvent> events, ChatDecoder decoder, String stream) {
        int calls = 0;
        int finishes = 0;
        int used = 0;
        for (ChatEvent event : events) {
            assertThat(used).as(stream).isZero();
            switch (event) {
                case ChatEvent.ToolCallPiece piece -> {
                    assertThat(piece.index()).as(stream).isLessThanOrEqualTo(calls);
                    assertThat(piece.name() != null).as(stream).isEqualTo(piece.index() == calls);
                    calls = Math.max(calls, piece.index() + 1);
                }
                case ChatEvent.Text text -> assertThat(text.text()).isNotEmpty();
                case ChatEvent.Reasoning text -> assertThat(text.text()).isNotEmpty();
                case ChatEvent.Extra extra ->
                    assertThat(extra.members().isEmpty()).isFalse();
                case ChatEvent.Finish ignored -> finishes++;
                case ChatEvent.Used ignored -> used++;
                default -> {}
            }
        }
        assertThat(finishes).as(stream).isLessThanOrEqualTo(1);
        assertThat(decoder.facts().toolCalls()).as(stream).isEqualTo(calls);
        assertThat(decoder.facts().finishes()).as(stream).hasSize(finishes);
        assertThat(decoder.facts().ended())
                .as(stream)
                .isNotEqualTo(decoder.facts().fault() != null);
    }
}
