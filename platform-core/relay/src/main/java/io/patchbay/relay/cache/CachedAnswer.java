package io.patchbay.relay.cache;

import io.patchbay.spi.Usage;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.spi.json.JsonArray;
import io.patchbay.spi.json.JsonNumber;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonString;
import io.patchbay.spi.json.JsonValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A complete answer of one choice, to be told again as events: text, reasoning, tool calls with their ids, further
 * members, finish, usage. Holds nothing of the request but the names of fields. Immutable.
 */
public final class CachedAnswer {
    /** The largest answer that is kept, in bytes of memory. */
    static final int MOST_BYTES = 1024 * 1024;

    /** How much text one event carries at most: many clients read streams in lines of at most 64 KiB. */
    private static final int PIECE = 4_000;

    private static final int OBJECT_BYTES = 64;
    private static final int MEMBER_BYTES = 48;

    private final List<ChatEvent> parts;
    private final String finish;
    private final @Nullable Usage usage;
    private final Set<String> dropped;
    private final int bytes;

    private CachedAnswer(List<ChatEvent> parts, String finish, @Nullable Usage usage, Set<String> dropped, long bytes) {
        this.parts = parts;
        this.finish = finish;
        this.usage = usage;
        this.dropped = dropped;
        this.bytes = Math.toIntExact(bytes);
    }

    /**
     * Returns an answer, or nothing when it is too large.
     *
     * @param parts everything but the finish and the usage, in order
     * @param usage what the upstream told, {@code null} when it told nothing
     * @param dropped the client's fields the upstream did not see
     */
    static Optional<CachedAnswer> of(
            List<ChatEvent> parts, String finish, @Nullable Usage usage, Iterable<String> dropped) {
        long bytes = 4 * OBJECT_BYTES + (usage == null ? 0 : weight(usage.raw()));
        for (ChatEvent part : parts) {
            bytes += weight(part);
        }
        Set<String> fields = new TreeSet<>();
        for (String field : dropped) {
            // A later call with the same key need not have sent it.
            if (!CacheKey.ignores(field)) {
                fields.add(field);
                bytes += MEMBER_BYTES + weight(field);
            }
        }
        return bytes > MOST_BYTES
                ? Optional.empty()
                : Optional.of(new CachedAnswer(List.copyOf(parts), finish, usage, Set.copyOf(fields), bytes));
    }

    /** Tells the answer again, long texts in several pieces. */
    public void replay(Consumer<ChatEvent> out) {
        for (ChatEvent part : parts) {
            switch (part) {
                case ChatEvent.Text text -> cut(text.text(), piece -> out.accept(new ChatEvent.Text(piece)));
                case ChatEvent.Reasoning reasoning ->
                    cut(reasoning.text(), piece -> out.accept(new ChatEvent.Reasoning(piece)));
                case ChatEvent.ToolCallPiece call -> call(call, out);
                default -> out.accept(part);
            }
        }
        out.accept(new ChatEvent.Finish(finish));
        if (usage != null) {
            out.accept(new ChatEvent.Used(usage));
        }
    }

    private static void call(ChatEvent.ToolCallPiece call, Consumer<ChatEvent> out) {
        boolean first = call.id() != null || call.name() != null;
        if (first || call.arguments().isEmpty()) {
            out.accept(new ChatEvent.ToolCallPiece(call.choice(), call.index(), call.id(), call.name(), ""));
        }
        cut(
                call.arguments(),
                piece -> out.accept(new ChatEvent.ToolCallPiece(call.choice(), call.index(), null, null, piece)));
    }

    private static void cut(String text, Consumer<String> out) {
        int from = 0;
        while (from < text.length()) {
            int to = Math.min(text.length(), from + PIECE);
            if (to < text.length() && Character.isHighSurrogate(text.charAt(to - 1))) {
                to--;
            }
            out.accept(text.substring(from, to));
            from = to;
        }
    }

    /** Returns the client's fields the upstream did not see, by name. */
    public Set<String> dropped() {
        return dropped;
    }

    /** Returns about how much memory this takes, at most {@link #MOST_BYTES}. */
    int bytes() {
        return bytes;
    }

    /** Returns about how much memory an event takes, in bytes. */
    static long weight(ChatEvent event) {
        return OBJECT_BYTES
                + switch (event) {
                    case ChatEvent.Text text -> weight(text.text());
                    case ChatEvent.Reasoning reasoning -> weight(reasoning.text());
                    case ChatEvent.Refusal refusal -> weight(refusal.text());
                    case ChatEvent.ToolCallPiece call ->
                        weight(call.arguments()) + weight(call.id()) + weight(call.name());
                    case ChatEvent.Extra extra -> weight(extra.members());
                    case ChatEvent.Started ignored -> 0;
                    case ChatEvent.Finish ignored -> 0;
                    case ChatEvent.Used used -> weight(used.usage().raw());
                };
    }

    private static long weight(JsonValue json) {
        return switch (json) {
            case JsonString string -> OBJECT_BYTES + weight(string.value());
            case JsonNumber number -> OBJECT_BYTES + weight(number.text());
            case JsonArray array -> {
                long all = OBJECT_BYTES;
                for (JsonValue element : array.elements()) {
                    all += weight(element);
                }
                yield all;
            }
            case JsonObject object -> {
                long all = 2 * OBJECT_BYTES;
                for (Map.Entry<String, JsonValue> member : object.members().entrySet()) {
                    all += MEMBER_BYTES + weight(member.getKey()) + weight(member.getValue());
                }
                yield all;
            }
            default -> 0;
        };
    }

    /** One character beyond Latin-1 doubles the size of a string. */
    private static long weight(@Nullable String text) {
        if (text == null) {
            return 0;
        }
        boolean wide = text.chars().anyMatch(c -> c > 0xff);
        return wide ? 2L * text.length() : text.length();
    }

    /** Says nothing of the content. */
    @Override
    public String toString() {
        return "answer of " + bytes + " bytes";
    }
}
