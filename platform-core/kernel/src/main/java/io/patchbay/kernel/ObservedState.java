package io.patchbay.kernel;

/** What a plugin really does on this node, as opposed to what the operator asked for. */
public enum ObservedState {
    /** Its jar is stored; nothing was loaded yet. */
    INSTALLED,
    /** Its classes are wired; its services were not started yet. */
    RESOLVED,
    /** New calls reach it. */
    ACTIVE,
    /** New calls do not reach it; calls that began earlier are still running. */
    DRAINING,
    /** It should run and does not; the cause says why. */
    FAILED,
    /** It was switched off and is at rest. */
    DISABLED
}
