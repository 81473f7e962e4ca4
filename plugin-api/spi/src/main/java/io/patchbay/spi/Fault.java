package io.patchbay.spi;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Why a call did not succeed. Its kind decides retry, cool-down, disabling of a key and what the client is told.
 *
 * <p>The message may quote the vendor; the host strips registered secrets from it before anybody sees it.
 */
@ProviderType
public final class Fault {
    private static final int MAX_MESSAGE = 2_000;

    private final FaultKind kind;
    private final String message;
    private final @Nullable String sub;
    private final @Nullable String vendorCode;
    private final @Nullable Duration after;
    private final int status;

    private Fault(Builder builder) {
        this.kind = builder.kind;
        this.message = builder.message;
        this.sub = builder.sub;
        this.vendorCode = builder.vendorCode;
        this.after = builder.after;
        this.status = builder.status;
    }

    /** Returns a fault of that kind with a message for people. */
    public static Fault of(FaultKind kind, String message) {
        return builder(kind, message).build();
    }

    /** Returns a builder; the message is cut at 2,000 characters. */
    public static Builder builder(FaultKind kind, String message) {
        return new Builder(kind, message);
    }

    /** Returns what the fault means for the host. */
    public FaultKind kind() {
        return kind;
    }

    /** Returns the words for people. */
    public String message() {
        return message;
    }

    /** Returns a finer word inside the kind, such as {@code context_length}; an open vocabulary. */
    public @Nullable String sub() {
        return sub;
    }

    /** Returns the vendor's own code. */
    public @Nullable String vendorCode() {
        return vendorCode;
    }

    /** Returns how long the vendor asked us to wait. */
    public @Nullable Duration after() {
        return after;
    }

    /** Returns the HTTP status the vendor answered with, 0 when there was none. */
    public int status() {
        return status;
    }

    /** Returns this fault with other words. */
    public Fault withMessage(String words) {
        Builder builder = toBuilder();
        builder.message = cut(words);
        return builder.build();
    }

    /** Returns a builder that starts with this fault. */
    public Builder toBuilder() {
        Builder builder = new Builder(kind, message);
        builder.sub = sub;
        builder.vendorCode = vendorCode;
        builder.after = after;
        builder.status = status;
        return builder;
    }

    private static String cut(String message) {
        return message.length() <= MAX_MESSAGE ? message : message.substring(0, MAX_MESSAGE) + "…";
    }

    @Override
    public String toString() {
        return kind + (sub == null ? "" : "/" + sub) + (vendorCode == null ? "" : " [" + vendorCode + "]");
    }

    /** Collects a fault's facts; not safe for use by several threads. */
    public static final class Builder {
        private FaultKind kind;
        private String message;
        private @Nullable String sub;
        private @Nullable String vendorCode;
        private @Nullable Duration after;
        private int status;

        private Builder(FaultKind kind, String message) {
            this.kind = Objects.requireNonNull(kind, "kind is null");
            this.message = cut(Objects.requireNonNull(message, "message is null"));
        }

        /** Sets the kind. */
        public Builder kind(FaultKind value) {
            this.kind = value;
            return this;
        }

        /** Sets the finer word. */
        public Builder sub(@Nullable String value) {
            this.sub = value;
            return this;
        }

        /** Sets the vendor's code. */
        public Builder vendorCode(@Nullable String value) {
            this.vendorCode = value;
            return this;
        }

        /** Sets the wait the vendor asked for. */
        public Builder after(@Nullable Duration value) {
            this.after = value;
            return this;
        }

        /** Sets the vendor's HTTP status. */
        public Builder status(int value) {
            this.status = value;
            return this;
        }

        /** Returns the fault. */
        public Fault build() {
            return new Fault(this);
        }
    }
}
