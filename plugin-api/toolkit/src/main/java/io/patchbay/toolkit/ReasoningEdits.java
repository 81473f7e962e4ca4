package io.patchbay.toolkit;

import io.patchbay.spi.ReasoningInput;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a client wishes of a model's thinking, said again as one vendor wants to be told. One object serves one call.
 */
final class ReasoningEdits {
    /**
     * What the fields of {@link ThinkingWish} consist of; further members of theirs are kept where the vendor has the
     * field.
     */
    private static final Map<String, Set<String>> PARTS = Map.of(
            "thinking", Set.of("type", "budget_tokens"),
            "reasoning", Set.of("effort", "max_tokens", "enabled"));

    private final ReasoningInput input;
    private final Function<String, @Nullable JsonValue> source;
    private final Map<String, JsonValue> set = new LinkedHashMap<>();
    private final Set<String> lost = new TreeSet<>();
    private String prompt = "";

    private ReasoningEdits(ReasoningInput input, Function<String, @Nullable JsonValue> source) {
        this.input = input;
        this.source = source;
    }

    /**
     * Reads the wish and says it again.
     *
     * @param source gives a top-level member of the body, {@code null} when it is missing or JSON null
     */
    static ReasoningEdits of(ReasoningInput input, Function<String, @Nullable JsonValue> source) {
        ReasoningEdits edits = new ReasoningEdits(input, source);
        ThinkingWish wish = ThinkingWish.read(source);
        if (wish.isSaid()) {
            edits.say(wish);
        } else if (input.auto() != null && !input.toggle().isEmpty() && edits.field(ThinkingWish.FIELDS) != null) {
            edits.put(input.toggle(), input.auto());
        }
        return edits;
    }

    /**
     * Returns the top-level members to send. All {@linkplain ThinkingWish#FIELDS other ways} to say it are to be left
     * out.
     */
    Map<String, JsonValue> set() {
        return set;
    }

    /** Returns what the vendor cannot be told, by the client's names. */
    Set<String> lost() {
        return lost;
    }

    /** Returns words to put behind the last user message, maybe empty. */
    String prompt() {
        return prompt;
    }

    private void say(ThinkingWish wish) {
        boolean effortSaid = sayEffort(wish.effort());
        boolean said = effortSaid || sayOnOrOff(wish);
        Long budget = wish.budget();
        String effort = wish.effort();
        if (!effortSaid && !input.budget().isEmpty() && !Boolean.FALSE.equals(wish.on())) {
            Long tokens = budget == null && effort != null ? input.budgets().get(effort) : budget;
            if (tokens != null) {
                put(input.budget(), JsonValue.of(Math.clamp(tokens, input.leastBudget(), input.mostBudget())));
                said = true;
                budget = null;
            }
        }
        if (!said && Boolean.FALSE.equals(wish.on()) && !input.promptOff().isEmpty()) {
            prompt = input.promptOff();
            said = true;
        }
        if (!said && (wish.on() != null || effort != null)) {
            lose(List.of("reasoning_effort", "reasoning", "enable_thinking", "thinking", "thinking_budget"));
        } else if (budget != null) {
            loseBudget();
        }
    }

    private boolean sayEffort(@Nullable String effort) {
        if (effort == null || input.effort().isEmpty()) {
            return false;
        }
        String word = input.efforts().isEmpty() ? effort : input.efforts().get(effort);
        if (word != null) {
            put(input.effort(), JsonValue.of(word));
        }
        return word != null;
    }

    private boolean sayOnOrOff(ThinkingWish wish) {
        Boolean on = wish.on();
        if (on == null) {
            return false;
        }
        if (!input.toggle().isEmpty()) {
            put(input.toggle(), on ? input.on() : input.off());
            return true;
        }
        return wish.effort() == null && sayEffort(on ? "medium" : "none");
    }

    private @Nullable String field(List<String> names) {
        for (String name : names) {
            if (source.apply(name) != null) {
                return name;
            }
        }
        return null;
    }

    private void lose(List<String> names) {
        String field = field(names);
        if (field != null) {
            lost.add(field);
        }
    }

    private void loseBudget() {
        if (source.apply("thinking") instanceof JsonObject thinking && thinking.has("budget_tokens")) {
            lost.add("thinking.budget_tokens");
        } else if (source.apply("reasoning") instanceof JsonObject reasoning && reasoning.has("max_tokens")) {
            lost.add("reasoning.max_tokens");
        } else {
            lost.add("thinking_budget");
        }
    }

    private void put(String place, JsonValue value) {
        int dot = place.indexOf('.');
        if (dot < 0) {
            set.put(place, value);
            return;
        }
        String root = place.substring(0, dot);
        JsonValue before = set.containsKey(root) ? set.get(root) : own(root);
        set.put(root, with(before == null ? JsonObject.EMPTY : before.asObject(), place.substring(dot + 1), value));
    }

    private @Nullable JsonValue own(String root) {
        JsonValue value = source.apply(root);
        if (value == null || !PARTS.containsKey(root)) {
            return value;
        }
        JsonObject.Builder rest = value.asObject().toBuilder();
        PARTS.getOrDefault(root, Set.of()).forEach(rest::remove);
        return rest.build();
    }

    private static JsonObject with(JsonObject object, String place, JsonValue value) {
        int dot = place.indexOf('.');
        if (dot < 0) {
            return object.toBuilder().put(place, value).build();
        }
        String name = place.substring(0, dot);
        JsonValue inner = object.get(name);
        JsonObject changed = with(inner == null ? JsonObject.EMPTY : inner.asObject(), place.substring(dot + 1), value);
        return object.toBuilder().put(name, changed).build();
    }
}
