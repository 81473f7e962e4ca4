package io.patchbay.relay.task;

import io.patchbay.spi.task.Artifact;
import org.jspecify.annotations.Nullable;

/** A row of table {@code task_product}; times are epoch milliseconds. */
record ProductRow(
        String name,
        String taskId,
        String kind,
        String reference,
        @Nullable String contentType,
        long createdAt,
        @Nullable Long fetchedAt) {
    /** Returns the product as its plugin told it. */
    Artifact product() {
        return Artifact.atUpstream(kind, reference, contentType);
    }
}
