package io.patchbay.spi;

import io.patchbay.spi.json.JsonValue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * How a vendor departs from the dialect it speaks, as data. The same profile serves a plugin with code and a vendor
 * that is added without any. Immutable.
 *
 * <p>What is said of messages, tool choices and reasoning holds for OpenAI's chat dialect only.
 */
@ProviderType
public final class Profile {
    public static final Profile STANDARD = builder().build();

    private final boolean endMarker;
    private final boolean asksForUsage;
    private final boolean streamsOnly;
    private final Map<String, String> renamed;
    private final Set<String> dropped;
    private final Map<String, Range> clamped;
    private final Map<String, JsonValue> fixed;
    private final Map<String, JsonValue> defaults;
    private final Map<String, String> roles;
    private final Set<MessageRule> messageRules;
    private final int toolCallIdLength;
    private final int mostStops;
    private final boolean schemas;
    private final Map<String, String> toolChoices;
    private final @Nullable ReasoningInput reasoningInput;
    private final List<String> reasoningMembers;
    private final List<String> reasoningTags;
    private final boolean rewritten;
    private final Map<String, String> finishWords;
    private final List<FaultRule> faultRules;

    private Profile(Builder builder) {
        this.endMarker = builder.endMarker;
        this.asksForUsage = builder.asksForUsage;
        this.streamsOnly = builder.streamsOnly;
        this.renamed = Map.copyOf(builder.renamed);
        this.dropped = Set.copyOf(builder.dropped);
        this.clamped = Map.copyOf(builder.clamped);
        this.fixed = Map.copyOf(builder.fixed);
        this.defaults = Map.copyOf(builder.defaults);
        this.roles = Map.copyOf(builder.roles);
        this.messageRules = Set.copyOf(builder.messageRules);
        this.toolCallIdLength = builder.toolCallIdLength;
        this.mostStops = builder.mostStops;
        this.schemas = builder.schemas;
        this.toolChoices = Map.copyOf(builder.toolChoices);
        this.reasoningInput = builder.reasoningInput;
        this.reasoningMembers = List.copyOf(builder.reasoningMembers);
        this.reasoningTags = List.copyOf(builder.reasoningTags);
        this.rewritten = builder.rewritten || !reasoningMembers.isEmpty() || !reasoningTags.isEmpty();
        this.finishWords = Map.copyOf(builder.finishWords);
        this.faultRules = List.copyOf(builder.faultRules);
    }

    /**
     * The values of a number a vendor takes, both included.
     *
     * @throws IllegalArgumentException when the least is above the most
     */
    public record Range(BigDecimal least, BigDecimal most) {
        public Range {
            if (least.compareTo(most) > 0) {
                throw new IllegalArgumentException("the least value " + least + " is above the most " + most);
            }
        }
    }

    /** Returns a builder that starts with the standard. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns whether a stream is only complete with its end marker; else a finish reason is enough. */
    public boolean endMarker() {
        return endMarker;
    }

    /** Returns whether the vendor understands the request for a usage event ({@code stream_options.include_usage}). */
    public boolean asksForUsage() {
        return asksForUsage;
    }

    /** Returns whether the vendor only streams; a plain call is streamed too then, and collected by the host. */
    public boolean streamsOnly() {
        return streamsOnly;
    }

    /** Returns request fields that this vendor calls otherwise: our name to its name. */
    public Map<String, String> renamed() {
        return renamed;
    }

    /** Returns request fields this vendor refuses; they are left out and told to the caller. */
    public Set<String> dropped() {
        return dropped;
    }

    /**
     * Returns the ranges of numbers, by the vendor's name of the field; a number beyond is moved to the nearest bound.
     */
    public Map<String, Range> clamped() {
        return clamped;
    }

    /** Returns top-level members to send whatever the client sent. */
    public Map<String, JsonValue> fixed() {
        return fixed;
    }

    /** Returns top-level members to send when the client sent none of that name. */
    public Map<String, JsonValue> defaults() {
        return defaults;
    }

    /** Returns what the vendor calls the roles of messages, for example {@code developer} to {@code system}. */
    public Map<String, String> roles() {
        return roles;
    }

    /** Returns how the vendor is particular about messages. */
    public Set<MessageRule> messageRules() {
        return messageRules;
    }

    /**
     * Returns how many letters and digits the id of a tool call has, 0 for any id. Other ids are mapped, always alike.
     */
    public int toolCallIdLength() {
        return toolCallIdLength;
    }

    /**
     * Returns how many stop sequences the vendor takes at most, 0 for any number. Where there is a bound they are sent
     * as a list; what is beyond it is left out and told to the caller.
     */
    public int mostStops() {
        return mostStops;
    }

    /**
     * Returns whether the vendor takes a schema for its answer; where it does not, JSON without one is asked for, and
     * the caller told.
     */
    public boolean takesSchemas() {
        return schemas;
    }

    /**
     * Returns what the vendor gets for the forms of {@code tool_choice} it does not take as they are: {@code auto},
     * {@code none}, {@code required}, {@code function} for a named one. An empty word leaves the choice out; for
     * {@code none} that takes the tools along.
     */
    public Map<String, String> toolChoices() {
        return toolChoices;
    }

    /** Returns how the vendor is told of reasoning, {@code null} when it is told as the client said it. */
    public @Nullable ReasoningInput reasoningInput() {
        return reasoningInput;
    }

    /** Returns members of a message or delta that hold reasoning besides those every vendor is read for. */
    public List<String> reasoningMembers() {
        return reasoningMembers;
    }

    /** Returns the names of tags, such as {@code think}, that wrap reasoning at the beginning of the content. */
    public List<String> reasoningTags() {
        return reasoningTags;
    }

    /**
     * Returns whether a client must not see the answer as it came, even one that speaks the same dialect: the host
     * decodes it and writes it anew.
     */
    public boolean rewritesAnswers() {
        return rewritten;
    }

    /**
     * Returns finish reasons of this vendor and what they mean in the dialect; {@code error} for an answer that failed.
     */
    public Map<String, String> finishWords() {
        return finishWords;
    }

    /** Returns what the vendor's errors mean. */
    public List<FaultRule> faultRules() {
        return faultRules;
    }

    /** Collects a profile; not safe for use by several threads. */
    public static final class Builder {
        private boolean endMarker;
        private boolean asksForUsage = true;
        private boolean streamsOnly;
        private final Map<String, String> renamed = new LinkedHashMap<>();
        private final Set<String> dropped = new LinkedHashSet<>();
        private final Map<String, Range> clamped = new LinkedHashMap<>();
        private final Map<String, JsonValue> fixed = new LinkedHashMap<>();
        private final Map<String, JsonValue> defaults = new LinkedHashMap<>();
        private final Map<String, String> roles = new LinkedHashMap<>();
        private final Set<MessageRule> messageRules = EnumSet.noneOf(MessageRule.class);
        private int toolCallIdLength;
        private int mostStops;
        private boolean schemas = true;
        private final Map<String, String> toolChoices = new LinkedHashMap<>();
        private @Nullable ReasoningInput reasoningInput;
        private final List<String> reasoningMembers = new ArrayList<>();
        private final List<String> reasoningTags = new ArrayList<>();
        private boolean rewritten;
        private final Map<String, String> finishWords = new LinkedHashMap<>();
        private final List<FaultRule> faultRules = new ArrayList<>();

        private Builder() {}

        /** Sets whether the end marker is required. */
        public Builder endMarker(boolean value) {
            this.endMarker = value;
            return this;
        }

        /** Sets whether the vendor understands the request for usage. */
        public Builder asksForUsage(boolean value) {
            this.asksForUsage = value;
            return this;
        }

        /** Sets whether the vendor only streams. */
        public Builder streamsOnly(boolean value) {
            this.streamsOnly = value;
            return this;
        }

        /** Sends a request field under another name. */
        public Builder rename(String ours, String theirs) {
            renamed.put(ours, theirs);
            return this;
        }

        /** Leaves a request field out. */
        public Builder drop(String field) {
            dropped.add(field);
            return this;
        }

        /** Moves a number, by the vendor's name of it, into a range. */
        public Builder clamp(String field, Range range) {
            clamped.put(field, range);
            return this;
        }

        /** Sends a member whatever the client sent. */
        public Builder fix(String member, JsonValue value) {
            fixed.put(member, value);
            return this;
        }

        /** Sends a member when the client sent none of that name. */
        public Builder preset(String member, JsonValue value) {
            defaults.put(member, value);
            return this;
        }

        /** Sends messages of a role under another. */
        public Builder role(String ours, String theirs) {
            roles.put(ours, theirs);
            return this;
        }

        /** Adds a rule for messages. */
        public Builder messages(MessageRule rule) {
            messageRules.add(rule);
            return this;
        }

        /** Sets the length of a tool call's id, 0 to 64. */
        public Builder toolCallIdLength(int letters) {
            this.toolCallIdLength = Objects.checkIndex(letters, 65);
            return this;
        }

        /** Sets how many stop sequences are taken, 0 to 64; 0 for any number. */
        public Builder mostStops(int most) {
            this.mostStops = Objects.checkIndex(most, 65);
            return this;
        }

        /** Sets whether the vendor takes a schema for its answer. */
        public Builder takesSchemas(boolean value) {
            this.schemas = value;
            return this;
        }

        /** Says what the vendor gets for a form of {@code tool_choice}. */
        public Builder toolChoice(String form, String word) {
            toolChoices.put(form, word);
            return this;
        }

        /** Sets how the vendor is told of reasoning. */
        public Builder reasoningInput(@Nullable ReasoningInput value) {
            this.reasoningInput = value;
            return this;
        }

        /** Adds a member that holds reasoning. */
        public Builder reasoningMember(String name) {
            reasoningMembers.add(name);
            return this;
        }

        /** Adds the name of a tag that wraps reasoning. */
        public Builder reasoningTag(String name) {
            reasoningTags.add(name);
            return this;
        }

        /**
         * Sets whether answers are written anew although nothing else asks for it: their content comes in parts, for
         * example.
         */
        public Builder rewritten(boolean value) {
            this.rewritten = value;
            return this;
        }

        /** Says what a vendor's finish reason means. */
        public Builder finishWord(String theirs, String ours) {
            finishWords.put(theirs, ours);
            return this;
        }

        /** Adds a rule for errors, behind the others. */
        public Builder fault(FaultRule rule) {
            faultRules.add(rule);
            return this;
        }

        /** Returns the profile. */
        public Profile build() {
            return new Profile(this);
        }
    }
}
