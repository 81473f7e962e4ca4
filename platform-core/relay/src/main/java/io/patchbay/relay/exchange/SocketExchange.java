package io.patchbay.relay.exchange;

import io.patchbay.spi.Bytes;
import java.nio.ByteBuffer;
import java.nio.channels.WritePendingException;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CloseStatus;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.FrameHandler;
import org.eclipse.jetty.websocket.core.OpCode;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket: delivers its opening, then one whole message at a time on demand, then its end, all through the call's
 * {@link Serial}. Pings are answered while messages are being waited for. After {@link #cancel()} nothing more is
 * delivered.
 */
final class SocketExchange implements OpenExchange {
    /** The largest message that is taken, in bytes. */
    static final int LARGEST_MESSAGE = 16 * 1024 * 1024;

    /** What is told instead of a close code when the connection was lost. */
    static final int CONNECTION_LOST = 1006;

    private static final int MAX_DRAINED = 64 * 1024;
    private static final int MOST_HANDSHAKES = 5;

    private final Executor serial;
    private final SocketListener listener;
    private final Wire wire = new Wire();
    private final JoinedFrames frames = new JoinedFrames(LARGEST_MESSAGE);
    private @Nullable Supplier<SocketHandshake> handshakes;
    private @Nullable SocketHandshake handshake;
    private int sent;
    private @Nullable CoreSession session;
    private final Openness openness = new Openness();
    private boolean lost;
    private boolean wanted;
    private boolean demanded;
    private boolean taking;
    private boolean draining;
    private boolean pongOnItsWay;
    private int drained;

    SocketExchange(Executor serial, SocketListener listener) {
        this.serial = serial;
        this.listener = listener;
    }

    /** Takes the frames and the outcome of the handshake, on Jetty's threads. */
    private final class Wire implements FrameHandler, SocketHandshake.Outcome {
        @Override
        public void onOpen(CoreSession opened, Callback callback) {
            serial.execute(() -> open(opened, callback));
        }

        @Override
        public void onFrame(Frame frame, Callback callback) {
            serial.execute(() -> take(frame, callback));
        }

        @Override
        public void onError(Throwable cause, Callback callback) {
            callback.succeeded();
        }

        @Override
        public void onClosed(CloseStatus status, Callback callback) {
            callback.succeeded();
            serial.execute(SocketExchange.this::gone);
        }

        @Override
        public void refused(Head head, Bytes body) {
            serial.execute(() -> {
                if (!openness.over()) {
                    openness.end();
                    listener.refused(head, body);
                }
            });
        }

        @Override
        public void failed(Throwable cause, boolean switched) {
            serial.execute(() -> fail(cause, switched));
        }
    }

    /** Returns who takes the frames. */
    FrameHandler frames() {
        return wire;
    }

    /** Returns who takes what comes of a handshake that opens no socket. */
    SocketHandshake.Outcome outcome() {
        return wire;
    }

    /** Sets who makes the request that opens the socket; to be done before {@link #send()}. */
    void handshakes(Supplier<SocketHandshake> making) {
        handshakes = making;
    }

    @Override
    public void send() {
        if (handshakes != null) {
            sent++;
            SocketHandshake next = handshakes.get();
            handshake = next;
            next.start();
        }
    }

    private void fail(Throwable cause, boolean switched) {
        if (openness.over()) {
            return;
        }
        if (cause instanceof WritePendingException && sent < MOST_HANDSHAKES) {
            // A proxy opened its tunnel before Jetty saw its own CONNECT leave, and nothing has been sent yet.
            send();
            return;
        }
        openness.end();
        listener.broken(cause, switched);
    }

    /**
     * Queues a message.
     *
     * @param kind {@link OpCode#TEXT} or {@link OpCode#BINARY}
     * @param payload not to be changed afterwards
     * @param left runs when the message has left or never will, on any thread
     */
    void say(byte kind, byte[] payload, Runnable left) {
        CoreSession open = session;
        if (open == null || openness.over() || draining) {
            left.run();
            return;
        }
        open.sendFrame(new Frame(kind, ByteBuffer.wrap(payload)), Callback.from(left, failure -> left.run()), false);
    }

    @Override
    public void readOn() {
        wanted = true;
        if (lost) {
            end(CONNECTION_LOST, "");
        } else if (!taking) {
            demand();
        }
    }

    @Override
    public void cancel() {
        if (openness.over()) {
            return;
        }
        openness.end();
        if (session != null) {
            session.abort();
        } else if (handshake != null) {
            handshake.cancel();
        }
    }

    @Override
    public boolean over() {
        return openness.over();
    }

    @Override
    public void limit(Future<?> timer) {
        openness.limit(timer);
    }

    @Override
    public void release() {
        if (openness.over() || draining) {
            return;
        }
        CoreSession open = session;
        if (open == null || lost) {
            cancel();
            return;
        }
        draining = true;
        open.close(CloseStatus.NORMAL, null, Callback.NOOP);
        if (!taking) {
            demand();
        }
    }

    @Override
    public boolean closesInOrder() {
        return true;
    }

    private void open(CoreSession opened, Callback callback) {
        // Jetty takes no frames before it is told that the opening has been seen.
        callback.succeeded();
        if (openness.over()) {
            opened.abort();
            return;
        }
        session = opened;
        listener.opened();
    }

    private void demand() {
        CoreSession open = session;
        if (open != null && !openness.over() && !demanded && (wanted || draining)) {
            demanded = true;
            try {
                open.demand();
            } catch (RejectedExecutionException e) {
                // The whole client is being closed, and its connections with it.
                gone();
            }
        }
    }

    private void take(Frame frame, Callback callback) {
        demanded = false;
        taking = true;
        try {
            if (!openness.over()) {
                read(frame);
            }
        } finally {
            taking = false;
            // The buffer behind the frame goes back to Jetty; a close frame is answered by it.
            callback.succeeded();
        }
        demand();
    }

    private void read(Frame frame) {
        if (draining) {
            drained += frame.getPayloadLength();
            if (frame.getOpCode() == OpCode.CLOSE) {
                openness.end();
            } else if (drained > MAX_DRAINED) {
                cancel();
            }
            return;
        }
        listener.touched();
        switch (frame.getOpCode()) {
            case OpCode.TEXT, OpCode.BINARY, OpCode.CONTINUATION -> collect(frame);
            case OpCode.PING -> pong(frame);
            case OpCode.CLOSE -> {
                CloseStatus status = CloseStatus.getCloseStatus(frame);
                String reason = status.getReason();
                end(status.getCode(), reason == null ? "" : reason);
            }
            default -> {}
        }
    }

    private void collect(Frame frame) {
        Bytes message = frames.add(frame);
        if (frames.overflowed()) {
            listener.tooLarge();
        } else if (message != null) {
            wanted = false;
            listener.message(message);
        }
    }

    /** Answers a ping, the latest of several that come faster than they can be answered. */
    private void pong(Frame ping) {
        CoreSession open = session;
        if (open != null && !pongOnItsWay) {
            pongOnItsWay = true;
            Runnable left = () -> serial.execute(() -> pongOnItsWay = false);
            Frame answer = new Frame(OpCode.PONG, BufferUtil.copy(ping.getPayload()));
            open.sendFrame(answer, Callback.from(left, failure -> left.run()), false);
        }
    }

    /** The connection is gone; the flow is told when it waits for something. */
    private void gone() {
        if (openness.over()) {
            return;
        }
        lost = true;
        if (draining) {
            openness.end();
        } else if (wanted) {
            end(CONNECTION_LOST, "");
        }
    }

    private void end(int code, String reason) {
        if (!openness.over()) {
            openness.end();
            listener.closed(code, reason);
        }
    }
}
