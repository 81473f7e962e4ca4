package io.patchbay.dialects.openai;

import io.patchbay.spi.Profile;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What finish reasons mean. */
final class FinishWords {
    /** The word for an answer that failed. */
    static final String ERROR = "error";

    private FinishWords() {}

    private static final String[] COMMON = {"stop", "tool_calls", "length", "content_filter"};

    /** Returns the word if it is one of the common ones, without making a new string; else {@code null}. */
    static @Nullable String known(byte[] array, int from, int to) {
        for (String word : COMMON) {
            if (word.length() == to - from && word.charAt(0) == array[from]) {
                int i = 1;
                while (i < word.length() && word.charAt(i) == array[from + i]) {
                    i++;
                }
                if (i == word.length()) {
                    return word;
                }
            }
        }
        return null;
    }

    /**
     * Returns the dialect's word: the profile's reading first, then what contradicts the tool calls is put right. A
     * vendor's own word stays.
     */
    static String meaning(String word, Profile profile, boolean calls) {
        String reason = profile.finishWords().getOrDefault(word, word);
        if (reason.equals("function_call")) {
            reason = "tool_calls";
        }
        if (calls && reason.equals("stop")) {
            return "tool_calls";
        }
        return !calls && reason.equals("tool_calls") ? "stop" : reason;
    }

    /** Returns a word that official clients know: some refuse any other. */
    static String forClients(String reason) {
        return switch (reason.toLowerCase(Locale.ROOT)) {
            case "stop", "length", "tool_calls", "content_filter" -> reason.toLowerCase(Locale.ROOT);
            case "max_tokens", "max_output_tokens", "model_length" -> "length";
            case "tool_use", "function_call" -> "tool_calls";
            case "safety", "refusal", "sensitive", "recitation", "blocklist", "prohibited_content" -> "content_filter";
            default -> "stop";
        };
    }
}
