package io.patchbay.relay.cache;

import io.patchbay.dialects.ChatDecoder;
import io.patchbay.spi.Bytes;
import io.patchbay.spi.Usage;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.spi.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens to the answer of one attempt and makes a {@link CachedAnswer} of it, unless the answer is nothing to be given
 * again: not finished, filtered, refused, without content, too large, with several choices, with spoken output, or a
 * task's, which belongs to its user.
 *
 * <p>Events are given to {@link #on}. An answer that is forwarded without being read is overheard: its frames are given
 * to {@link #frame} as well. Whether the exchange ended well is for the call to know. Used by one thread at a time;
 * whatever happens here does not disturb the call.
 */
public final class AnswerRecorder {
    private static final Logger log = LoggerFactory.getLogger(AnswerRecorder.class);

    /** The reasons of answers that are whole; {@code length} is what the client's own limit asked for. */
    private static final Set<String> WHOLE = Set.of("stop", "tool_calls", "length");

    private final List<ChatEvent> parts = new ArrayList<>();
    /** Text of the last part, which pieces are still added to. */
    private final StringBuilder text = new StringBuilder();

    private @Nullable ChatEvent open;
    private @Nullable ChatDecoder decoder;
    private @Nullable String finish;
    private @Nullable Usage usage;
    private boolean content;
    private long bytes;
    private boolean over;

    /** Creates a recorder that has heard nothing. */
    public AnswerRecorder() {}

    /** Nothing that was heard so far counts, neither words nor mistakes: the upstream is asked again. */
    public void startOver() {
        over = false;
        forget();
    }

    /** No answer will come of this, whatever follows, unless it starts over. */
    public void giveUp() {
        over = true;
        forget();
    }

    private void forget() {
        parts.clear();
        text.setLength(0);
        text.trimToSize();
        open = null;
        decoder = null;
        finish = null;
        usage = null;
        content = false;
        bytes = 0;
    }

    // ---- answers that are forwarded ----

    /** Frames will be given to {@link #frame}, to be read by that decoder. */
    public void overhear(ChatDecoder reader) {
        if (!over) {
            decoder = reader;
        }
    }

    /** Hears a frame that was forwarded; the payload is not kept. */
    public void frame(String event, Bytes payload) {
        listen(reader -> reader.on(event, payload, this::on));
    }

    /** The body that was forwarded ended cleanly. */
    public void end() {
        listen(reader -> reader.end(this::on));
    }

    private interface Reading {
        void by(ChatDecoder reader);
    }

    private void listen(Reading reading) {
        ChatDecoder reader = decoder;
        if (reader == null) {
            return;
        }
        try {
            reading.by(reader);
            if (reader.facts().fault() != null) {
                giveUp();
            }
        } catch (RuntimeException e) {
            // The client gets its answer all the same.
            log.debug(
                    "an answer could not be read for the cache: {}",
                    e.getClass().getSimpleName());
            giveUp();
        }
    }

    // ---- events ----

    /** Hears an event. */
    public void on(ChatEvent event) {
        if (over) {
            return;
        }
        switch (event) {
            case ChatEvent.Started ignored -> {}
            case ChatEvent.Text piece -> words(piece.choice(), piece, piece.text());
            case ChatEvent.Reasoning piece -> words(piece.choice(), piece, piece.text());
            case ChatEvent.Refusal ignored -> giveUp();
            case ChatEvent.ToolCallPiece piece -> call(piece);
            case ChatEvent.Extra extra -> extra(extra);
            case ChatEvent.Finish end -> finish(end);
            case ChatEvent.Used used -> usage = used.usage();
        }
    }

    private void words(int choice, ChatEvent piece, String words) {
        if (!words.isEmpty() && mayFollow(choice)) {
            content |= piece instanceof ChatEvent.Text;
            add(piece, words);
        }
    }

    private void call(ChatEvent.ToolCallPiece piece) {
        if (mayFollow(piece.choice())) {
            content = true;
            add(piece, piece.arguments());
        }
    }

    private void extra(ChatEvent.Extra extra) {
        JsonObject members = extra.members();
        if (members.has("audio") || members.has("task")) {
            // Audio is named by ids that end at the vendor's; a task belongs to its user.
            giveUp();
        } else if (mayFollow(extra.choice())) {
            content |= members.has("images");
            close();
            grow(CachedAnswer.weight(extra));
            parts.add(extra);
        }
    }

    private void finish(ChatEvent.Finish end) {
        if (end.choice() != 0 || !WHOLE.contains(end.reason())) {
            giveUp();
        } else if (finish == null) {
            finish = end.reason();
        }
    }

    /** Gives up where the answer is not what it was taken for. */
    private boolean mayFollow(int choice) {
        if (choice != 0 || finish != null) {
            giveUp();
        }
        return !over;
    }

    private void add(ChatEvent piece, String words) {
        if (!continues(piece)) {
            close();
            open = piece;
            grow(CachedAnswer.weight(piece));
        } else {
            grow(words.length());
        }
        if (!over) {
            text.append(words);
        }
    }

    private boolean continues(ChatEvent piece) {
        ChatEvent begun = open;
        if (begun instanceof ChatEvent.ToolCallPiece call && piece instanceof ChatEvent.ToolCallPiece next) {
            return call.index() == next.index()
                    && (next.id() == null || next.id().equals(call.id()))
                    && (next.name() == null || next.name().equals(call.name()));
        }
        return begun != null && begun.getClass() == piece.getClass();
    }

    private void close() {
        ChatEvent begun = open;
        if (begun != null) {
            String words = text.toString();
            parts.add(
                    switch (begun) {
                        case ChatEvent.Reasoning ignored -> new ChatEvent.Reasoning(words);
                        case ChatEvent.ToolCallPiece call ->
                            new ChatEvent.ToolCallPiece(0, call.index(), call.id(), call.name(), words);
                        default -> new ChatEvent.Text(words);
                    });
            text.setLength(0);
            open = null;
        }
    }

    private void grow(long more) {
        bytes += more;
        if (bytes > CachedAnswer.MOST_BYTES) {
            giveUp();
        }
    }

    /**
     * Returns what was heard, if it is an answer to be given again.
     *
     * @param dropped the client's fields the upstream did not see
     */
    Optional<CachedAnswer> answer(Iterable<String> dropped) {
        String reason = finish;
        if (over || reason == null || !content) {
            return Optional.empty();
        }
        close();
        return CachedAnswer.of(parts, reason, usage, dropped);
    }
}
