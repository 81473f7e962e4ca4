package io.patchbay.spi;

import org.osgi.annotation.versioning.ProviderType;

/**
 * The sending side of a WebSocket the host holds open for one flow. Used only inside the calls the host makes into the
 * flow; the send queue is bounded, and overrunning it ends the flow with an {@link FaultKind#UPSTREAM} fault.
 */
@ProviderType
public interface Socket {
    /** Sends one text message, in order. */
    void send(String text);

    /** Sends one binary message, in order; the bytes are not to be changed afterwards. */
    void send(byte[] binary);
}
