package io.patchbay.toolkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.testkit.host.TestTurn;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ChatWriterTest {
    private static final Map<String, String> WORDS = Map.of("MAX", "length", "BAD", "content_filter");

    private final TestTurn<ChatEvent> turn = new TestTurn<>(Instant.EPOCH, 1);
    private final ChatWriter writer = new ChatWriter(turn);

    @Test
    void aWordOfTheVendorsEndsTheAnswerAsTheTableSays() {
        writer.finish("", WORDS);
        assertThat(writer.isFinished()).isFalse();

        writer.finish("MAX", WORDS).finish("BAD", WORDS);
        assertThat(turn.events()).containsExactly(new ChatEvent.Finish("length"));
    }

    @Test
    void aWordTheTableDoesNotKnowSaysThatTheAnswerEnded() {
        writer.finish("END", WORDS);

        assertThat(turn.events()).containsExactly(new ChatEvent.Finish("stop"));
    }

    @Test
    void aWordBehindToolCallsSaysThatToolsAreCalled() {
        writer.toolCall("0", "call_1", "f", "{}").finish("END", WORDS);

        assertThat(turn.events()).last().isEqualTo(new ChatEvent.Finish("tool_calls"));
    }
}
