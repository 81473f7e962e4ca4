package io.patchbay.relay.artifact;

import io.patchbay.spi.Fault;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Whoever gave out names of files that are still to come, and can bring those files. Safe for many threads. */
public interface PromisedFiles {
    /**
     * Has a promised file brought, or joins whoever brings it already. Blocks on the database, not on the file.
     *
     * @return empty when nobody promised a file of that name; else completes when the file is there, with the fault
     *     when it could not be had this time; never fails
     */
    Optional<CompletableFuture<Optional<Fault>>> bring(String name);
}
