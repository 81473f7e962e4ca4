package io.patchbay.relay.artifact;

import io.patchbay.foundation.problem.Problem;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.io.File;

/**
 * {@code GET /api/artifacts/{name}}: gives out what is kept, to whoever knows the name. A file never changes, so
 * browsers may keep it; it is neither guessed at nor run.
 */
@Path("/artifacts")
public final class ArtifactResource {
    private final Artifacts artifacts;

    /** Creates the resource. */
    public ArtifactResource(Artifacts artifacts) {
        this.artifacts = artifacts;
    }

    /** Returns one file. */
    @GET
    @Path("/{name}")
    public Response get(@PathParam("name") String name) {
        Artifacts.Found found = artifacts.find(name).orElseThrow(() -> Problem.notFound("there is no such file"));
        File file = found.file().toFile();
        return Response.ok(file, found.contentType())
                .header("Content-Length", found.bytes())
                .header("X-Content-Type-Options", "nosniff")
                .header("Content-Disposition", "inline")
                .header("Content-Security-Policy", "default-src 'none'")
                .header("Cache-Control", "private, max-age=31536000, immutable")
                .build();
    }
}
