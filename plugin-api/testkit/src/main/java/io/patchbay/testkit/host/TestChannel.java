package io.patchbay.testkit.host;

import io.patchbay.spi.ChannelDescriptor;
import io.patchbay.spi.ChannelView;
import io.patchbay.spi.Secret;
import io.patchbay.spi.config.ConfigField;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A channel for tests. Immutable. */
public final class TestChannel implements ChannelView {
    private final long id;
    private final String name;
    private final String endpoint;
    private final Map<String, Secret> secrets;
    private final Map<String, Secret> minted;
    private final Map<String, String> options;
    private final Set<String> plainParts;

    private TestChannel(Builder builder) {
        this.id = builder.id;
        this.name = builder.name;
        this.endpoint = builder.endpoint;
        this.secrets = Map.copyOf(builder.secrets);
        this.minted = Map.copyOf(builder.minted);
        this.options = Map.copyOf(builder.options);
        this.plainParts = Set.copyOf(builder.plainParts);
    }

    /** Returns a builder of a channel without secrets at {@code https://upstream.invalid}. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns a builder of a channel as an operator would make it: the descriptor's endpoint and fallbacks, and a
     * made-up secret for every part.
     *
     * @param mark goes into name and secrets, so that those of several channels differ
     */
    public static Builder builder(ChannelDescriptor descriptor, String mark) {
        Builder builder = new Builder().name(descriptor.id() + "-" + mark);
        if (!descriptor.defaultEndpoint().isEmpty()) {
            builder.endpoint(descriptor.defaultEndpoint());
        }
        for (ConfigField part : descriptor.secretParts()) {
            if (part.kind() != ConfigField.Kind.SECRET) {
                builder.plainParts.add(part.name());
            }
            builder.secret(part.name(), "sk-" + mark + "-" + part.name() + "-0123456789abcdef");
        }
        for (ConfigField option : descriptor.options()) {
            builder.option(option.name(), option.fallback());
        }
        return builder;
    }

    /** Returns a builder that starts with this channel. */
    public Builder toBuilder() {
        Builder builder = new Builder().id(id).name(name).endpoint(endpoint);
        builder.secrets.putAll(secrets);
        builder.minted.putAll(minted);
        builder.options.putAll(options);
        builder.plainParts.addAll(plainParts);
        return builder;
    }

    @Override
    public long id() {
        return id;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String endpoint() {
        return endpoint;
    }

    @Override
    public Secret secret(String part) {
        Secret secret = secrets.get(part);
        if (secret == null) {
            throw new IllegalArgumentException("the descriptor declares no secret part \"" + part + "\"");
        }
        return secret;
    }

    @Override
    public @Nullable Secret minted(String value) {
        return minted.get(value);
    }

    @Override
    public String option(String field) {
        return options.getOrDefault(field, "");
    }

    /**
     * Returns the texts that must not show up outside of this channel's own requests: secret parts and minted values. Parts
     * of a credential that the descriptor declares as no secret, such as a region, are none.
     */
    public List<String> secretTexts() {
        List<String> texts = new ArrayList<>();
        secrets.forEach((part, secret) -> {
            if (!plainParts.contains(part)) {
                texts.add(secret.reveal());
            }
        });
        minted.values().forEach(secret -> texts.add(secret.reveal()));
        texts.removeIf(String::isEmpty);
        return texts;
    }

    @Override
    public String toString() {
        return "channel " + name;
    }

    /** Collects a channel; not safe for use by several threads. */
    public static final class Builder {
        private long id = 1;
        private String name = "test";
        private String endpoint = "https://upstream.invalid";
        private final Map<String, Secret> secrets = new LinkedHashMap<>();
        private final Map<String, Secret> minted = new LinkedHashMap<>();
        private final Map<String, String> options = new LinkedHashMap<>();
        private final Set<String> plainParts = new LinkedHashSet<>();

        private Builder() {}

        /** Sets the channel's number. */
        public Builder id(long value) {
            this.id = value;
            return this;
        }

        /** Sets the channel's name. */
        public Builder name(String value) {
            this.name = value;
            return this;
        }

        /** Sets the endpoint, trimmed as the host does. */
        public Builder endpoint(String value) {
            this.endpoint = value.trim();
            return this;
        }

        /** Sets a part of the credential. */
        public Builder secret(String part, String value) {
            secrets.put(part, Secret.of(value));
            return this;
        }

        /** Sets a minted value. */
        public Builder minted(String valueName, String value) {
            minted.put(valueName, Secret.of(value));
            return this;
        }

        /** Sets an option field. */
        public Builder option(String field, String value) {
            options.put(field, value);
            return this;
        }

        /** Returns the channel. */
        public TestChannel build() {
            return new TestChannel(this);
        }
    }
}
