package io.patchbay.toolkit;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Ids of tool calls for vendors that take only short ones: the same id always becomes the same. */
final class ShortIds {
    private static final String LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final BigInteger BASE = BigInteger.valueOf(LETTERS.length());

    private ShortIds() {}

    /** Returns the id as it is when it is made of that many letters and digits, else one that is, made from it. */
    static String of(String id, int length) {
        if (id.length() == length && id.chars().allMatch(letter -> LETTERS.indexOf(letter) >= 0)) {
            return id;
        }
        BigInteger number = new BigInteger(1, digest(id));
        StringBuilder made = new StringBuilder(length);
        while (made.length() < length) {
            BigInteger[] parts = number.divideAndRemainder(BASE);
            made.append(LETTERS.charAt(parts[1].intValue()));
            number = parts[0];
        }
        return made.toString();
    }

    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
