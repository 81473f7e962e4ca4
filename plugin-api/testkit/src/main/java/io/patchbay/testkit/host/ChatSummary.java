package io.patchbay.testkit.host;

import io.patchbay.spi.Usage;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.spi.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What the events of one chat come to, however they were cut into pieces.
 *
 * @param id the upstream's id, or {@code null}
 * @param choices by index
 * @param usage the last one, or {@code null}
 */
public record ChatSummary(
        @Nullable String id,
        Map<Integer, Choice> choices,
        @Nullable Tokens usage) {

    /**
     * One choice.
     *
     * @param calls in the order of their index
     * @param finish the finish reason, or {@code null} when it has none
     */
    public record Choice(
            String text,
            String reasoning,
            String refusal,
            List<Call> calls,
            List<JsonObject> extras,
            @Nullable String finish) {}

    /** A tool call; the id is {@code null} when no piece had one. */
    public record Call(@Nullable String id, String name, String arguments) {}

    /** Counts of a usage. */
    public record Tokens(long input, long output, long cachedInput, long cacheWrite, long reasoning) {
        static Tokens of(Usage usage) {
            return new Tokens(
                    usage.input(), usage.output(), usage.cachedInput(), usage.cacheWrite(), usage.reasoning());
        }
    }

    /** Sums up events; those of other flows than chats are passed over. */
    public static ChatSummary of(List<?> events) {
        Map<Integer, Gathering> choices = new TreeMap<>();
        String id = null;
        Tokens usage = null;
        for (Object event : events) {
            if (event instanceof ChatEvent.Started started) {
                id = started.id();
            } else if (event instanceof ChatEvent.Used used) {
                usage = Tokens.of(used.usage());
            } else if (event instanceof ChatEvent one) {
                choices.computeIfAbsent(choice(one), ignored -> new Gathering()).add(one);
            }
        }
        Map<Integer, Choice> gathered = new TreeMap<>();
        choices.forEach((index, one) -> gathered.put(index, one.choice()));
        return new ChatSummary(id, Map.copyOf(gathered), usage);
    }

    /** Returns the first choice, an empty one when there is none. */
    public Choice first() {
        Choice first = choices.get(0);
        return first == null ? new Gathering().choice() : first;
    }

    /** Returns this summary without ids of tool calls that do not occur in the fixture: those were made up. */
    public ChatSummary withoutIdsMissingIn(String fixture) {
        return mapped(choice -> new Choice(
                choice.text(),
                choice.reasoning(),
                choice.refusal(),
                choice.calls().stream()
                        .map(call -> call.id() != null && !fixture.contains(call.id())
                                ? new Call(null, call.name(), call.arguments())
                                : call)
                        .toList(),
                choice.extras(),
                choice.finish()));
    }

    /** Returns only what a tapped client must see alike: finish words and further members stay the vendor's own there. */
    ChatSummary withoutVendorWords() {
        ChatSummary plain = mapped(choice -> new Choice(
                choice.text(),
                choice.reasoning(),
                choice.refusal(),
                choice.calls().stream()
                        .map(call -> new Call(null, call.name(), call.arguments()))
                        .toList(),
                List.of(),
                null));
        return new ChatSummary(null, plain.choices(), null);
    }

    private ChatSummary mapped(UnaryOperator<Choice> change) {
        Map<Integer, Choice> changed = new TreeMap<>();
        choices.forEach((index, choice) -> changed.put(index, change.apply(choice)));
        return new ChatSummary(id, Map.copyOf(changed), usage);
    }

    private static int choice(ChatEvent event) {
        return switch (event) {
            case ChatEvent.Text text -> text.choice();
            case ChatEvent.Reasoning reasoning -> reasoning.choice();
            case ChatEvent.Refusal refusal -> refusal.choice();
            case ChatEvent.ToolCallPiece piece -> piece.choice();
            case ChatEvent.Extra extra -> extra.choice();
            case ChatEvent.Finish finish -> finish.choice();
            case ChatEvent.Started ignored -> 0;
            case ChatEvent.Used ignored -> 0;
        };
    }

    /** A choice while its pieces come in. */
    private static final class Gathering {
        private final StringBuilder text = new StringBuilder();
        private final StringBuilder reasoning = new StringBuilder();
        private final StringBuilder refusal = new StringBuilder();
        private final Map<Integer, Call> calls = new TreeMap<>();
        private final Map<String, JsonObject> extras = new LinkedHashMap<>();
        private @Nullable String finish;

        void add(ChatEvent event) {
            switch (event) {
                case ChatEvent.Text piece -> text.append(piece.text());
                case ChatEvent.Reasoning piece -> reasoning.append(piece.text());
                case ChatEvent.Refusal piece -> refusal.append(piece.text());
                case ChatEvent.Extra extra -> extras.put(extra.members().toJson(), extra.members());
                case ChatEvent.Finish end -> finish = end.reason();
                case ChatEvent.ToolCallPiece piece -> {
                    Call call = calls.getOrDefault(piece.index(), new Call(null, "", ""));
                    calls.put(
                            piece.index(),
                            new Call(
                                    piece.id() == null ? call.id() : piece.id(),
                                    piece.name() == null ? call.name() : piece.name(),
                                    call.arguments() + piece.arguments()));
                }
                case ChatEvent.Started ignored -> {}
                case ChatEvent.Used ignored -> {}
            }
        }

        Choice choice() {
            return new Choice(
                    text.toString(),
                    reasoning.toString(),
                    refusal.toString(),
                    List.copyOf(calls.values()),
                    new ArrayList<>(extras.values()),
                    finish);
        }
    }
}
