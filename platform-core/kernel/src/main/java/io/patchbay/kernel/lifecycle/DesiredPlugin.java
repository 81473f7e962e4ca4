package io.patchbay.kernel.lifecycle;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the operator wants of a plugin: a row of table {@code plugin}.
 *
 * @param id the {@code Plugin-Id}
 * @param version the version that should run
 * @param fileName its jar, within the plugin's own folder
 * @param sha256 the jar's digest in lower-case hexadecimal
 * @param previousVersion the version a rollback leads to; null when there is none, and then the next two are null too
 * @param previousFile its jar
 * @param previousSha256 its jar's digest
 * @param enabled whether it should run
 * @param removed whether the operator removed it
 * @param origin who chose the version
 * @param canaryShare the share of new calls in percent; null means all
 * @param updatedAt when the row changed, to the millisecond
 */
record DesiredPlugin(
        String id,
        String version,
        String fileName,
        String sha256,
        @Nullable String previousVersion,
        @Nullable String previousFile,
        @Nullable String previousSha256,
        boolean enabled,
        boolean removed,
        Origin origin,
        @Nullable Integer canaryShare,
        Instant updatedAt) {

    /** Who chose a version. */
    enum Origin {
        /** It came with the distribution and follows it. */
        BUNDLED,
        /** The operator uploaded it or went back to it. */
        OPERATOR
    }

    /** One version of a plugin at rest. */
    record Version(String version, String fileName, String sha256) {}

    /** Returns the row of a plugin that was not there before. */
    static DesiredPlugin fresh(String id, Version version, Origin origin, Instant at) {
        return new DesiredPlugin(
                id,
                version.version(),
                version.fileName(),
                version.sha256(),
                null,
                null,
                null,
                true,
                false,
                origin,
                null,
                at);
    }

    /** Returns the version that should run. */
    Version current() {
        return new Version(version, fileName, sha256);
    }

    /** Returns the version a rollback leads to, or null. */
    @Nullable
    Version previous() {
        return previousVersion == null || previousFile == null || previousSha256 == null
                ? null
                : new Version(previousVersion, previousFile, previousSha256);
    }

    /** Returns the row with another version; the one of before becomes the previous one. */
    DesiredPlugin to(Version next, Origin by, Instant at) {
        boolean same = next.sha256().equals(sha256);
        return new DesiredPlugin(
                id,
                next.version(),
                next.fileName(),
                next.sha256(),
                same ? previousVersion : version,
                same ? previousFile : fileName,
                same ? previousSha256 : sha256,
                enabled,
                false,
                by,
                canaryShare,
                at);
    }

    /** Returns the row switched on or off. */
    DesiredPlugin enabled(boolean on, Instant at) {
        return new DesiredPlugin(
                id,
                version,
                fileName,
                sha256,
                previousVersion,
                previousFile,
                previousSha256,
                on,
                removed,
                origin,
                canaryShare,
                at);
    }

    /** Returns the row of a plugin that was removed. */
    DesiredPlugin removed(Instant at) {
        return new DesiredPlugin(id, version, fileName, sha256, null, null, null, false, true, origin, null, at);
    }
}
