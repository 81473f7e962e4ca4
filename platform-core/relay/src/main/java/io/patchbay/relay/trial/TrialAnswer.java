package io.patchbay.relay.trial;

import io.patchbay.dialects.ChatDecoder;
import io.patchbay.relay.exchange.FlowHost;
import io.patchbay.spi.Bytes;
import io.patchbay.spi.Fault;
import io.patchbay.spi.Usage;
import io.patchbay.spi.chat.ChatEvent;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What came of a trial's chat: the beginning of the text, and facts on the rest. Confined to the inquiry's serial. */
final class TrialAnswer {
    /** How many characters of the answer are told. */
    private static final int LONGEST_TEXT = 2_000;

    /** More is kept than told, so that no secret is cut in two before it is found. */
    private static final int LONGEST_KEPT = 2 * LONGEST_TEXT;

    private static final int LONGEST_REASON = 100;

    private final StringBuilder text = new StringBuilder();
    private boolean cut;
    private boolean content;
    private boolean reasoning;
    private boolean ended;
    private @Nullable String finish;
    private @Nullable Usage usage;

    void see(ChatEvent event) {
        switch (event) {
            case ChatEvent.Text said -> say(said.text());
            case ChatEvent.Refusal said -> say(said.text());
            case ChatEvent.Reasoning thought -> {
                reasoning |= !thought.text().isEmpty();
                content |= reasoning;
            }
            case ChatEvent.ToolCallPiece ignored -> content = true;
            case ChatEvent.Extra ignored -> content = true;
            case ChatEvent.Finish end -> finish = end.reason();
            case ChatEvent.Used used -> usage = used.usage();
            case ChatEvent.Started ignored -> {}
        }
    }

    private void say(String more) {
        content |= !more.isEmpty();
        int room = LONGEST_KEPT - text.length();
        text.append(more, 0, Math.min(more.length(), room));
        cut |= more.length() > room;
    }

    /**
     * Returns what is told of it.
     *
     * @param cleaning takes secrets out of the text
     */
    TrialReport.Answer told(UnaryOperator<String> cleaning, long firstContentMillis) {
        String clean = cleaning.apply(text.toString());
        return new TrialReport.Answer(
                begun(clean, LONGEST_TEXT),
                cut || clean.length() > LONGEST_TEXT,
                reasoning,
                finish == null ? null : begun(finish, LONGEST_REASON),
                usage,
                firstContentMillis);
    }

    /** Returns the beginning of a text, which ends with a whole character. */
    private static String begun(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most);
    }

    boolean content() {
        return content;
    }

    /** Returns whether the answer is complete: a reason came, or its end marker behind content. */
    boolean complete() {
        return finish != null || (content && ended);
    }

    /** Returns a reader that decodes an answer in a dialect. */
    FlowHost.Speaking decoded(ChatDecoder decoder, Consumer<ChatEvent> events) {
        return new FlowHost.Speaking() {
            @Override
            public void frame(String event, Bytes payload) {
                decoder.on(event, payload, events);
                ended = decoder.facts().ended();
            }

            @Override
            public void end() {
                decoder.end(events);
                ended = decoder.facts().ended();
            }

            @Override
            public @Nullable Fault fault() {
                return decoder.facts().fault();
            }

            @Override
            public boolean ended() {
                return decoder.facts().ended();
            }
        };
    }
}
