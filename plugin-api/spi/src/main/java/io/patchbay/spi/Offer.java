package io.patchbay.spi;

import java.util.LinkedHashSet;
import java.util.Set;
import org.osgi.annotation.versioning.ProviderType;

/** What a channel type can do with one model. */
@ProviderType
public final class Offer {
    /** Text chat in the plugin's own way, nothing else claimed. */
    public static final Offer CHAT = builder().capability(Capability.CHAT).build();

    private final Set<Dialect> dialects;
    private final Set<Capability> capabilities;
    private final ImageInput imageInput;

    private Offer(Builder builder) {
        this.dialects = Set.copyOf(builder.dialects);
        this.capabilities = Set.copyOf(builder.capabilities);
        this.imageInput = builder.imageInput;
    }

    /** Returns an empty builder. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns the dialects the upstream speaks for this model, so that a client of the same one can be forwarded. */
    public Set<Dialect> dialects() {
        return dialects;
    }

    /** Returns what is claimed. */
    public Set<Capability> capabilities() {
        return capabilities;
    }

    /** Returns whether that is claimed. */
    public boolean has(Capability capability) {
        return capabilities.contains(capability);
    }

    /** Returns how the model takes pictures. */
    public ImageInput imageInput() {
        return imageInput;
    }

    /** How a model takes pictures. */
    public enum ImageInput {
        /** Not at all. */
        NONE,
        /** As bytes inside the request; the host fetches URLs beforehand. */
        INLINE,
        /** As a URL the vendor fetches itself, or as bytes. */
        URL_OR_INLINE
    }

    /** Collects an offer; not safe for use by several threads. */
    public static final class Builder {
        private final Set<Dialect> dialects = new LinkedHashSet<>();
        private final Set<Capability> capabilities = new LinkedHashSet<>();
        private ImageInput imageInput = ImageInput.NONE;

        private Builder() {}

        /** Adds a dialect the upstream speaks. */
        public Builder dialect(Dialect value) {
            dialects.add(value);
            return this;
        }

        /** Claims capabilities. */
        public Builder capability(Capability... values) {
            capabilities.addAll(Set.of(values));
            return this;
        }

        /** Sets how the model takes pictures. */
        public Builder imageInput(ImageInput value) {
            this.imageInput = value;
            return this;
        }

        /** Returns the offer. */
        public Offer build() {
            return new Offer(this);
        }
    }
}
