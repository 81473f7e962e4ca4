package io.patchbay.spi;

/**
 * The name of a wire dialect: the shape of requests, answers and stream events. An open set; those below have a codec in
 * the host.
 *
 * @param id a stable name such as {@code openai-chat}
 */
public record Dialect(String id) {
    public static final Dialect OPENAI_CHAT = new Dialect("openai-chat");
    public static final Dialect OPENAI_RESPONSES = new Dialect("openai-responses");
    public static final Dialect ANTHROPIC_MESSAGES = new Dialect("anthropic-messages");
    public static final Dialect GEMINI_CONTENT = new Dialect("gemini-content");
    public static final Dialect OPENAI_EMBEDDINGS = new Dialect("openai-embeddings");
    public static final Dialect OPENAI_IMAGES = new Dialect("openai-images");
    public static final Dialect OPENAI_TRANSCRIPTION = new Dialect("openai-transcription");
    public static final Dialect OPENAI_MODERATION = new Dialect("openai-moderation");
}
