package io.patchbay.toolkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.testkit.host.ChatSummary;
import io.patchbay.testkit.host.TestTurn;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class ThinkTagsTest {
    @Test
    void thinkingIsTakenOutOfTheTextWhereverItIsCut() {
        String answer = "A<think>one</think>\n\nB <b>bold</b> 1 < 2<think>two</think>C";

        for (int size = 1; size <= answer.length(); size++) {
            ChatSummary.Choice told = told(answer, size);
            assertThat(told.text()).isEqualTo("A\n\nB <b>bold</b> 1 < 2C");
            assertThat(told.reasoning()).isEqualTo("onetwo");
        }
    }

    @Test
    void theFoldedBlockOfAPageIsThinkingToo() {
        String answer =
                "<details style=\"color:gray;padding: 8px;\" open> <summary> Thinking... </summary>\nHm.</details>\n42";

        for (int size = 1; size <= answer.length(); size++) {
            ChatSummary.Choice told = told(answer, size);
            assertThat(told.text()).isEqualTo("\n42");
            assertThat(told.reasoning()).isEqualTo("\nHm.");
        }
    }

    @Test
    void anyOtherFoldedBlockStaysText() {
        String answer = "<details><summary>More</summary>words</details> <";

        for (int size = 1; size <= answer.length(); size++) {
            assertThat(told(answer, size).text()).isEqualTo(answer);
        }
    }

    @Test
    void plainTextIsToldAtOnce() {
        TestTurn<ChatEvent> turn = new TestTurn<>(Instant.EPOCH, 1);
        ThinkTags tags = new ThinkTags(new ChatWriter(turn));

        tags.text("Hel");
        tags.text("lo <thi");

        assertThat(turn.events()).containsExactly(new ChatEvent.Text("Hel"), new ChatEvent.Text("lo "));
    }

    @Test
    void anUnclosedTagIsThinkingToTheEnd() {
        ChatSummary.Choice told = told("<think>never closed </thin", 5);

        assertThat(told.text()).isEmpty();
        assertThat(told.reasoning()).isEqualTo("never closed </thin");
    }

    private static ChatSummary.Choice told(String answer, int size) {
        TestTurn<ChatEvent> turn = new TestTurn<>(Instant.EPOCH, 1);
        ThinkTags tags = new ThinkTags(new ChatWriter(turn));
        for (int at = 0; at < answer.length(); at += size) {
            tags.text(answer.substring(at, Math.min(answer.length(), at + size)));
        }
        tags.end();
        return ChatSummary.of(turn.events()).first();
    }
}
