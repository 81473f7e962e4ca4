package io.patchbay.billing.tokens;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingRegistry;
import com.knuddels.jtokkit.api.EncodingType;
import java.util.List;
import java.util.Set;

/**
 * A table of tokens and the models that use it. A table is read at its first use, which takes some tenths of a second,
 * and stays.
 */
enum Vocabulary {
    R50K(EncodingType.R50K_BASE),
    P50K(EncodingType.P50K_BASE),
    P50K_EDIT(EncodingType.P50K_EDIT),
    CL100K(EncodingType.CL100K_BASE),
    O200K(EncodingType.O200K_BASE);

    private static final char REPLACEMENT = '\uFFFD';

    private static final EncodingRegistry TABLES = Encodings.newLazyEncodingRegistry();

    private static final List<String> O200K_FAMILIES =
            List.of("gpt-4o", "gpt-4.1", "gpt-5", "o1", "o3", "o4", "chatgpt-4o");
    private static final Set<String> P50K_MODELS = Set.of(
            "text-davinci-002",
            "text-davinci-003",
            "code-davinci-001",
            "code-davinci-002",
            "code-cushman-001",
            "code-cushman-002",
            "davinci-codex",
            "cushman-codex");
    private static final Set<String> P50K_EDIT_MODELS = Set.of("text-davinci-edit-001", "code-davinci-edit-001");
    private static final Set<String> R50K_MODELS = Set.of(
            "text-davinci-001",
            "text-curie-001",
            "text-babbage-001",
            "text-ada-001",
            "davinci",
            "curie",
            "babbage",
            "ada");

    private final EncodingType type;

    Vocabulary(EncodingType type) {
        this.type = type;
    }

    /** Returns the vocabulary of a model by its public name; {@link #CL100K} for a name that says nothing. */
    static Vocabulary of(String model) {
        for (String family : O200K_FAMILIES) {
            if (model.startsWith(family)) {
                return O200K;
            }
        }
        if (P50K_MODELS.contains(model)) {
            return P50K;
        }
        if (P50K_EDIT_MODELS.contains(model)) {
            return P50K_EDIT;
        }
        return R50K_MODELS.contains(model) || isEmbedding(model) ? R50K : CL100K;
    }

    private static boolean isEmbedding(String model) {
        return model.startsWith("text-similarity-") && model.endsWith("-001")
                || model.startsWith("text-search-") && model.endsWith("-doc-001")
                || model.startsWith("code-search-") && model.endsWith("-code-001");
    }

    /** Returns how many tokens a text has; what looks like a special token is text. */
    int count(String text) {
        return table().countTokensOrdinary(wellFormed(text));
    }

    /** Returns a text that has a form in UTF-8, which the tables are made for: halves of pairs stand for themselves. */
    static String wellFormed(String text) {
        StringBuilder mended = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!Character.isSurrogate(c)) {
                continue;
            }
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
                continue;
            }
            mended = mended == null ? new StringBuilder(text) : mended;
            mended.setCharAt(i, REPLACEMENT);
        }
        return mended == null ? text : mended.toString();
    }

    private Encoding table() {
        return TABLES.getEncoding(type);
    }
}
