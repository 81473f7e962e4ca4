package io.patchbay.relay.call;

import io.patchbay.dialects.Tally;
import io.patchbay.spi.Usage;
import io.patchbay.spi.chat.ChatEvent;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is known of an answer that passes as events. No text is kept. */
final class EventFacts {
    private final Tally tally = new Tally();
    private final Map<Integer, String> finishes = new HashMap<>();
    private @Nullable Usage usage;
    private boolean content;

    void see(ChatEvent event) {
        switch (event) {
            case ChatEvent.Text text -> text(text.text());
            case ChatEvent.Reasoning reasoning -> text(reasoning.text());
            case ChatEvent.Refusal refusal -> text(refusal.text());
            case ChatEvent.ToolCallPiece piece -> {
                content = true;
                tally.add(piece.arguments());
                if (piece.name() != null) {
                    tally.add(piece.name());
                }
            }
            case ChatEvent.Extra ignored -> content = true;
            case ChatEvent.Finish finish -> finishes.put(finish.choice(), finish.reason());
            case ChatEvent.Used used -> usage = used.usage();
            case ChatEvent.Started ignored -> {}
        }
    }

    private void text(String text) {
        if (!text.isEmpty()) {
            content = true;
            tally.add(text);
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

    long estimatedOutput() {
        return tally.estimateTokens();
    }
}
