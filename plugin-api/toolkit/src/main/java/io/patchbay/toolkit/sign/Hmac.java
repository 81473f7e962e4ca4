package io.patchbay.toolkit.sign;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Keyed and plain digests, as signature schemes chain them. */
public final class Hmac {
    private Hmac() {}

    /** Returns the HMAC-SHA256 of a text in UTF-8. */
    public static byte[] sha256(byte[] key, String text) {
        return mac("HmacSHA256", key, text);
    }

    /** Returns the HMAC-SHA256 of a text, with a text for a key. */
    public static byte[] sha256(String key, String text) {
        return sha256(key.getBytes(StandardCharsets.UTF_8), text);
    }

    /** Returns the HMAC-SHA1 of a text, with a text for a key; for vendors that ask for no better. */
    public static byte[] sha1(String key, String text) {
        return mac("HmacSHA1", key.getBytes(StandardCharsets.UTF_8), text);
    }

    /** Returns the SHA-256 digest of a text in UTF-8, in lower-case hexadecimal. */
    public static String sha256Hex(String text) {
        try {
            return hex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Returns bytes in lower-case hexadecimal. */
    public static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    /** Returns bytes in base64 with padding. */
    public static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static byte[] mac(String algorithm, byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            // An empty key is refused by the JDK, while a channel without one must fail at the vendor, not here.
            mac.init(new SecretKeySpec(key.length == 0 ? new byte[1] : key, algorithm));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + algorithm, e);
        }
    }
}
