package io.patchbay.relay.call;

import io.patchbay.dialects.AnswerText;
import io.patchbay.dialects.Tally;
import io.patchbay.relay.record.ReportedUsage;
import io.patchbay.spi.Usage;
import io.patchbay.spi.chat.ChatEvent;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is known of an answer that passes as events. */
final class EventFacts {
    private final Tally tally = new Tally();
    private final Map<Integer, String> finishes = new HashMap<>();
    private @Nullable Usage usage;
    private boolean content;

    /**
     * Sees an event.
     *
     * @param kept where its words are kept as well, until the usage is told
     */
    void see(ChatEvent event, AnswerText kept) {
        switch (event) {
            case ChatEvent.Text text -> text(text.choice(), AnswerText.WORDS, text.text(), kept);
            case ChatEvent.Reasoning reasoning ->
                text(reasoning.choice(), AnswerText.REASONING, reasoning.text(), kept);
            case ChatEvent.Refusal refusal -> text(refusal.choice(), AnswerText.WORDS, refusal.text(), kept);
            case ChatEvent.ToolCallPiece piece -> {
                content = true;
                if (piece.name() != null) {
                    text(piece.choice(), AnswerText.name(piece.index()), piece.name(), kept);
                }
                text(piece.choice(), AnswerText.arguments(piece.index()), piece.arguments(), kept);
            }
            case ChatEvent.Extra ignored -> content = true;
            case ChatEvent.Finish finish -> finishes.put(finish.choice(), finish.reason());
            case ChatEvent.Used used -> {
                usage = used.usage();
                if (ReportedUsage.billed(usage) != null) {
                    kept.forget();
                }
            }
            case ChatEvent.Started ignored -> {}
        }
    }

    private void text(int choice, int part, String text, AnswerText kept) {
        if (!text.isEmpty()) {
            content = true;
            tally.add(text);
            kept.add(choice, part, text);
        }
    }

    boolean content() {
        return content;
    }

    boolean finished() {
        return !finishes.isEmpty();
    }

    @Nullable
    Usage usage() {
        return usage;
    }

    long runningOutput() {
        return tally.estimateTokens();
    }
}
