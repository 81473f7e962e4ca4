package io.patchbay.relay.openai;

import io.patchbay.accounts.Caller;
import io.patchbay.relay.overload.Entrance;
import io.patchbay.relay.overload.Place;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.io.IOException;
import java.io.InputStream;
import org.eclipse.jetty.ee11.servlet.ServletContextRequest;
import org.eclipse.jetty.server.Request;

/**
 * The way in of all model routes that do work: who calls, a place for the call, and its body, in this order, so that
 * nobody's body takes memory before it is known whose it is and that there is room. The place is free again when the
 * container has completed the request, however the call ends.
 */
final class Intake {
    private final Entrance entrance;
    private final long maxBytes;

    /**
     * Creates the way in.
     *
     * @param maxBytes the largest request body in bytes; half of what all bodies together may have bounds it too
     */
    Intake(Entrance entrance, long maxBytes) {
        this.entrance = entrance;
        this.maxBytes = Math.min(maxBytes, entrance.largestBody());
    }

    /** Who has come with which body. */
    @SuppressWarnings("ArrayRecordComponent") // Handed over, not kept and not compared.
    record Arrival(Caller caller, byte[] body) {}

    /**
     * Lets a request in.
     *
     * @throws io.patchbay.foundation.problem.Problem UNAUTHENTICATED, TOO_MANY or UNAVAILABLE by {@link Entrance}, TOO_LARGE,
     *     or TIMEOUT for a body that comes too slowly
     */
    Arrival receive(InputStream in, ContainerRequestContext request, HttpServletRequest servletRequest)
            throws IOException {
        Caller caller = RelayRequest.keyOwner(request);
        Place place = entrance.enter(caller.userId());
        // The servlet layer's own notice does not come when the answer was written beneath it.
        Request.addCompletionListener(
                ServletContextRequest.getServletContextRequest(servletRequest), failure -> place.close());
        return new Arrival(caller, RequestBody.read(in, request.getLength(), maxBytes, place));
    }
}
