package io.patchbay.kernel;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One plugin as an operator sees it: what was asked for, and what is so on this node.
 *
 * @param id the {@code Plugin-Id}
 * @param name a name for people; the id when the jar states none
 * @param description one sentence; may be empty
 * @param provider who made it; may be empty
 * @param license its licence; may be empty
 * @param requires the platform versions it wants, as a version expression
 * @param dependencies other plugins it wants, as {@code id@range}
 * @param desiredVersion the version that should run; null for a bundled plugin that was refused
 * @param enabled whether it should run
 * @param bundled whether the version was chosen by the distribution and not by the operator
 * @param previousVersion the version a rollback leads to
 * @param observed what it does
 * @param observedVersion the version new calls reach
 * @param generation the generation new calls reach; 0 when none
 * @param leases live calls on that generation
 * @param provides what it offers to new calls
 * @param draining older generations with calls that still run, oldest first
 * @param uncollected stopped generations whose classes the JVM has not collected yet, oldest first
 * @param lent host services it holds now
 * @param cause why it does not run, or why its last change was refused
 * @param updatedAt when the desired state changed; null when there is none
 */
public record PluginStatus(
        String id,
        String name,
        String description,
        String provider,
        String license,
        String requires,
        List<String> dependencies,
        @Nullable String desiredVersion,
        boolean enabled,
        boolean bundled,
        @Nullable String previousVersion,
        ObservedState observed,
        @Nullable String observedVersion,
        long generation,
        int leases,
        List<Provided> provides,
        List<Draining> draining,
        List<Uncollected> uncollected,
        int lent,
        @Nullable String cause,
        @Nullable Instant updatedAt) {

    public PluginStatus {
        dependencies = List.copyOf(dependencies);
        provides = List.copyOf(provides);
        draining = List.copyOf(draining);
        uncollected = List.copyOf(uncollected);
    }

    /**
     * A service offered to new calls.
     *
     * @param kind the simple name of its interface, for example {@code ChannelType}
     * @param id its id within the kind
     */
    public record Provided(String kind, String id) {}

    /**
     * A retired generation that still has calls.
     *
     * @param version its version
     * @param generation its number
     * @param leases calls still running
     * @param since when it was retired
     */
    public record Draining(String version, long generation, int leases, Instant since) {}

    /**
     * A stopped generation whose class loader is still in memory; ordinary for a while, suspicious for hours.
     *
     * @param version its version
     * @param generation its number
     * @param since when it was stopped
     */
    public record Uncollected(String version, long generation, Instant since) {}
}
