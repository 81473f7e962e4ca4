package io.patchbay.kernel.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.patchbay.kernel.ObservedState;
import io.patchbay.kernel.PluginStatus;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A plugin as the console reads it: {@link PluginStatus} with what was asked for apart from what is so. */
@JsonInclude(JsonInclude.Include.ALWAYS)
record PluginView(
        String id,
        String name,
        String description,
        String provider,
        String license,
        String requires,
        List<String> dependencies,
        Desired desired,
        Observed observed,
        List<PluginStatus.Provided> provides,
        int leases,
        List<PluginStatus.Draining> draining,
        List<PluginStatus.Uncollected> uncollected,
        @Nullable String cause) {

    /** What was asked for; the version is null for a bundled plugin that was refused. */
    record Desired(
            @Nullable String version,
            boolean enabled,
            boolean bundled,
            @Nullable String previousVersion,
            @Nullable Instant updatedAt) {}

    /** What is so on this node. */
    record Observed(ObservedState state, @Nullable String version, long generation, int lent) {}

    static PluginView of(PluginStatus status) {
        return new PluginView(
                status.id(),
                status.name(),
                status.description(),
                status.provider(),
                status.license(),
                status.requires(),
                status.dependencies(),
                new Desired(
                        status.desiredVersion(),
                        status.enabled(),
                        status.bundled(),
                        status.previousVersion(),
                        status.updatedAt()),
                new Observed(status.observed(), status.observedVersion(), status.generation(), status.lent()),
                status.provides(),
                status.leases(),
                status.draining(),
                status.uncollected(),
                status.cause());
    }
}
