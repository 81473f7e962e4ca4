package io.patchbay.relay.address;

import java.nio.ByteBuffer;
import org.eclipse.jetty.io.ArrayByteBufferPool;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.RetainableByteBuffer;

/**
 * Pooled memory that each user sees through a buffer of its own, for HTTP clients.
 *
 * <p>Jetty 12.1.14 clears a response's buffer when the call was aborted, but on a thread that may come late: by then another
 * thread has given the buffer back, and it may hold somebody else's answer. With a shared buffer that answer lost the
 * bytes that were not yet parsed, its next chunk could not be understood, and it broke off in the middle (seen with the
 * steps of the parser logged: two bytes vanished between two reads). A late thread can only clear its own old view here.
 *
 * <p>Safe for use by many threads, as the pool beneath it is.
 */
public final class OwnViews implements ByteBufferPool {
    private final ByteBufferPool memory;

    /** Creates a pool over one of Jetty's usual kind, with its usual bounds. */
    public OwnViews() {
        this(new ArrayByteBufferPool());
    }

    OwnViews(ByteBufferPool memory) {
        this.memory = memory;
    }

    @Override
    public RetainableByteBuffer.Mutable acquire(int size, boolean direct) {
        RetainableByteBuffer.Mutable pooled = memory.acquire(size, direct);
        ByteBuffer view = pooled.getByteBuffer().duplicate();
        return RetainableByteBuffer.wrap(view, pooled);
    }

    @Override
    public void clear() {
        memory.clear();
    }
}
