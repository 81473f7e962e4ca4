package io.patchbay.foundation.request;

import io.patchbay.foundation.ids.RequestId;
import jakarta.ws.rs.container.ContainerRequestContext;

/** What {@link RequestContextFilter} found out about a request. */
public final class RequestContext {
    static final String ID = "patchbay.request.id";
    static final String ADDRESS = "patchbay.client.address";

    private RequestContext() {}

    /** Returns the id of a request; one is made when the filter did not run. */
    public static String id(ContainerRequestContext request) {
        if (request.getProperty(ID) instanceof String id) {
            return id;
        }
        String id = RequestId.next();
        request.setProperty(ID, id);
        return id;
    }

    /** Returns the address of the client, or an empty text when the filter did not run. */
    public static String clientAddress(ContainerRequestContext request) {
        return request.getProperty(ADDRESS) instanceof String address ? address : "";
    }
}
