package io.patchbay.kernel;

/** Why the kernel refused a plugin or a change to one. Names are stable; clients may branch on them. */
public enum RejectionCode {
    /** The file is no readable jar, or no jar that can be a plugin. */
    NOT_A_PLUGIN,
    /** The file, its unpacked size or its number of entries is over the bounds. */
    TOO_LARGE,
    /** The manifest has no {@code Plugin-Id}. */
    NO_ID,
    /** The {@code Plugin-Id} has characters that are not allowed. */
    BAD_ID,
    /** The {@code Plugin-Version} is missing or no semantic version. */
    BAD_VERSION,
    /** The jar carries classes of a package that the host provides. */
    EMBEDS_HOST_PACKAGE,
    /** The platform or another plugin is missing or has the wrong version. */
    REQUIRES,
    /** Another plugin needs the one that was to change. */
    NEEDED_BY,
    /** Packages or capabilities that the jar imports are not provided by the host. */
    UNRESOLVED,
    /** The bundle's activator failed. */
    START_FAILED,
    /** A constructor or activation method of a service failed. */
    CONSTRUCTOR_FAILED,
    /** The jar starts, yet offers no service the platform knows. */
    NO_SERVICE,
    /** A service could not say what it is, or says something unusable. */
    PROBE_FAILED,
    /** Starting or probing took longer than the limit. */
    PROBE_TIMEOUT,
    /** Another plugin, or the same jar twice, provides the same id. */
    DUPLICATE_PROVIDED_ID,
    /** The version is installed already, with other content. */
    SAME_VERSION_DIFFERENT_CONTENT,
    /** The stored jar is missing or was changed on disk. */
    FILE_MISSING,
    /** There is no plugin with that id. */
    UNKNOWN_PLUGIN,
    /** There is no draining generation to go back to. */
    NOTHING_TO_UNDO,
    /** There is no previous version to go back to. */
    NOTHING_TO_ROLL_BACK,
    /** The kernel is stopping. */
    STOPPING
}
