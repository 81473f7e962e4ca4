package io.patchbay.foundation.config;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where plugins live and how patient their swaps are.
 *
 * @param folder the operator's plugins, created when missing
 * @param bundled the plugins shipped with the program, read only; null when there are none
 * @param drainTimeout how long a retired plugin may finish its calls
 * @param probeTimeout how long a new plugin may take to answer its first question
 */
public record PluginsConfig(Path folder, @Nullable Path bundled, Duration drainTimeout, Duration probeTimeout) {

    static PluginsConfig from(Path home, ConfigSource source) {
        // The start script sets the variable, because only it knows where the program was unpacked.
        String property = System.getProperty("patchbay.bundled_plugins", "");
        String bundled = source.text("patchbay.bundled_plugins", property);
        return new PluginsConfig(
                home.resolve(source.text("plugins.folder", "plugins")),
                bundled.isEmpty() ? null : Path.of(bundled),
                source.duration(
                        "plugins.drain_timeout", Duration.ofMinutes(10), Duration.ofSeconds(1), Duration.ofHours(24)),
                source.duration(
                        "plugins.probe_timeout",
                        Duration.ofSeconds(10),
                        Duration.ofMillis(100),
                        Duration.ofMinutes(10)));
    }
}
