package io.patchbay.spi;

import io.patchbay.spi.json.JsonBoolean;
import io.patchbay.spi.json.JsonValue;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * How a vendor is told whether, how hard and how long a model is to think. Places are paths of members joined by dots,
 * such as {@code chat_template_kwargs.enable_thinking}; an empty place means that the vendor cannot be told.
 *
 * <p>A client's wish, however it was said, is said again in these places: by the effort where the client named one and
 * the vendor knows it, else by the switch, else by the prompt. What cannot be said is told to the caller.
 */
@ProviderType
public final class ReasoningInput {
    /** A vendor that cannot be told anything. */
    public static final ReasoningInput NONE = builder().build();

    private final String effort;
    private final Map<String, String> efforts;
    private final String toggle;
    private final JsonValue on;
    private final JsonValue off;
    private final @Nullable JsonValue auto;
    private final String budget;
    private final long leastBudget;
    private final long mostBudget;
    private final Map<String, Long> budgets;
    private final String promptOff;

    private ReasoningInput(Builder builder) {
        this.effort = builder.effort;
        this.efforts = Map.copyOf(builder.efforts);
        this.toggle = builder.toggle;
        this.on = builder.on;
        this.off = builder.off;
        this.auto = builder.auto;
        this.budget = builder.budget;
        this.leastBudget = builder.leastBudget;
        this.mostBudget = builder.mostBudget;
        this.budgets = Map.copyOf(builder.budgets);
        this.promptOff = builder.promptOff;
    }

    /** Returns a builder of a vendor that cannot be told anything. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns the place of the effort, for example {@code reasoning_effort} or {@code reasoning.effort}. */
    public String effort() {
        return effort;
    }

    /** Returns the vendor's word for each word it knows a place for; empty when it knows all of them as they are. */
    public Map<String, String> efforts() {
        return efforts;
    }

    /** Returns the place of the switch, for example {@code thinking.type} or {@code enable_thinking}. */
    public String toggle() {
        return toggle;
    }

    /** Returns the value of the switch for thinking. */
    public JsonValue on() {
        return on;
    }

    /** Returns the value of the switch for not thinking. */
    public JsonValue off() {
        return off;
    }

    /** Returns the value of the switch that leaves it to the model, {@code null} when it is left out for that. */
    public @Nullable JsonValue auto() {
        return auto;
    }

    /** Returns the place of the number of tokens to think for. */
    public String budget() {
        return budget;
    }

    /** Returns the least number of tokens the vendor takes. */
    public long leastBudget() {
        return leastBudget;
    }

    /** Returns the largest number of tokens the vendor takes. */
    public long mostBudget() {
        return mostBudget;
    }

    /** Returns how many tokens an effort stands for where the vendor knows budgets only. */
    public Map<String, Long> budgets() {
        return budgets;
    }

    /** Returns words that, put behind the last user message, stop a model from thinking; empty for none. */
    public String promptOff() {
        return promptOff;
    }

    /** Collects such a description; not safe for use by several threads. */
    public static final class Builder {
        private String effort = "";
        private final Map<String, String> efforts = new TreeMap<>();
        private String toggle = "";
        private JsonValue on = JsonBoolean.TRUE;
        private JsonValue off = JsonBoolean.FALSE;
        private @Nullable JsonValue auto;
        private String budget = "";
        private long leastBudget = 1;
        private long mostBudget = Integer.MAX_VALUE;
        private final Map<String, Long> budgets = new TreeMap<>();
        private String promptOff = "";

        private Builder() {}

        /** Sets the place of the effort. */
        public Builder effort(String place) {
            this.effort = place;
            return this;
        }

        /**
         * Says which word of the vendor's stands for a client's; from the first one on, words without one are unknown.
         */
        public Builder effortWord(String ours, String theirs) {
            efforts.put(ours, theirs);
            return this;
        }

        /** Sets the place of the switch and its two values. */
        public Builder toggle(String place, JsonValue onValue, JsonValue offValue) {
            this.toggle = place;
            this.on = onValue;
            this.off = offValue;
            return this;
        }

        /** Sets the value of the switch that leaves it to the model. */
        public Builder auto(JsonValue value) {
            this.auto = value;
            return this;
        }

        /** Sets the place of the budget and its bounds in tokens. */
        public Builder budget(String place, long least, long most) {
            if (least > most) {
                throw new IllegalArgumentException("the least budget " + least + " is above the most " + most);
            }
            this.budget = place;
            this.leastBudget = least;
            this.mostBudget = most;
            return this;
        }

        /** Says how many tokens an effort stands for. */
        public Builder budgetOf(String effortWord, long tokens) {
            budgets.put(effortWord, tokens);
            return this;
        }

        /** Sets the words that stop a model from thinking. */
        public Builder promptOff(String words) {
            this.promptOff = words;
            return this;
        }

        /** Returns the description. */
        public ReasoningInput build() {
            return new ReasoningInput(this);
        }
    }
}
