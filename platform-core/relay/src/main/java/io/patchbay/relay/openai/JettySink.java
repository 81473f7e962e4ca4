package io.patchbay.relay.openai;

import io.patchbay.relay.call.ClientSink;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.eclipse.jetty.ee11.servlet.ServletContextRequest;
import org.eclipse.jetty.ee11.servlet.ServletContextResponse;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Writes to Jetty's own response beneath the servlet layer, chunk by chunk and without blocking. Jersey has received
 * and suspended the request; its output stream would block a thread per stream.
 */
final class JettySink implements ClientSink {
    private final AsyncContext async;
    private final ServletContextResponse response;
    private final Connection connection;
    private final Executor threads;
    private volatile @Nullable ClientWatch watch;

    JettySink(HttpServletRequest request, Map<String, String> headers) {
        this.async = request.getAsyncContext();
        // Time-outs are the relay's business, and they are stricter.
        async.setTimeout(0);
        ServletContextRequest received = ServletContextRequest.getServletContextRequest(request);
        this.response = received.getServletContextResponse();
        this.connection = received.getConnectionMetaData().getConnection();
        this.threads = received.getConnectionMetaData().getConnector().getExecutor();
        headers.forEach(response.getHeaders()::put);
    }

    @Override
    public void head(int status, Map<String, String> headers) {
        response.setStatus(status);
        headers.forEach(response.getHeaders()::put);
    }

    @Override
    public void watch(Runnable left) {
        watch = ClientWatch.begin(connection, left);
    }

    @Override
    public void abandon() {
        unwatch();
        // First, so that a client that reads on is not told that its answer has ended.
        connection.getEndPoint().close();
        try {
            async.complete();
        } catch (IllegalStateException e) {
            // The container has noticed first and completed it.
            return;
        }
    }

    private void unwatch() {
        ClientWatch watching = watch;
        if (watching != null) {
            watching.stop();
        }
    }

    @Override
    public void write(ByteBuffer bytes, boolean last, Runnable written, Runnable gone) {
        try {
            send(bytes, last, written, gone);
        } catch (IllegalStateException | NullPointerException e) {
            // The container has ended the request behind our back, as it does when it is stopped. Jetty 12.1.14 says so
            // by a NullPointerException when its stream is gone already.
            gone.run();
        }
    }

    private void send(ByteBuffer bytes, boolean last, Runnable written, Runnable gone) {
        if (last) {
            unwatch();
        }
        // Jetty itself tells the length of a whole answer. Told here, the servlet layer would miss what did not go
        // through it, and end each call with an exception.
        AfterWrite after = new AfterWrite(last, written, gone);
        response.write(last, bytes, after);
        after.returned();
    }

    /**
     * What follows a write. Most are done when they return, and the answer goes on where it is: to leave it to Jetty on which
     * thread ({@code InvocationType.BLOCKING}) costs a quarter of a chunk. After one that had to wait, this is told on the
     * server's selecting thread, where neither counting nor a plugin may go on.
     */
    private final class AfterWrite implements Callback {
        private final boolean last;
        private final Runnable written;
        private final Runnable gone;

        /** The thread that is inside of the write, seen by itself; others see that they are not it. */
        private volatile @Nullable Thread inside = Thread.currentThread();

        AfterWrite(boolean last, Runnable written, Runnable gone) {
            this.last = last;
            this.written = written;
            this.gone = gone;
        }

        void returned() {
            inside = null;
        }

        @Override
        public void succeeded() {
            goOn(() -> {
                if (last) {
                    async.complete();
                }
                written.run();
            });
        }

        @Override
        public void failed(Throwable cause) {
            unwatch();
            goOn(() -> {
                try {
                    async.complete();
                } catch (IllegalStateException e) {
                    // The container has noticed first and completed it; nothing is left to do.
                    gone.run();
                    return;
                }
                gone.run();
            });
        }

        private void goOn(Runnable next) {
            if (Thread.currentThread() == inside) {
                next.run();
                return;
            }
            try {
                threads.execute(next);
            } catch (RejectedExecutionException e) {
                // The server is being stopped. An answer that ends on the wrong thread is better than one that never
                // does.
                next.run();
            }
        }

        @Override
        public InvocationType getInvocationType() {
            return InvocationType.NON_BLOCKING;
        }
    }
}
