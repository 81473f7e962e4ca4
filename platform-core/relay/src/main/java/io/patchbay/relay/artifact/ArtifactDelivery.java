package io.patchbay.relay.artifact;

import io.patchbay.foundation.problem.Problem;
import io.patchbay.spi.Fault;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Gives files out, also those that are only promised: their clients wait while they are brought. Blocks; safe for many
 * threads.
 */
public final class ArtifactDelivery {
    /** Proxies in front of a site give up after a minute. */
    private static final Duration PATIENCE = Duration.ofSeconds(50);

    private final Artifacts artifacts;
    private final PromisedFiles promised;
    private final Duration patience;

    /** Creates a delivery. */
    public ArtifactDelivery(Artifacts artifacts, PromisedFiles promised) {
        this(artifacts, promised, PATIENCE);
    }

    /**
     * Creates a delivery.
     *
     * @param patience how long a client waits for a promised file
     */
    ArtifactDelivery(Artifacts artifacts, PromisedFiles promised, Duration patience) {
        this.artifacts = artifacts;
        this.promised = promised;
        this.patience = patience;
    }

    /**
     * Returns the answer to a request for the file of that name, whole or in the part that is asked for.
     *
     * @param header looks up a header of the request
     * @throws Problem NOT_FOUND when there is no such name, UPSTREAM when a promised file could not be had this time,
     *     UNAVAILABLE when it is still on its way
     */
    public Response answer(String name, Function<String, @Nullable String> header) {
        Artifacts.Found there = artifacts.find(name).orElse(null);
        if (there == null) {
            CompletableFuture<Optional<Fault>> bringing =
                    promised.bring(name).orElseThrow(ArtifactDelivery::noSuchFile);
            await(bringing);
            there = artifacts.find(name).orElseThrow(ArtifactDelivery::noSuchFile);
        }
        return FileAnswer.of(there, header);
    }

    private static Problem noSuchFile() {
        return Problem.notFound("there is no such file");
    }

    private void await(CompletableFuture<Optional<Fault>> bringing) {
        Optional<Fault> fault;
        try {
            fault = bringing.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new Problem(
                    Problem.Kind.UNAVAILABLE,
                    "the file is on its way from the upstream; ask again in a moment",
                    Map.of("code", "not_ready"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.unavailable("the server is stopping");
        } catch (ExecutionException e) {
            throw new IllegalStateException("a promised file was brought in an unexpected way", e.getCause());
        }
        if (fault.isPresent()) {
            throw new Problem(
                    Problem.Kind.UPSTREAM,
                    "the upstream did not hand the file out; ask again later, as long as the upstream keeps it",
                    Map.of("code", "product_unavailable"));
        }
    }
}
