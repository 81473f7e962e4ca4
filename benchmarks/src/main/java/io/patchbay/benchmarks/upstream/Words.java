package io.patchbay.benchmarks.upstream;

/** Deterministic English-like text without anything that JSON would have to escape. */
public final class Words {
    private static final String[] WORDS = {
        "the",
        "of",
        "and",
        "a",
        "to",
        "in",
        "is",
        "that",
        "it",
        "was",
        "for",
        "on",
        "are",
        "with",
        "as",
        "his",
        "they",
        "be",
        "at",
        "one",
        "have",
        "this",
        "from",
        "or",
        "had",
        "by",
        "but",
        "some",
        "what",
        "there",
        "we",
        "can",
        "out",
        "other",
        "were",
        "all",
        "your",
        "when",
        "up",
        "use",
        "word",
        "how",
        "said",
        "each",
        "she",
        "which",
        "their",
        "time",
        "will",
        "way",
        "about",
        "many",
        "then",
        "them",
        "would",
        "write",
        "like",
        "these",
        "river",
        "mountain",
        "window",
        "engine",
        "people",
        "answer",
        "question",
        "several",
        "important",
        "because",
        "different",
        "between",
        "through",
        "sentence",
        "measure",
        "figure",
        "stream",
        "message",
        "number",
        "country",
        "machine",
        "language"
    };

    private long state;

    /** @param seed what decides the words */
    public Words(long seed) {
        this.state = seed * 0x9E3779B97F4A7C15L + 1;
    }

    /** Returns the next word. */
    public String next() {
        state = state * 6_364_136_223_846_793_005L + 1_442_695_040_888_963_407L;
        return WORDS[(int) ((state >>> 33) % WORDS.length)];
    }

    /** Returns words with spaces between them, {@code bytes} long or up to a word longer. */
    public String text(int bytes) {
        StringBuilder text = new StringBuilder(bytes + 16);
        while (text.length() < bytes) {
            text.append(text.isEmpty() ? "" : " ").append(next());
        }
        return text.toString();
    }
}
