package io.patchbay.foundation.ids;

import java.security.SecureRandom;

/**
 * Makes request ids: 26 characters, ordered by time to the millisecond, 80 random bits.
 *
 * <p>The format is that of a ULID (48 bits of epoch milliseconds, then randomness, in Crockford's base 32), so that ids
 * sort as texts and cannot be guessed from each other. Safe for use by many threads.
 */
public final class RequestId {
    /** The number of characters of every id. */
    public static final int LENGTH = 26;

    private static final char[] DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ".toCharArray();
    private static final SecureRandom RANDOM = new SecureRandom();

    private RequestId() {}

    /** Returns a new id. */
    public static String next() {
        byte[] random = new byte[10];
        RANDOM.nextBytes(random);
        return format(System.currentTimeMillis(), random);
    }

    /** Returns the id of a moment and ten random bytes. */
    static String format(long epochMillis, byte[] random) {
        char[] text = new char[LENGTH];
        for (int index = 9; index >= 0; index--) {
            text[index] = DIGITS[(int) (epochMillis & 31)];
            epochMillis >>>= 5;
        }
        // 80 bits are two groups of 40 bits, of eight characters each.
        for (int group = 0; group < 2; group++) {
            long bits = 0;
            for (int index = 0; index < 5; index++) {
                bits = (bits << 8) | (random[group * 5 + index] & 0xffL);
            }
            for (int index = 7; index >= 0; index--) {
                text[10 + group * 8 + index] = DIGITS[(int) (bits & 31)];
                bits >>>= 5;
            }
        }
        return new String(text);
    }
}
