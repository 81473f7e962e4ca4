package io.patchbay.dialects.frame;

import io.patchbay.spi.Framer;
import io.patchbay.spi.Framing;
import io.patchbay.spi.Next;
import java.util.function.Supplier;

/** Makes framers. */
public final class Framers {
    private Framers() {}

    /**
     * Returns a new framer for one exchange; whole bodies are bounded by {@link Next#WHOLE_LIMIT}.
     *
     * @throws IllegalArgumentException when the framing is unknown
     */
    public static Framer of(Framing framing) {
        Supplier<Framer> own = framing.framer();
        if (own != null) {
            return own.get();
        }
        return switch (framing.name()) {
            case "sse" -> new SseScanner();
            case "ndjson" -> new NdjsonScanner();
            case "raw" -> new RawFramer();
            case "whole" -> new WholeFramer(Next.WHOLE_LIMIT);
            default -> throw new IllegalArgumentException("no framer for the framing " + framing.name());
        };
    }
}
