package io.patchbay.benchmarks.site;

/**
 * A script of the upstream and the channel that leads to it.
 *
 * @param name what its model is called behind {@code bench-}
 * @param path of the script at the upstream
 * @param channelType the type of its channel
 * @param events how many content events its answer has, 0 for a whole answer
 */
public record Route(String name, String path, String channelType, int events) {
    private static final String OPENAI = "openai";
    private static final int GAP_MICROS = 50_000;

    /** A whole answer at once. */
    public static final Route PLAIN = new Route("plain", "/plain", OPENAI, 0);

    /** A stream as fast as it goes. */
    public static final Route STREAM = new Route("stream", "/stream/35/0", OPENAI, 35);

    /** The same, told in Anthropic's format. */
    public static final Route CLAUDE = new Route("claude", "/claude/35/0", "claude", 35);

    /** Returns a stream of 20 chunks a second. */
    public static Route paced(int events) {
        return new Route("paced-" + events, "/stream/" + events + "/" + GAP_MICROS, OPENAI, events);
    }

    /** Returns the name of the model that leads to it. */
    public String model() {
        return "bench-" + name;
    }

    /** Tells whether the answer can be waited for in passing: it does not take long and is no fault by its nature. */
    boolean quick() {
        return !path.endsWith("/" + GAP_MICROS) && !path.startsWith("/slow/") && !path.startsWith("/fault/");
    }

    /** Tells whether the answer is a stream. */
    public boolean stream() {
        return events > 0;
    }
}
