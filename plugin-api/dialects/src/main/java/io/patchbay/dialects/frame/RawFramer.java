package io.patchbay.dialects.frame;

import io.patchbay.spi.Bytes;
import io.patchbay.spi.FrameSink;
import io.patchbay.spi.Framer;

/** Makes each network read a frame. */
public final class RawFramer implements Framer {
    @Override
    public void feed(Bytes read, FrameSink out) {
        if (!read.isEmpty()) {
            out.frame("", read);
        }
    }

    @Override
    public void end(FrameSink out) {
        // Nothing is kept between reads.
    }
}
