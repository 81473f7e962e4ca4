package io.patchbay.relay.exchange;

import io.patchbay.spi.Bytes;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.thread.Invocable;
import org.eclipse.jetty.util.thread.Invocable.InvocationType;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way: delivers the head, then one read at a time on demand, then the end, all through the call's
 * {@link Serial}. After {@link #cancel()} nothing more is delivered.
 */
final class UpstreamExchange implements OpenExchange {
    /** Takes what comes back; called one at a time. */
    interface Listener {
        /**
         * Returns whether {@link #head} and {@link #bytes} run nothing of a plugin and never wait, so that they may run on
         * the thread that looks after all connections: a hand-over to another thread costs more than most reads.
         */
        default boolean quick() {
            return false;
        }

        /**
         * Returns whether {@link #end} is as quick, after what has come; asked only of listeners that are {@link #quick}.
         */
        default boolean endsQuickly() {
            return false;
        }

        /** The head came; the listener asks for the body by {@link UpstreamExchange#readOn()}. */
        void head(Head head);

        /** One network read; the bytes are valid until the call returns. */
        void bytes(Bytes read);

        /** The body ended cleanly. */
        void end();

        /** The exchange broke; {@code answered} tells whether a head had come. */
        void broken(Throwable cause, boolean answered);
    }

    private static final int MAX_DRAINED = 64 * 1024;

    /** So many reads in a row on the thread that looks after all connections; an answer that has more ready goes aside. */
    private static final int QUICK_READS = 4;

    private final Request request;
    private final Serial serial;
    private final Executor threads;
    private final Listener listener;
    private Content.@Nullable Source source;
    private final Openness openness = new Openness();
    private boolean answered;
    private boolean wanted;
    private boolean reading;
    private boolean demanded;
    private boolean draining;
    private int drained;
    private int readsLeft = Integer.MAX_VALUE;

    /**
     * Prepares an exchange.
     *
     * @param threads run everything but what is quick
     */
    UpstreamExchange(Request request, Serial serial, Executor threads, Listener listener) {
        this.request = request;
        this.serial = serial;
        this.threads = threads;
        this.listener = listener;
    }

    @Override
    public void send() {
        request.onResponseContentSource((response, content) -> {
                    if (listener.quick()) {
                        serial.executeQuickly(
                                () -> {
                                    readsLeft = QUICK_READS;
                                    onHead(response, content);
                                },
                                threads);
                    } else {
                        aside(() -> onHead(response, content));
                    }
                })
                .send(result -> {
                    if (result.isFailed()) {
                        Throwable cause = result.getFailure();
                        aside(() -> fail(cause));
                    }
                });
    }

    /** Jetty calls from the thread that looks after all connections. */
    private void aside(Runnable task) {
        threads.execute(() -> serial.execute(task));
    }

    @Override
    public void readOn() {
        wanted = true;
        read();
    }

    @Override
    public void cancel() {
        if (!openness.over()) {
            openness.end();
            request.abort(new AbandonedException());
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

    /**
     * Reads what little may be left and discards it, so that the connection can be used again; cuts the exchange when
     * it is more than little. Nothing more is delivered.
     */
    @Override
    public void release() {
        if (openness.over() || draining) {
            return;
        }
        if (source == null) {
            cancel();
            return;
        }
        draining = true;
        read();
    }

    private void onHead(Response response, Content.Source content) {
        if (openness.over()) {
            content.fail(new AbandonedException());
            return;
        }
        if (ProxyFailure.is(response.getStatus())) {
            ProxyFailure refused = ProxyFailure.credentials();
            content.fail(refused);
            fail(refused);
            return;
        }
        answered = true;
        source = content;
        listener.head(
                new Head(response.getStatus(), name -> response.getHeaders().get(name)));
    }

    /**
     * Reads what is wanted. A loop, because a listener asks for the next read in the middle of the present one, and a
     * body that is all there would otherwise be read in ever deeper calls.
     */
    private void read() {
        Content.Source content = source;
        if (content == null || reading || demanded) {
            return;
        }
        reading = true;
        try {
            while ((wanted || draining) && !openness.over()) {
                if (readsLeft-- <= 0) {
                    readsLeft = Integer.MAX_VALUE;
                    aside(this::read);
                    return;
                }
                Content.Chunk chunk = content.read();
                if (chunk == null) {
                    demanded = true;
                    demand(content);
                    return;
                }
                wanted = false;
                take(chunk);
            }
        } finally {
            reading = false;
        }
    }

    private void demand(Content.Source content) {
        if (listener.quick()) {
            Runnable readQuickly = () -> {
                demanded = false;
                readsLeft = QUICK_READS;
                read();
            };
            content.demand(
                    Invocable.from(InvocationType.NON_BLOCKING, () -> serial.executeQuickly(readQuickly, threads)));
        } else {
            content.demand(Invocable.from(
                    InvocationType.BLOCKING,
                    () -> serial.execute(() -> {
                        demanded = false;
                        readsLeft = Integer.MAX_VALUE;
                        read();
                    })));
        }
    }

    private void take(Content.Chunk chunk) {
        if (Content.Chunk.isFailure(chunk)) {
            Throwable cause = chunk.getFailure();
            fail(cause == null ? new IllegalStateException("the read failed") : cause);
            return;
        }
        boolean last = chunk.isLast();
        try {
            ByteBuffer buffer = chunk.getByteBuffer();
            if (draining) {
                drained += buffer.remaining();
            } else if (buffer.hasRemaining()) {
                listener.bytes(view(buffer));
            } else {
                wanted = true;
            }
        } finally {
            chunk.release();
        }
        if (last && !openness.over()) {
            openness.end();
            if (draining) {
                return;
            }
            if (listener.quick() && !listener.endsQuickly()) {
                aside(listener::end);
            } else {
                listener.end();
            }
        } else if (drained > MAX_DRAINED) {
            cancel();
        }
    }

    /** Returns a view of what is left in the buffer. */
    static Bytes view(ByteBuffer buffer) {
        if (buffer.hasArray()) {
            return Bytes.of(buffer.array(), buffer.arrayOffset() + buffer.position(), buffer.remaining());
        }
        byte[] copy = new byte[buffer.remaining()];
        buffer.get(copy);
        return Bytes.of(copy);
    }

    private void fail(Throwable cause) {
        if (!openness.over()) {
            openness.end();
            if (!draining) {
                listener.broken(cause, answered);
            }
        }
    }

    /** Marks an exchange we ended ourselves. */
    static final class AbandonedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        AbandonedException() {
            super("abandoned", null, false, false);
        }
    }
}
