package io.patchbay.spi;

import io.patchbay.spi.json.JsonObject;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What a call consumed, as the vendor counts it. Counts are never negative; {@code input} includes cached input and the
 * tokens of sounds and pictures, {@code output} includes reasoning and those of sounds and pictures made. A later usage of the same call replaces an earlier one, it is never added.
 */
@ProviderType
public final class Usage {
    public static final Usage NONE = builder().build();

    private final long input;
    private final long output;
    private final long cachedInput;
    private final long cacheWrite;
    private final long reasoning;
    private final long audioInput;
    private final long audioOutput;
    private final long imageInput;
    private final long imageOutput;
    private final JsonObject raw;

    private Usage(Builder builder) {
        this.input = builder.input;
        this.output = builder.output;
        this.cachedInput = builder.cachedInput;
        this.cacheWrite = builder.cacheWrite;
        this.reasoning = builder.reasoning;
        this.audioInput = builder.audioInput;
        this.audioOutput = builder.audioOutput;
        this.imageInput = builder.imageInput;
        this.imageOutput = builder.imageOutput;
        this.raw = builder.raw == null ? JsonObject.EMPTY : builder.raw;
    }

    /** Returns a usage of so many input and output tokens. */
    public static Usage of(long input, long output) {
        return builder().input(input).output(output).build();
    }

    /** Returns a builder with all counts 0. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns the input tokens, cached ones included. */
    public long input() {
        return input;
    }

    /** Returns the output tokens, reasoning included. */
    public long output() {
        return output;
    }

    /** Returns the input tokens that were read from the vendor's cache. */
    public long cachedInput() {
        return cachedInput;
    }

    /** Returns the input tokens that were written to the vendor's cache. */
    public long cacheWrite() {
        return cacheWrite;
    }

    /** Returns the output tokens spent on reasoning. */
    public long reasoning() {
        return reasoning;
    }

    /** Returns the input tokens of sounds, as far as the vendor tells them apart. */
    public long audioInput() {
        return audioInput;
    }

    /** Returns the output tokens of sounds, as far as the vendor tells them apart. */
    public long audioOutput() {
        return audioOutput;
    }

    /** Returns the input tokens of pictures, as far as the vendor tells them apart. */
    public long imageInput() {
        return imageInput;
    }

    /** Returns the output tokens of pictures, as far as the vendor tells them apart. */
    public long imageOutput() {
        return imageOutput;
    }

    /** Returns the vendor's own usage object, empty when there was none. */
    public JsonObject raw() {
        return raw;
    }

    @Override
    public String toString() {
        return "input " + input + ", output " + output;
    }

    /** Collects counts; negative ones count as 0. Not safe for use by several threads. */
    public static final class Builder {
        private long input;
        private long output;
        private long cachedInput;
        private long cacheWrite;
        private long reasoning;
        private long audioInput;
        private long audioOutput;
        private long imageInput;
        private long imageOutput;
        private @Nullable JsonObject raw;

        private Builder() {}

        /** Sets the input tokens. */
        public Builder input(long value) {
            this.input = Math.max(0, value);
            return this;
        }

        /** Sets the output tokens. */
        public Builder output(long value) {
            this.output = Math.max(0, value);
            return this;
        }

        /** Sets the cached input tokens. */
        public Builder cachedInput(long value) {
            this.cachedInput = Math.max(0, value);
            return this;
        }

        /** Sets the tokens written to the vendor's cache. */
        public Builder cacheWrite(long value) {
            this.cacheWrite = Math.max(0, value);
            return this;
        }

        /** Sets the reasoning tokens. */
        public Builder reasoning(long value) {
            this.reasoning = Math.max(0, value);
            return this;
        }

        /** Sets the input tokens of sounds. */
        public Builder audioInput(long value) {
            this.audioInput = Math.max(0, value);
            return this;
        }

        /** Sets the output tokens of sounds. */
        public Builder audioOutput(long value) {
            this.audioOutput = Math.max(0, value);
            return this;
        }

        /** Sets the input tokens of pictures. */
        public Builder imageInput(long value) {
            this.imageInput = Math.max(0, value);
            return this;
        }

        /** Sets the output tokens of pictures. */
        public Builder imageOutput(long value) {
            this.imageOutput = Math.max(0, value);
            return this;
        }

        /** Sets the vendor's own usage object. */
        public Builder raw(JsonObject value) {
            this.raw = value;
            return this;
        }

        /** Returns the usage. */
        public Usage build() {
            return new Usage(this);
        }
    }
}
