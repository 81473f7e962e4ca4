package io.patchbay.spi;

import org.osgi.annotation.versioning.ProviderType;

/** Takes the frames a {@link Framer} cuts. */
@ProviderType
@FunctionalInterface
public interface FrameSink {
    /**
     * Takes one frame.
     *
     * @param event the event's name, empty when there is none
     * @param data the payload; need not stay valid after the call
     */
    void frame(String event, Bytes data);
}
