package io.patchbay.foundation.ids;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Makes texts that cannot be guessed. Safe for use by many threads. */
public final class SecureTokens {
    private static final String DIGITS = "0123456789";
    private static final String ALPHANUMERIC = DIGITS + "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final SecureRandom RANDOM = new SecureRandom();

    private SecureTokens() {}

    /** Returns random bytes as lower-case hex digits, two for each byte. */
    public static String hex(int bytes) {
        return HexFormat.of().formatHex(bytes(bytes));
    }

    /** Returns random characters from 0-9, A-Z and a-z, each equally likely. */
    public static String alphanumeric(int length) {
        return from(ALPHANUMERIC, length);
    }

    /** Returns random decimal digits, each equally likely. */
    public static String digits(int length) {
        return from(DIGITS, length);
    }

    /** Returns random bytes. */
    public static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    private static String from(String alphabet, int length) {
        StringBuilder text = new StringBuilder(length);
        for (int index = 0; index < length; index++) {
            text.append(alphabet.charAt(RANDOM.nextInt(alphabet.length())));
        }
        return text.toString();
    }
}
