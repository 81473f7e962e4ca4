package io.patchbay.dialects.anthropic;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.regex.Pattern;

/** Ids of tool calls as the vendor takes them: letters, digits, dashes, at most 64, and each only once. */
final class ToolIds {
    private static final int LONGEST = 64;
    private static final Pattern TAKEN = Pattern.compile("[A-Za-z0-9_-]{1," + LONGEST + "}");

    private final Set<String> used = new HashSet<>();

    /** Returns the id of one more call; the same calls in the same order get the same ids in every request. */
    String next(String id) {
        String clean = clean(id);
        String unique = clean;
        for (int i = 2; !used.add(unique); i++) {
            String suffix = "_" + i;
            unique = clean.substring(0, Math.min(clean.length(), LONGEST - suffix.length())) + suffix;
        }
        return unique;
    }

    /** What cannot stay gets a part of its hash, so that different ids stay different. */
    private static String clean(String id) {
        if (TAKEN.matcher(id).matches()) {
            return id;
        }
        String kept = id.replaceAll("[^A-Za-z0-9_-]", "_");
        return kept.substring(0, Math.min(kept.length(), 40)) + "_" + hash(id).substring(0, 8);
    }

    /** Returns the SHA-256 of a text in hexadecimal digits. */
    static String hash(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
