package io.patchbay.relay.openai;

import io.patchbay.relay.call.ClientSink;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.ByteBuffer;
import java.util.Map;
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
    private volatile @Nullable ClientWatch watch;

    JettySink(HttpServletRequest request, Map<String, String> headers) {
        this.async = request.getAsyncContext();
        // Time-outs are the relay's business, and they are stricter.
        async.setTimeout(0);
        ServletContextRequest received = ServletContextRequest.getServletContextRequest(request);
        this.response = received.getServletContextResponse();
        this.connection = received.getConnectionMetaData().getConnection();
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
        response.write(last, bytes, new Callback() {
            @Override
            public void succeeded() {
                if (last) {
                    async.complete();
                }
                written.run();
            }

            @Override
            public void failed(Throwable cause) {
                unwatch();
                try {
                    async.complete();
                } catch (IllegalStateException e) {
                    // The container has noticed first and completed it; nothing is left to do.
                    gone.run();
                    return;
                }
                gone.run();
            }

            @Override
            public InvocationType getInvocationType() {
                // After a write that had to wait, the answer goes on, maybe with a plugin: not on the selecting thread.
                return InvocationType.BLOCKING;
            }
        });
    }
}
