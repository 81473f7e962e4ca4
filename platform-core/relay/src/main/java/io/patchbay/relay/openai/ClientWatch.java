package io.patchbay.relay.openai;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.io.AbstractEndPoint;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;

/**
 * Notices that a client has left while its answer is under way. Jetty reads nothing from a connection between the end of
 * a request's body and the end of the answer, so that without this only a failed write tells, and an upstream that is
 * silent lets nothing be written.
 *
 * <p>It waits for the connection to become readable, which says that the client has ended its side, or that it sends its
 * next request early. A client that ends only its sending side counts as one that has left, as it does with most proxies.
 * Safe for use by many threads.
 */
final class ClientWatch implements Callback {
    private final Connection connection;
    private final EndPoint endPoint;
    private final Runnable left;
    private boolean waiting;
    private boolean over;

    private ClientWatch(Connection connection, Runnable left) {
        this.connection = connection;
        this.endPoint = connection.getEndPoint();
        this.left = left;
    }

    /**
     * Begins to watch. The body of the request must have been read.
     *
     * @param left runs on any thread, at most once; in a race with {@link #stop()} even a little later
     */
    static ClientWatch begin(Connection connection, Runnable left) {
        ClientWatch watch = new ClientWatch(connection, left);
        watch.await();
        return watch;
    }

    /** Ends it. To be called before the answer is completed: Jetty takes a read that waits then for a mistake. */
    synchronized void stop() {
        over = true;
        if (waiting && endPoint instanceof AbstractEndPoint registry) {
            registry.getFillInterest().fillable();
        }
    }

    private synchronized void await() {
        if (!over) {
            waiting = true;
            // Whoever else waits for a read will hear of the client's leaving as well.
            waiting = endPoint.tryFillInterested(this) && waiting;
        }
    }

    @Override
    public void succeeded() {
        if (gone()) {
            left.run();
        }
    }

    private synchronized boolean gone() {
        waiting = false;
        if (over) {
            return false;
        }
        ByteBuffer one = BufferUtil.allocate(1);
        int read = read(one);
        over = read != 0;
        if (read == 0) {
            await();
        } else if (read > 0) {
            handOver(one);
        }
        return read < 0;
    }

    private int read(ByteBuffer one) {
        try {
            return endPoint.fill(one);
        } catch (IOException e) {
            // The client has reset the connection.
            return -1;
        }
    }

    /** The byte belongs to the next request. A client that asks on has not left; that it does later will show in a write. */
    private void handOver(ByteBuffer one) {
        if (connection instanceof Connection.UpgradeTo next) {
            next.onUpgradeTo(one);
        }
        if (one.hasRemaining()) {
            endPoint.close();
        }
    }

    @Override
    public void failed(Throwable cause) {
        if (closed()) {
            left.run();
        }
    }

    private synchronized boolean closed() {
        boolean first = !over;
        waiting = false;
        over = true;
        return first;
    }
}
