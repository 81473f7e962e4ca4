package io.patchbay.kernel;

import java.time.Instant;

/**
 * One step in the life of a plugin.
 *
 * @param sequence grows by one per event of this process, from 1
 * @param at when it happened
 * @param plugin the {@code Plugin-Id}
 * @param version the {@code Plugin-Version}
 * @param phase which step
 * @param generation the generation's number; 0 before there is one
 * @param leases live calls on that generation at that time
 * @param millis how long the step took, in milliseconds; 0 where that has no meaning
 * @param text one sentence for people
 */
public record PluginEvent(
        long sequence,
        Instant at,
        String plugin,
        String version,
        Phase phase,
        long generation,
        int leases,
        long millis,
        String text) {

    /** The steps of a plugin's life. */
    public enum Phase {
        /** A jar was found or uploaded, read and checked. */
        FOUND,
        /** Its classes are wired to the host's packages. */
        RESOLVED,
        /** Its services exist and were probed. */
        STARTED,
        /** It took the place of another generation. */
        REPLACED,
        /** A retired generation came back before its last call had ended. */
        RESTORED,
        /** New calls go elsewhere; running ones are waited for. */
        DRAINING,
        /** The last running call has ended. */
        DRAINED,
        /** The bundle was stopped and uninstalled. */
        STOPPED,
        /** Its class loader was collected. */
        COLLECTED,
        /** The operator switched it off. */
        DISABLED,
        /** The operator removed it. */
        REMOVED,
        /** It was refused, or could not be started or stopped. */
        FAILED
    }
}
