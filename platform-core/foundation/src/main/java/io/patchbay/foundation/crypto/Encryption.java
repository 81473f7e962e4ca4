package io.patchbay.foundation.crypto;

import io.patchbay.foundation.config.SecurityConfig;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts small texts for storage, with AES-256-GCM under a key that is derived from the server's secret by HKDF-SHA256.
 *
 * <p>Each purpose has a key of its own, so that a text encrypted for one is refused for another. A text may also be bound
 * to its place (for example {@code channel:12}); moved elsewhere it no longer decrypts. The result starts with {@code
 * v1:}, which names the method. Safe for use by many threads.
 */
public final class Encryption {
    private static final String VERSION = "v1:";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final byte[] SALT = "patchbay encryption".getBytes(StandardCharsets.UTF_8);
    private static final SecureRandom RANDOM = new SecureRandom();

    private final SecretKey key;
    private final String purpose;

    /**
     * Derives the key of a purpose.
     *
     * @param purpose a label such as {@code channel-secrets}; part of what a stored text needs to be read again
     */
    public Encryption(SecurityConfig security, String purpose) {
        this.purpose = purpose;
        try {
            this.key = KDF.getInstance("HKDF-SHA256")
                    .deriveKey(
                            "AES",
                            HKDFParameterSpec.ofExtract()
                                    .addIKM(security.secret())
                                    .addSalt(SALT)
                                    .thenExpand(("v1 " + purpose).getBytes(StandardCharsets.UTF_8), 32));
        } catch (GeneralSecurityException e) {
            throw new EncryptionException("this Java cannot derive keys with HKDF-SHA256", e);
        }
    }

    /**
     * Returns what stands for a text without telling it: equal texts give equal results under the same purpose and secret.
     *
     * @return 64 lower-case hexadecimal digits
     */
    public String fingerprint(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getEncoded(), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new EncryptionException("this Java cannot sign with HMAC-SHA256", e);
        }
    }

    /** Returns the encrypted form of a text. Equal texts give different results. */
    public String encrypt(String text) {
        return encrypt(text, "");
    }

    /**
     * Returns the encrypted form of a text, bound to a place.
     *
     * @param place what {@link #decrypt(String, String)} must be given again
     */
    public String encrypt(String text, String place) {
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, place).doFinal(text.getBytes(StandardCharsets.UTF_8));
            byte[] all = ByteBuffer.allocate(nonce.length + sealed.length)
                    .put(nonce)
                    .put(sealed)
                    .array();
            return VERSION + Base64.getUrlEncoder().withoutPadding().encodeToString(all);
        } catch (GeneralSecurityException e) {
            throw new EncryptionException("cannot encrypt (" + purpose + ")", e);
        }
    }

    /**
     * Returns the text of an encrypted form.
     *
     * @throws EncryptionException when the form is damaged, or was made with another secret or for another purpose
     */
    public String decrypt(String encrypted) {
        return decrypt(encrypted, "");
    }

    /**
     * Returns the text of an encrypted form that was bound to a place.
     *
     * @throws EncryptionException when the form is damaged, or was made with another secret, for another purpose or for
     *     another place
     */
    public String decrypt(String encrypted, String place) {
        if (!encrypted.startsWith(VERSION)) {
            throw new EncryptionException("not an encrypted text of a known version (" + purpose + ")", null);
        }
        try {
            byte[] all = Base64.getUrlDecoder().decode(encrypted.substring(VERSION.length()));
            if (all.length < NONCE_BYTES + TAG_BITS / 8) {
                throw new EncryptionException("the encrypted text is cut short (" + purpose + ")", null);
            }
            byte[] nonce = Arrays.copyOf(all, NONCE_BYTES);
            byte[] text = cipher(Cipher.DECRYPT_MODE, nonce, place).doFinal(all, NONCE_BYTES, all.length - NONCE_BYTES);
            return new String(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException | GeneralSecurityException e) {
            throw new EncryptionException(
                    "cannot decrypt (" + purpose
                            + "): the text is damaged, or the server's secret is not the one it was"
                            + " encrypted with",
                    e);
        }
    }

    private Cipher cipher(int mode, byte[] nonce, String place) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD((VERSION + place).getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
