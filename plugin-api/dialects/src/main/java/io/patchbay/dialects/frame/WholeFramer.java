package io.patchbay.dialects.frame;

import io.patchbay.spi.Bytes;
import io.patchbay.spi.FrameSink;
import io.patchbay.spi.Framer;

/** Makes the whole body one frame, handed out at the end; an empty body makes none. */
public final class WholeFramer implements Framer {
    private final ByteTank body;

    /**
     * Creates a framer.
     *
     * @param maxBytes the largest body, at least 1; beyond it {@link FrameTooLarge} is thrown
     */
    public WholeFramer(int maxBytes) {
        if (maxBytes < 1) {
            throw new IllegalArgumentException("maxBytes must be at least 1, found " + maxBytes);
        }
        this.body = new ByteTank(maxBytes);
    }

    @Override
    public void feed(Bytes read, FrameSink out) {
        body.add(read.array(), read.offset(), read.length());
    }

    @Override
    public void end(FrameSink out) {
        if (body.size() > 0) {
            out.frame("", body.view());
        }
        body.clear();
    }
}
