package io.patchbay.relay.call;

import java.nio.ByteBuffer;
import java.util.Map;

/** The way back to a client. One write at a time; after the last write nothing more is written. */
public interface ClientSink {
    /** Sets status and headers; sent with the first write. */
    void head(int status, Map<String, String> headers);

    /**
     * Asks to be told when the client leaves while nothing is written to it. Once, before the first write.
     *
     * @param left runs on any thread, at most once; once the last write has begun it says nothing
     */
    void watch(Runnable left);

    /** Ends the answer of a client that has left, while no write is under way; nothing more is written. */
    void abandon();

    /**
     * Writes bytes without blocking.
     *
     * @param last whether the answer is complete with them
     * @param written runs on any thread, once, when the bytes are on their way
     * @param gone runs on any thread, once, instead, when the client is no longer there
     */
    void write(ByteBuffer bytes, boolean last, Runnable written, Runnable gone);
}
