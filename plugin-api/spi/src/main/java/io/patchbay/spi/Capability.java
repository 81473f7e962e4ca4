package io.patchbay.spi;

/**
 * Something a channel type can do for a model. An open set: the conformance kit checks those below in both directions.
 *
 * @param id a stable name such as {@code tools}
 */
public record Capability(String id) {
    public static final Capability CHAT = new Capability("chat");
    public static final Capability TOOLS = new Capability("tools");
    public static final Capability PARALLEL_TOOLS = new Capability("parallel-tools");
    public static final Capability VISION = new Capability("vision");
    public static final Capability REASONING = new Capability("reasoning");
    public static final Capability JSON_OUTPUT = new Capability("json-output");
    public static final Capability SEVERAL_CHOICES = new Capability("several-choices");
    public static final Capability EMBEDDINGS = new Capability("embeddings");
    public static final Capability IMAGES = new Capability("images");
    public static final Capability IMAGE_EDITS = new Capability("image-edits");
    public static final Capability SPEECH = new Capability("speech");
    public static final Capability TRANSCRIPTION = new Capability("transcription");
    public static final Capability MODERATION = new Capability("moderation");
    public static final Capability RERANK = new Capability("rerank");
    public static final Capability TASKS = new Capability("tasks");
    public static final Capability WEB_SEARCH = new Capability("web-search");
    public static final Capability MODEL_LIST = new Capability("model-list");
    public static final Capability BALANCE = new Capability("balance");
}
