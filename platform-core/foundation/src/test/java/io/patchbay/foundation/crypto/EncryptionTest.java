package io.patchbay.foundation.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.foundation.config.SecurityConfig;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

final class EncryptionTest {
    private final Encryption encryption = new Encryption(security("server secret, long enough to be one"), "channels");

    private static SecurityConfig security(String secret) {
        return new SecurityConfig(secret.getBytes(StandardCharsets.UTF_8), null);
    }

    @Property(tries = 200)
    void everyTextComesBack(@ForAll String text, @ForAll String place) {
        // Lone surrogates have no UTF-8 form.
        String expected = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        assertThat(encryption.decrypt(encryption.encrypt(text, place), place)).isEqualTo(expected);
    }

    @Test
    void equalTextsLookDifferent() {
        String one = encryption.encrypt("sk-123");
        assertThat(one).startsWith("v1:").doesNotContain("sk-123");
        assertThat(encryption.encrypt("sk-123")).isNotEqualTo(one);
    }

    @Test
    void textsStayReadableForEqualSecretsOnly() {
        String encrypted = encryption.encrypt("sk-123");
        assertThat(new Encryption(security("server secret, long enough to be one"), "channels").decrypt(encrypted))
                .isEqualTo("sk-123");
        Encryption other = new Encryption(security("another secret, long enough to be one"), "channels");
        assertThatThrownBy(() -> other.decrypt(encrypted))
                .isInstanceOf(EncryptionException.class)
                .hasMessageContaining("the server's secret is not the one");
    }

    @Test
    void knownTextIsStillReadable() {
        // Stored by an earlier build: the key derivation and the format must never change under the prefix v1.
        assertThat(encryption.decrypt(KNOWN, "channel:12")).isEqualTo("sk-known");
    }

    private static final String KNOWN = "v1:cgobzW0Fob2cQ06nw4KnHTeNfKu8cwKV-DpZIOYyrSbOPaXx";

    @Test
    void purposesAndPlacesAreApart() {
        Encryption keys = new Encryption(security("server secret, long enough to be one"), "api-keys");
        String encrypted = encryption.encrypt("x", "channel:1");
        assertThatThrownBy(() -> keys.decrypt(encrypted, "channel:1")).isInstanceOf(EncryptionException.class);
        assertThatThrownBy(() -> encryption.decrypt(encrypted, "channel:2")).isInstanceOf(EncryptionException.class);
        assertThatThrownBy(() -> encryption.decrypt(encrypted)).isInstanceOf(EncryptionException.class);
    }

    @Test
    void everyChangedByteIsNoticed() {
        String encrypted = encryption.encrypt("text");
        byte[] bytes = Base64.getUrlDecoder().decode(encrypted.substring(3));
        for (int index = 0; index < bytes.length; index++) {
            byte[] changed = bytes.clone();
            changed[index] ^= 1;
            String text = "v1:" + Base64.getUrlEncoder().withoutPadding().encodeToString(changed);
            assertThatThrownBy(() -> encryption.decrypt(text)).isInstanceOf(EncryptionException.class);
        }
    }

    @Test
    void whatIsNoEncryptedTextIsRefused() {
        for (String text : new String[] {"", "v1:", "v1:AAAA", "v1:***", "v2:AAAA", "sk-plain"}) {
            assertThatThrownBy(() -> encryption.decrypt(text))
                    .isInstanceOf(EncryptionException.class)
                    .hasMessageNotContaining("sk-plain");
        }
    }
}
