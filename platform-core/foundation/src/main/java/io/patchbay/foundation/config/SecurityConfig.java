package io.patchbay.foundation.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the server signs and encrypts with.
 *
 * <p>Equality compares the bytes of the secret.
 *
 * @param secret at least 32 bytes
 * @param rootPassword the password to give the first administrator, or null to have one made
 */
@SuppressWarnings("ArrayRecordComponent") // Copied on the way in and out, and compared by content.
public record SecurityConfig(byte[] secret, @Nullable String rootPassword) {
    /** The fewest bytes a secret may have. */
    public static final int MIN_BYTES = 32;

    private static final int MIN_DIFFERENT_CHARACTERS = 8;

    public SecurityConfig {
        if (secret.length < MIN_BYTES) {
            throw new IllegalArgumentException("secret has " + secret.length + " bytes, expected at least 32");
        }
        secret = secret.clone();
    }

    /** Returns a copy of the secret. */
    @Override
    public byte[] secret() {
        return secret.clone();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SecurityConfig that
                && Arrays.equals(secret, that.secret)
                && Objects.equals(rootPassword, that.rootPassword);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(secret);
    }

    @Override
    public String toString() {
        return "SecurityConfig[secret=***, rootPassword=***]";
    }

    static SecurityConfig from(Path home, ConfigSource source) {
        byte[] secret = source.secret("secret")
                .map(text -> given(source, text))
                .orElseGet(() -> kept(home.resolve("config").resolve("secret.key"), source));
        return new SecurityConfig(secret, source.secret("root_password").orElse(null));
    }

    private static byte[] given(ConfigSource source, String text) {
        byte[] secret = text.getBytes(StandardCharsets.UTF_8);
        if (secret.length < MIN_BYTES) {
            source.complain(
                    "secret",
                    "expected at least 32 bytes, found " + secret.length
                            + "; anybody who guesses it can sign in as anyone. Set a random text, or remove the key to"
                            + " have one made");
            return new byte[MIN_BYTES];
        }
        if (text.chars().distinct().count() < MIN_DIFFERENT_CHARACTERS) {
            source.complain(
                    "secret",
                    "expected a random text, found fewer than " + MIN_DIFFERENT_CHARACTERS
                            + " different characters. Set a random text, or remove the key to have one made");
            return new byte[MIN_BYTES];
        }
        return secret;
    }

    private static byte[] kept(Path file, ConfigSource source) {
        try {
            byte[] secret = SecretFile.readOrCreate(file, source::warn);
            if (secret.length >= MIN_BYTES) {
                return secret;
            }
            source.complain(
                    "secret",
                    "expected at least 32 bytes in " + file + ", found " + secret.length
                            + "; restore the file, or delete it when nothing encrypted with it is needed");
        } catch (IOException e) {
            source.complain("secret", "cannot be kept in " + file + ": " + e);
        }
        return new byte[MIN_BYTES];
    }
}
