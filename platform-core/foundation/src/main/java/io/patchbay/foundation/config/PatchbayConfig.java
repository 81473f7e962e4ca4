package io.patchbay.foundation.config;

import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All that an operator configures outside the console.
 *
 * @param home the folder that holds configuration, data, plugins and logs
 */
public record PatchbayConfig(
        Path home,
        ServerConfig server,
        DatabaseConfig database,
        RedisConfig redis,
        SecurityConfig security,
        PluginsConfig plugins,
        RelayConfig relay,
        LimitsConfig limits) {
    private static final Logger log = LoggerFactory.getLogger(PatchbayConfig.class);

    /** Keys of the original product that have no meaning here. */
    private static final List<String> WITHOUT_EFFECT =
            List.of("debug", "auth.use_deeptrain", "auth.endpoint", "auth.access", "auth.salt", "auth.sign");

    /**
     * Reads everything, logs what is odd, and makes the secret file on the first start.
     *
     * @throws ConfigException with all mistakes at once
     */
    public static PatchbayConfig from(Path home, ConfigSource source) {
        LogConfig.from(source);
        WITHOUT_EFFECT.forEach(source::tolerate);
        PatchbayConfig config = new PatchbayConfig(
                home,
                ServerConfig.from(source),
                DatabaseConfig.from(home, source),
                RedisConfig.from(source),
                SecurityConfig.from(home, source),
                PluginsConfig.from(home, source),
                RelayConfig.from(source),
                LimitsConfig.from(source));
        source.throwIfMistaken();
        source.warnings().forEach(warning -> log.warn("configuration: {}", warning));
        if (!source.seedSections().isEmpty()) {
            log.info(
                    "configuration: the sections {} are ignored; their home is the database now",
                    String.join(", ", source.seedSections()));
        }
        return config;
    }
}
