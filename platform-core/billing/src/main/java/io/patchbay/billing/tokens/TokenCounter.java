package io.patchbay.billing.tokens;

import java.util.Set;

/**
 * Counts tokens as models do, with the vocabularies OpenAI has published. For models of other makers it is the usual
 * approximation. Nothing is downloaded and no text is kept.
 *
 * <p>The vocabulary follows from the model's public name: the old completion and edit models have theirs;
 * {@code gpt-4o*}, {@code gpt-4.1*}, {@code gpt-5*}, {@code o1*}, {@code o3*}, {@code o4*} and {@code chatgpt-4o*} are
 * counted with {@code o200k_base}, which is theirs in truth, where the original product counts {@code cl100k_base};
 * every other name is counted with {@code cl100k_base}.
 *
 * <p>Safe for use by several threads. A vocabulary is read at its first use; after that ordinary text costs some tens
 * of nanoseconds a character, and no text of a megabyte more than about a second. Nothing here throws, whatever the
 * text is: special tokens count as the text they are written in, and halves of surrogate pairs as one character each.
 */
public final class TokenCounter {
    /** What a chat costs besides its messages: the beginning of the answer. */
    public static final int PER_CHAT = 3;

    /** What a message costs besides its name when it has one. */
    public static final int PER_NAME = 1;

    private static final int PER_MESSAGE = 3;
    private static final int PER_MESSAGE_OF_INSTRUCT = 2;
    private static final int PER_MESSAGE_OF_0301 = 4;
    private static final Set<String> WITH_0301 = Set.of("gpt-3.5-turbo-0301", "gpt-3.5-turbo-16k-0301");

    private static final int PICTURE = 85;
    private static final int TILE = 170;
    private static final int TILE_PIXELS = 512;
    private static final int MOST_TILES = 4;

    /** Creates a counter; all of them share the vocabularies. */
    public TokenCounter() {}

    /**
     * Returns how many tokens a text has.
     *
     * @param model the model by its public name
     */
    public long text(String model, String text) {
        if (text.isEmpty()) {
            return 0;
        }
        Vocabulary vocabulary = Vocabulary.of(model);
        long tokens = 0;
        int from = 0;
        while (from < text.length()) {
            int to = Pieces.end(text, from);
            tokens += vocabulary.count(text.substring(from, to));
            from = to;
        }
        return tokens;
    }

    /**
     * Returns how many tokens a message of a chat costs besides the texts in it, its role included among those.
     *
     * @param model the model by its public name
     */
    public int perMessage(String model) {
        if (model.equals("gpt-3.5-turbo-instruct")) {
            return PER_MESSAGE_OF_INSTRUCT;
        }
        return WITH_0301.contains(model) ? PER_MESSAGE_OF_0301 : PER_MESSAGE;
    }

    /**
     * Returns how many tokens a picture costs that a model is shown in full detail.
     *
     * @param width in pixels, at least 1
     * @param height in pixels, at least 1
     */
    public static long picture(int width, int height) {
        return PICTURE + (long) TILE * tiles(width) * tiles(height);
    }

    private static int tiles(int pixels) {
        return Math.clamp(Math.ceilDiv(pixels, TILE_PIXELS), 1, MOST_TILES);
    }
}
