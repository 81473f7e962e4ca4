package io.patchbay.billing.tokens;

import java.util.Base64;
import java.util.Random;

/** Texts to count. */
final class Texts {
    private static final String[] WORDS = {
        "the",
        "lighthouse",
        "had",
        "been",
        "dark",
        "for",
        "eleven",
        "years",
        "when",
        "a",
        "new",
        "keeper",
        "arrived",
        "carrying",
        "two",
        "suitcases",
        "and",
        "letter",
        "nobody's",
        "asked",
        "it's",
        "Zürich",
        "außergewöhnliche",
        "naïve",
        "1997",
        "3.14159",
        "(see",
        "below)",
        "e-mail",
        "\"quoted\"",
        "I'd",
        "WE'LL",
        "über",
        "мост",
        "через"
    };

    private static final String[] SCRAPS = {
        "a",
        "B",
        "é",
        "e\u0301",
        "7",
        "½",
        "_",
        "'",
        "'s",
        "'LL",
        " ",
        "  ",
        "\t",
        "\n",
        "\r\n",
        "\u00a0",
        "\u3000",
        "中",
        "あ",
        "。",
        "😀",
        "👩‍👩‍👧",
        "\ud83d",
        "\ude00",
        "-",
        "==",
        "</",
        "<|endoftext|>",
        "\0",
        "\uffff",
        "ﬁ",
        "ǅ",
        "ʰ",
        "word",
        "Word",
        "\u200d",
        "\u2028",
        "€",
        "ا",
        "ก"
    };

    private Texts() {}

    /** Returns so many characters of prose, with punctuation and paragraphs. */
    static String prose(int length, long seed) {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder();
        while (text.length() < length) {
            text.append(WORDS[random.nextInt(WORDS.length)]);
            int stop = random.nextInt(20);
            text.append(stop == 0 ? ".\n\n" : stop == 1 ? ". " : stop == 2 ? ", " : stop == 3 ? " -- " : " ");
        }
        return text.substring(0, length);
    }

    /** Returns so many scraps of any kind in a row. */
    static String anything(Random random, int scraps) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < scraps; i++) {
            text.append(SCRAPS[random.nextInt(SCRAPS.length)]);
        }
        return text.toString();
    }

    /** Returns random bytes in base64, so many characters of it. */
    static String base64(int length) {
        byte[] bytes = new byte[length];
        new Random(3).nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes).substring(0, length);
    }

    /** Returns random characters of a range. */
    static String random(int length, int first, int last) {
        Random random = new Random(11);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append((char) random.nextInt(first, last + 1));
        }
        return text.toString();
    }
}
