package io.patchbay.spi.config;

import io.patchbay.spi.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.osgi.annotation.versioning.ProviderType;

/** One setting, declared as data: the console draws it, the host validates it, secrets are masked by the host. */
@ProviderType
public final class ConfigField {
    /** What a field holds. */
    public enum Kind {
        TEXT,
        SECRET,
        URL,
        NUMBER,
        CHOICE,
        FLAG
    }

    private final String name;
    private final Kind kind;
    private final Text label;
    private final Text hint;
    private final String fallback;
    private final List<String> choices;
    private final boolean required;

    private ConfigField(Builder builder) {
        this.name = builder.name;
        this.kind = builder.kind;
        this.label = builder.label;
        this.hint = builder.hint;
        this.fallback = builder.fallback;
        this.choices = List.copyOf(builder.choices);
        this.required = builder.required;
    }

    /** Returns a builder for a field of that name. */
    public static Builder builder(String name, Kind kind, Text label) {
        return new Builder(name, kind, label);
    }

    /** Returns a required secret. */
    public static ConfigField secret(String name, Text label) {
        return builder(name, Kind.SECRET, label).required().build();
    }

    /** Returns the name code uses. */
    public String name() {
        return name;
    }

    /** Returns what the field holds. */
    public Kind kind() {
        return kind;
    }

    /** Returns the words beside the field. */
    public Text label() {
        return label;
    }

    /** Returns the words below the field, maybe empty. */
    public Text hint() {
        return hint;
    }

    /** Returns the value when the operator sets none. */
    public String fallback() {
        return fallback;
    }

    /** Returns the allowed values of a choice. */
    public List<String> choices() {
        return choices;
    }

    /** Returns whether a value must be given. */
    public boolean required() {
        return required;
    }

    /** Collects a field; not safe for use by several threads. */
    public static final class Builder {
        private final String name;
        private final Kind kind;
        private final Text label;
        private Text hint = Text.of("");
        private String fallback = "";
        private final List<String> choices = new ArrayList<>();
        private boolean required;

        private Builder(String name, Kind kind, Text label) {
            this.name = Objects.requireNonNull(name, "name is null");
            this.kind = Objects.requireNonNull(kind, "kind is null");
            this.label = Objects.requireNonNull(label, "label is null");
        }

        /** Sets the words below the field. */
        public Builder hint(Text value) {
            this.hint = value;
            return this;
        }

        /** Sets the value used when none is given. */
        public Builder fallback(String value) {
            this.fallback = value;
            return this;
        }

        /** Adds allowed values. */
        public Builder choices(String... values) {
            choices.addAll(List.of(values));
            return this;
        }

        /** Says that a value must be given. */
        public Builder required() {
            this.required = true;
            return this;
        }

        /** Returns the field. */
        public ConfigField build() {
            return new ConfigField(this);
        }
    }
}
