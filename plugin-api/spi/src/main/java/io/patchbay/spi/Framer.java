package io.patchbay.spi;

import org.osgi.annotation.versioning.ConsumerType;

/** Cuts a byte stream into frames. One object per exchange; it copies what it must keep between reads. */
@ConsumerType
public interface Framer {
    /**
     * Takes the bytes of one network read, cut at any place.
     *
     * @throws RuntimeException when the bytes cannot be frames; the host turns it into an {@link FaultKind#UPSTREAM} fault
     */
    void feed(Bytes read, FrameSink out);

    /** The body ended; gives out what is left. */
    void end(FrameSink out);
}
