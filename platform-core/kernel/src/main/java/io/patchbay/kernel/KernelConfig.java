package io.patchbay.kernel;

import static java.util.Objects.requireNonNull;

import io.patchbay.foundation.config.PatchbayConfig;
import io.patchbay.kernel.catalogue.JarLimits;
import io.patchbay.kernel.catalogue.Versions;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the kernel is told at its start.
 *
 * @param cache a folder for derived data; may be emptied while nothing runs
 * @param folder where plugin jars are kept
 * @param bundled a folder of jars that come with the distribution; null when there is none
 * @param drainTimeout how long calls on a retired generation may go on before they are cut
 * @param probeTimeout how long starting and probing a plugin may take
 * @param stopTimeout how long stopping a plugin is waited for
 * @param platformVersion this program's version, a semantic version
 * @param publicUrl where the world reaches this server; null when unknown
 * @param limits how large a plugin may be
 */
public record KernelConfig(
        Path cache,
        Path folder,
        @Nullable Path bundled,
        Duration drainTimeout,
        Duration probeTimeout,
        Duration stopTimeout,
        String platformVersion,
        @Nullable String publicUrl,
        JarLimits limits) {

    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);

    public KernelConfig {
        requireNonNull(cache, "cache is null");
        requireNonNull(folder, "folder is null");
        requireNonNull(limits, "limits is null");
        if (!new Versions().valid(platformVersion)) {
            throw new IllegalArgumentException(
                    "the platform version has to be a semantic version such as 1.2.0, found '" + platformVersion + "'");
        }
    }

    /**
     * Takes what the operator configured.
     *
     * @param platformVersion this program's version, a semantic version
     * @param publicUrl where the world reaches this server; null when unknown
     */
    public static KernelConfig of(PatchbayConfig config, String platformVersion, @Nullable String publicUrl) {
        return new KernelConfig(
                config.home().resolve("cache"),
                config.plugins().folder(),
                config.plugins().bundled(),
                config.plugins().drainTimeout(),
                config.plugins().probeTimeout(),
                STOP_TIMEOUT,
                platformVersion,
                publicUrl,
                JarLimits.DEFAULT);
    }
}
