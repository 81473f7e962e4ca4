package io.patchbay.relay.task;

import io.patchbay.spi.task.TaskRef;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A task at one moment. Immutable.
 *
 * @param checks how often it was asked for
 * @param version grows with every change of the state
 * @param finishedAt when it became final, {@code null} before
 */
public record Task(
        TaskOrigin origin,
        TaskState state,
        TaskBill bill,
        int checks,
        long version,
        Instant updatedAt,
        @Nullable Instant finishedAt) {
    /** Returns our id of it. */
    public String id() {
        return origin.id();
    }

    /** Returns whether nothing follows. */
    public boolean isFinal() {
        return state.phase().isFinal();
    }

    /** Returns it as its plugin knows it, or {@code null} while the upstream's id is not known. */
    public @Nullable TaskRef ref() {
        String upstreamId = state.upstreamId();
        return upstreamId == null ? null : new TaskRef(upstreamId, origin.action(), origin.model(), state.memo());
    }
}
