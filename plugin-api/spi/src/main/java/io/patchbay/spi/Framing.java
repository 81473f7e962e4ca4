package io.patchbay.spi;

import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** How a body is cut into frames. */
@ProviderType
public final class Framing {
    /** Server-sent events by the HTML standard. */
    public static final Framing SSE = new Framing("sse", null);
    /** One JSON value a line. */
    public static final Framing NDJSON = new Framing("ndjson", null);
    /** Each network read is a frame. */
    public static final Framing RAW = new Framing("raw", null);
    /** The whole body is one frame. */
    public static final Framing WHOLE = new Framing("whole", null);

    private final String name;
    private final @Nullable Supplier<Framer> framer;

    private Framing(String name, @Nullable Supplier<Framer> framer) {
        this.name = name;
        this.framer = framer;
    }

    /** Returns the plugin's own framing; the supplier is called once per exchange. */
    public static Framing by(Supplier<Framer> framer) {
        return new Framing("own", Objects.requireNonNull(framer, "framer is null"));
    }

    /** Returns {@code sse}, {@code ndjson}, {@code raw}, {@code whole} or {@code own}. */
    public String name() {
        return name;
    }

    /** Returns the plugin's framer factory, {@code null} for the host's own framings. */
    public @Nullable Supplier<Framer> framer() {
        return framer;
    }

    @Override
    public String toString() {
        return name;
    }
}
