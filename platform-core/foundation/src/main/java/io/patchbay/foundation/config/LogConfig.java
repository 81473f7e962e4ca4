package io.patchbay.foundation.config;

import java.util.Locale;
import java.util.Set;

/**
 * What is logged where.
 *
 * @param console whether lines go to standard output besides the file
 * @param level one of {@code ERROR}, {@code WARN}, {@code INFO}, {@code DEBUG}, {@code TRACE}
 */
public record LogConfig(boolean console, String level) {
    private static final Set<String> LEVELS = Set.of("ERROR", "WARN", "INFO", "DEBUG", "TRACE");

    /** Reads {@code log.ignore_console} and {@code log.level}. */
    public static LogConfig from(ConfigSource source) {
        String level = source.text("log.level", "INFO").toUpperCase(Locale.ROOT);
        if (!LEVELS.contains(level)) {
            // Other programs use LOG_LEVEL too, with words of their own, so this must not keep us from starting.
            source.warn("log.level: expected ERROR, WARN, INFO, DEBUG or TRACE, found \"" + level + "\"; INFO is used");
            level = "INFO";
        }
        return new LogConfig(!source.flag("log.ignore_console", false), level);
    }
}
