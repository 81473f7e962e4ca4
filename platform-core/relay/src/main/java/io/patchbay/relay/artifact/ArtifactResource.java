package io.patchbay.relay.artifact;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/** {@code GET /api/artifacts/{name}}: gives out what is kept or promised, to whoever knows the name. */
@Path("/artifacts")
public final class ArtifactResource {
    private final ArtifactDelivery delivery;

    /** Creates the resource. */
    public ArtifactResource(ArtifactDelivery delivery) {
        this.delivery = delivery;
    }

    /** Returns one file, or the part of it that is asked for. */
    @GET
    @Path("/{name}")
    public Response get(@PathParam("name") String name, @Context ContainerRequestContext request) {
        return delivery.answer(name, request::getHeaderString);
    }
}
