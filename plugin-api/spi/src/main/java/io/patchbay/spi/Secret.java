package io.patchbay.spi;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A value that prints as {@code ***}. Only what signs or sends a request reads it. */
public final class Secret {
    private final String value;

    private Secret(String value) {
        this.value = value;
    }

    /** Returns a secret with that value. */
    public static Secret of(String value) {
        return new Secret(Objects.requireNonNull(value, "value is null"));
    }

    /** Returns the value itself; never to be logged, stored or put into a fault. */
    public String reveal() {
        return value;
    }

    /** Returns a secret whose value has this text in front, for example {@code "Bearer "}. */
    public Secret prefixed(String prefix) {
        return new Secret(prefix + value);
    }

    /** Returns whether the value is empty. */
    public boolean isEmpty() {
        return value.isEmpty();
    }

    /** Compares in constant time. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Secret that
                && MessageDigest.isEqual(
                        value.getBytes(StandardCharsets.UTF_8), that.value.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public int hashCode() {
        return 0;
    }

    @Override
    public String toString() {
        return "***";
    }
}
