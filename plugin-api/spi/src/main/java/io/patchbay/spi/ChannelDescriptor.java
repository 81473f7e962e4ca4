package io.patchbay.spi;

import io.patchbay.spi.config.ConfigField;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** What the console and the relay need to know of a channel type before any call. */
@ProviderType
public final class ChannelDescriptor {
    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,47}");

    private final String id;
    private final Text name;
    private final Text description;
    private final String defaultEndpoint;
    private final List<ConfigField> secretParts;
    private final List<ConfigField> options;
    private final List<String> templateModels;
    private final List<String> hosts;
    private final List<String> unmapped;
    private final @Nullable String logo;

    private ChannelDescriptor(Builder builder) {
        this.id = builder.id;
        this.name = builder.name;
        this.description = builder.description;
        this.defaultEndpoint = builder.defaultEndpoint;
        this.secretParts = List.copyOf(builder.secretParts);
        this.options = List.copyOf(builder.options);
        this.templateModels = List.copyOf(builder.templateModels);
        this.hosts = List.copyOf(builder.hosts);
        this.unmapped = List.copyOf(builder.unmapped);
        this.logo = builder.logo;
    }

    /**
     * Returns a builder.
     *
     * @param id the stable name stored with every channel: lower-case letters, digits and dashes, at most 48
     * @throws IllegalArgumentException when the id is not of that form
     */
    public static Builder builder(String id, Text name) {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException(
                    "a channel type id has 1 to 48 lower-case letters, digits and dashes, found \"" + id + "\"");
        }
        return new Builder(id, name);
    }

    /** Returns the stable name, for example {@code openai}. */
    public String id() {
        return id;
    }

    /** Returns the name for people. */
    public Text name() {
        return name;
    }

    /** Returns one sentence on what this is. */
    public Text description() {
        return description;
    }

    /** Returns the endpoint used when a channel names none; empty when every channel must name one. */
    public String defaultEndpoint() {
        return defaultEndpoint;
    }

    /** Returns the parts of one credential line in their order; empty when the upstream needs no key. */
    public List<ConfigField> secretParts() {
        return secretParts;
    }

    /** Returns the further settings of a channel of this type. */
    public List<ConfigField> options() {
        return options;
    }

    /** Returns models to propose for a new channel. */
    public List<String> templateModels() {
        return templateModels;
    }

    /** Returns hosts besides the endpoint's that flows of this type send credentials to. */
    public List<String> hosts() {
        return hosts;
    }

    /** Returns request fields this type cannot map. */
    public List<String> unmapped() {
        return unmapped;
    }

    /** Returns the logo as SVG text. */
    public @Nullable String logo() {
        return logo;
    }

    /** Collects a descriptor; not safe for use by several threads. */
    public static final class Builder {
        private final String id;
        private final Text name;
        private Text description = Text.of("");
        private String defaultEndpoint = "";
        private final List<ConfigField> secretParts = new ArrayList<>();
        private final List<ConfigField> options = new ArrayList<>();
        private final List<String> templateModels = new ArrayList<>();
        private final List<String> hosts = new ArrayList<>();
        private final List<String> unmapped = new ArrayList<>();
        private @Nullable String logo;

        private Builder(String id, Text name) {
            this.id = id;
            this.name = Objects.requireNonNull(name, "name is null");
        }

        /** Sets the sentence on what this is. */
        public Builder description(Text value) {
            this.description = value;
            return this;
        }

        /** Sets the endpoint used when a channel names none. */
        public Builder defaultEndpoint(String value) {
            this.defaultEndpoint = value;
            return this;
        }

        /** Adds a part of a credential line; lines hold the parts in this order, joined by {@code |}. */
        public Builder secretPart(ConfigField field) {
            secretParts.add(field);
            return this;
        }

        /** Adds a setting. */
        public Builder option(ConfigField field) {
            options.add(field);
            return this;
        }

        /** Adds models to propose. */
        public Builder templateModels(String... models) {
            templateModels.addAll(List.of(models));
            return this;
        }

        /** Adds a host that may receive credentials. */
        public Builder host(String value) {
            hosts.add(value);
            return this;
        }

        /** Adds request fields this type cannot map. */
        public Builder unmapped(String... fields) {
            unmapped.addAll(List.of(fields));
            return this;
        }

        /** Sets the logo. */
        public Builder logo(String svg) {
            this.logo = svg;
            return this;
        }

        /** Returns the descriptor. */
        public ChannelDescriptor build() {
            return new ChannelDescriptor(this);
        }
    }
}
