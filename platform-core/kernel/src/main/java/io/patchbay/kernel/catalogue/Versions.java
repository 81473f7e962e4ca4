package io.patchbay.kernel.catalogue;

import org.pf4j.DefaultVersionManager;
import org.pf4j.VersionManager;

/**
 * Semantic versions and ranges of them, as PF4J compares them.
 *
 * <p>Stateless and safe for many threads.
 */
public final class Versions {
    private final VersionManager pf4j = new DefaultVersionManager();

    /** Returns whether the text is a semantic version. */
    public boolean valid(String version) {
        try {
            return pf4j.compareVersions(version, version) == 0;
        } catch (RuntimeException e) {
            return false;
        }
    }

    /** Returns whether a valid version is a trial that may be replaced under the same name, for example {@code 1.2.0-dev}. */
    public boolean preRelease(String version) {
        return withoutBuild(version).contains("-");
    }

    /** Returns whether the first of two valid versions is newer than the second. */
    public boolean newer(String version, String than) {
        return pf4j.compareVersions(version, than) > 0;
    }

    /**
     * Returns whether a version is within a range.
     *
     * <p>A bare {@code x.y.z} means that version or a newer one. A version under development counts as the release it leads to:
     * by the letter of the rules {@code 1.0.0-SNAPSHOT} would be older than {@code 1.0.0} and fit nothing that was written for it.
     *
     * @throws IllegalArgumentException when the range is no version expression
     */
    public boolean within(String version, String range) {
        String wanted = range.strip();
        if (wanted.isEmpty() || wanted.equals("*")) {
            return true;
        }
        if (valid(wanted)) {
            wanted = ">=" + wanted;
        }
        String build = withoutBuild(version);
        int dash = build.indexOf('-');
        try {
            return pf4j.checkVersionConstraint(dash < 0 ? build : build.substring(0, dash), wanted);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("'" + range + "' is no version expression such as >=1.2.0 & <2.0.0", e);
        }
    }

    private static String withoutBuild(String version) {
        int plus = version.indexOf('+');
        return plus < 0 ? version : version.substring(0, plus);
    }
}
