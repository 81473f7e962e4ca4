package io.patchbay.dialects.gemini;

import io.patchbay.spi.Profile;
import java.util.Map;
import java.util.Set;

/** What Google's finish reasons mean. */
final class FinishReasons {
    private static final Map<String, String> WORDS = Map.ofEntries(
            Map.entry("STOP", "stop"),
            Map.entry("MAX_TOKENS", "length"),
            Map.entry("SAFETY", "content_filter"),
            Map.entry("RECITATION", "content_filter"),
            Map.entry("BLOCKLIST", "content_filter"),
            Map.entry("PROHIBITED_CONTENT", "content_filter"),
            Map.entry("SPII", "content_filter"),
            Map.entry("MODEL_ARMOR", "content_filter"),
            Map.entry("IMAGE_SAFETY", "content_filter"),
            Map.entry("IMAGE_PROHIBITED_CONTENT", "content_filter"),
            Map.entry("IMAGE_RECITATION", "content_filter"));

    /** Words for an answer that went wrong: an error when nothing was said, else as good an end as any. */
    private static final Set<String> FAILURES = Set.of(
            "MALFORMED_FUNCTION_CALL",
            "UNEXPECTED_TOOL_CALL",
            "TOO_MANY_TOOL_CALLS",
            "MISSING_THOUGHT_SIGNATURE",
            "MALFORMED_RESPONSE",
            "NO_IMAGE",
            "IMAGE_OTHER",
            "LANGUAGE",
            "OTHER",
            "FINISH_REASON_UNSPECIFIED");

    private FinishReasons() {}

    static boolean isFailure(String word) {
        return FAILURES.contains(word);
    }

    static boolean isFilter(String word) {
        return "content_filter".equals(WORDS.get(word));
    }

    /** Returns our word; a vendor's own one stays. */
    static String meaning(String word, Profile profile, boolean calls) {
        String reason = profile.finishWords().get(word);
        if (reason == null) {
            reason = isFailure(word) ? "stop" : WORDS.getOrDefault(word, word);
        }
        return calls && reason.equals("stop") ? "tool_calls" : reason;
    }
}
