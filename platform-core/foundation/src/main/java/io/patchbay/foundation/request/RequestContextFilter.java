package io.patchbay.foundation.request;

import io.patchbay.foundation.ids.RequestId;
import jakarta.annotation.Priority;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.ext.Provider;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Gives each request an id and finds its client's address, before anything else runs.
 *
 * <p>The id is always made here: a client's own {@code x-request-id} must not choose the key under which a call is paid.
 * It is in the diagnostic context while the request's thread works and in the answer's {@code x-request-id}.
 */
@Provider
@PreMatching
@Priority(RequestContextFilter.PRIORITY)
public final class RequestContextFilter implements ContainerRequestFilter, ContainerResponseFilter {
    /** Before every other filter. */
    public static final int PRIORITY = 100;

    /** The response header that carries the request id. */
    public static final String HEADER = "x-request-id";

    private static final String MDC_KEY = "request";

    private static final Logger log = LoggerFactory.getLogger(RequestContextFilter.class);

    private final AtomicBoolean hinted = new AtomicBoolean();
    private final ClientAddress clientAddress;
    private final Function<ContainerRequestContext, String> peer;

    /**
     * Creates the filter.
     *
     * @param peer returns the address of the other end of the connection
     */
    public RequestContextFilter(ClientAddress clientAddress, Function<ContainerRequestContext, String> peer) {
        this.clientAddress = clientAddress;
        this.peer = peer;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        String id = RequestId.next();
        request.setProperty(RequestContext.ID, id);
        MDC.put(MDC_KEY, id);
        List<String> forwarded = request.getHeaders().getOrDefault("X-Forwarded-For", List.of());
        String nearest = peer.apply(request);
        if (!forwarded.isEmpty() && !clientAddress.isTrusted(nearest) && hinted.compareAndSet(false, true)) {
            log.info(
                    "{} sends X-Forwarded-For and is not believed; if it is your proxy, name it in server.trusted_proxies",
                    nearest);
        }
        request.setProperty(RequestContext.ADDRESS, clientAddress.resolve(nearest, forwarded));
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        response.getHeaders().putSingle(HEADER, RequestContext.id(request));
        MDC.remove(MDC_KEY);
    }
}
