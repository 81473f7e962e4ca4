package io.patchbay.relay.exchange;

import io.patchbay.spi.Bytes;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.FrameHandler;
import org.eclipse.jetty.websocket.core.client.CoreClientUpgradeRequest;
import org.eclipse.jetty.websocket.core.client.WebSocketCoreClient;
import org.jspecify.annotations.Nullable;

/**
 * The request that opens a socket. When it is answered with something else than 101, the answer is read, its body up to
 * {@link Collected#ERROR_LIMIT} bytes.
 */
final class SocketHandshake extends CoreClientUpgradeRequest implements Response.Listener {
    /** Takes what comes of a handshake that opens no socket; called by any thread, once. */
    interface Outcome {
        /** The upstream answered with something else than 101. The bytes are the receiver's own. */
        void refused(Head head, Bytes body);

        /** The upstream could not be reached, or, when it {@code switched}, agreed in a way RFC 6455 does not allow. */
        void failed(Throwable cause, boolean switched);
    }

    private static final int SWITCHING = 101;

    private final FrameHandler frames;
    private final Outcome outcome;
    private final Collected body = new Collected(Collected.ERROR_LIMIT);
    private @Nullable CompletableFuture<CoreSession> sent;

    SocketHandshake(WebSocketCoreClient client, URI address, FrameHandler frames, Outcome outcome) {
        super(client, address);
        this.frames = frames;
        this.outcome = outcome;
    }

    /** Sends it; called once. */
    void start() {
        sent = sendAsync();
    }

    /** Gives it up; without effect on a socket that is open. */
    void cancel() {
        CompletableFuture<CoreSession> future = sent;
        if (future != null) {
            future.completeExceptionally(new UpstreamExchange.AbandonedException());
        }
    }

    @Override
    public FrameHandler getFrameHandler() {
        return frames;
    }

    @Override
    public void onContent(Response response, ByteBuffer content) {
        body.add(UpstreamExchange.view(content));
        if (body.overflowed()) {
            response.abort(new UpstreamExchange.AbandonedException());
        }
    }

    @Override
    public void onComplete(Result result) {
        Response response = result.getResponse();
        int status = response == null ? 0 : response.getStatus();
        if (ProxyFailure.is(status)) {
            outcome.failed(ProxyFailure.credentials(), false);
            return;
        }
        if (response != null && status > SWITCHING) {
            outcome.refused(new Head(status, name -> response.getHeaders().get(name)), body.view());
            return;
        }
        Throwable cause = result.getFailure();
        outcome.failed(
                cause == null ? new IllegalStateException("the handshake was not answered") : cause,
                status == SWITCHING);
    }
}
