package io.patchbay.benchmarks.wire;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** A non-blocking TCP connection, of the loop's thread only. It can be opened again after it was closed. */
public abstract class Connection implements Endpoint {
    protected final EventLoop loop;

    @Nullable
    private SocketChannel channel;

    @Nullable
    private SelectionKey key;

    private int interest;

    /** @param loop whose thread calls everything of this connection */
    protected Connection(EventLoop loop) {
        this.loop = loop;
    }

    /** Takes over an accepted channel. */
    protected final void attach(SocketChannel accepted) throws IOException {
        channel = accepted;
        accepted.configureBlocking(false);
        accepted.setOption(StandardSocketOptions.TCP_NODELAY, true);
        interest = SelectionKey.OP_READ;
        key = loop.register(accepted, interest, this);
    }

    /** Begins to connect; {@link #connected} or {@link #broken} follows. */
    protected final void connect(InetSocketAddress address) {
        try {
            SocketChannel opened = SocketChannel.open();
            channel = opened;
            opened.configureBlocking(false);
            opened.setOption(StandardSocketOptions.TCP_NODELAY, true);
            boolean at = opened.connect(address);
            interest = at ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT;
            key = loop.register(opened, interest, this);
            if (at) {
                connected();
            }
        } catch (IOException e) {
            close();
            broken(e);
        }
    }

    /** Tells whether it is connected or about to be. */
    protected final boolean open() {
        return channel != null;
    }

    /**
     * Writes what the socket takes at once.
     *
     * @return whether everything between position and limit was written; if not, {@link #writable} follows
     */
    protected final boolean write(ByteBuffer bytes) throws IOException {
        SocketChannel to = channel;
        if (to == null) {
            throw new IOException("not connected");
        }
        to.write(bytes);
        boolean all = !bytes.hasRemaining();
        interest(all ? SelectionKey.OP_READ : SelectionKey.OP_READ | SelectionKey.OP_WRITE);
        return all;
    }

    /** Asks for {@link #writable} in the loop's next round, so that others have their turn. */
    protected final void yieldWrite() {
        interest(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
    }

    private void interest(int wanted) {
        if (interest != wanted && key != null && key.isValid()) {
            interest = wanted;
            key.interestOps(wanted);
        }
    }

    @Override
    public final void ready() {
        SelectionKey ready = key;
        SocketChannel from = channel;
        if (ready == null || from == null || !ready.isValid()) {
            return;
        }
        try {
            int ops = ready.readyOps();
            if ((ops & SelectionKey.OP_CONNECT) != 0) {
                from.finishConnect();
                interest(SelectionKey.OP_READ);
                connected();
                return;
            }
            if ((ops & SelectionKey.OP_READ) != 0) {
                ByteBuffer buffer = loop.readBuffer();
                int count = from.read(buffer);
                if (count < 0) {
                    close();
                    ended();
                    return;
                }
                received(buffer.array(), buffer.arrayOffset(), buffer.arrayOffset() + count);
            }
            if ((ops & SelectionKey.OP_WRITE) != 0 && ready.isValid()) {
                writable();
            }
        } catch (IOException e) {
            close();
            broken(e);
        }
    }

    /** Closes it; no call follows. */
    protected final void close() {
        SocketChannel closing = channel;
        channel = null;
        key = null;
        if (closing != null) {
            try {
                closing.close();
            } catch (IOException e) {
                // A socket that cannot be closed any more is gone, which is what was wanted.
                return;
            }
        }
    }

    /** The connection stands. */
    protected abstract void connected() throws IOException;

    /** Bytes came; they are valid during this call only. */
    protected abstract void received(byte[] bytes, int from, int to) throws IOException;

    /** The socket takes bytes again. */
    protected abstract void writable() throws IOException;

    /** The peer ended the connection; it is closed already. */
    protected abstract void ended();

    /** Connecting, reading, writing or understanding failed; it is closed already. */
    protected abstract void broken(IOException why);
}
