package io.patchbay.foundation.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The merged tree of what an operator configured, and the list of mistakes found while reading it.
 *
 * <p>Keys are dotted and lower-case ({@code mysql.host}); a file may write them in any case. For each key that is asked
 * for, the environment variable of the same name ({@code MYSQL_HOST}) wins over the file; an empty variable counts as
 * absent. Variables that nobody asks for are never looked at.
 *
 * <p>A getter never throws for a bad value: it notes the mistake and returns the fallback, so that {@link
 * #throwIfMistaken()} can report all mistakes at once. Confined to the thread that starts the program.
 */
public final class ConfigSource {
    private final ConfigFile file;
    private final Map<String, String> environment;
    private final Set<String> asked = new LinkedHashSet<>();
    private final List<String> mistakes = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    private ConfigSource(ConfigFile file, Map<String, String> environment) {
        this.file = file;
        this.environment = Map.copyOf(environment);
        mistakes.addAll(file.mistakes());
    }

    /**
     * Reads {@code home/config/config.yaml}; a missing file is an empty one.
     *
     * @param environment usually {@link System#getenv()}
     */
    public static ConfigSource load(Path home, Map<String, String> environment) {
        return new ConfigSource(ConfigFile.read(home.resolve("config").resolve("config.yaml")), environment);
    }

    /** Returns a source over dotted keys, without any environment. */
    public static ConfigSource of(Map<String, String> flat) {
        return new ConfigSource(ConfigFile.of(flat), Map.of());
    }

    /** Returns a source over dotted keys and an environment. */
    public static ConfigSource of(Map<String, String> flat, Map<String, String> environment) {
        return new ConfigSource(ConfigFile.of(flat), environment);
    }

    /** Returns the environment variable that overrides a key, for example {@code MYSQL_HOST} for {@code mysql.host}. */
    public static String variable(String key) {
        return key.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
    }

    /** Returns the text of a key, trimmed, or the fallback when it is absent or empty. */
    public String text(String key, String fallback) {
        Found found = find(key);
        if (found == null) {
            return fallback;
        }
        if (found.value() instanceof List<?>) {
            complain(key, "expected one value, found a list");
            return fallback;
        }
        return found.text();
    }

    /** Returns the text of a key whose value must never be shown; empty when it is absent. */
    public Optional<String> secret(String key) {
        String value = text(key, "");
        return value.isEmpty() ? Optional.empty() : Optional.of(value);
    }

    /** Returns whether the file or the environment gives a non-empty value for a key. */
    public boolean has(String key) {
        return find(key) != null;
    }

    /** Returns a whole number from {@code min} to {@code max}, both included. */
    public int integer(String key, int fallback, int min, int max) {
        String value = text(key, "");
        if (value.isEmpty() || isContainerLink(key, value)) {
            return fallback;
        }
        try {
            int number = Integer.parseInt(value);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Falls through to the complaint, which says the same for words and for numbers out of range.
        }
        complain(key, "expected a whole number from " + min + " to " + max + ", found \"" + value + "\"");
        return fallback;
    }

    /** Returns true or false; {@code yes/no}, {@code on/off} and {@code 1/0} are understood too. */
    public boolean flag(String key, boolean fallback) {
        String value = text(key, "");
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "" -> fallback;
            case "true", "yes", "on", "1", "t", "y" -> true;
            case "false", "no", "off", "0", "f", "n" -> false;
            default -> {
                complain(key, "expected true or false, found \"" + value + "\"");
                yield fallback;
            }
        };
    }

    /** Returns a duration such as {@code 30s}, {@code 500 ms}, {@code 10 min}, {@code 2h}; a bare number means seconds. */
    public Duration duration(String key, Duration fallback, Duration min, Duration max) {
        String value = text(key, "");
        if (value.isEmpty()) {
            return fallback;
        }
        Optional<Duration> parsed = Units.duration(value);
        if (parsed.isPresent()
                && parsed.get().compareTo(min) >= 0
                && parsed.get().compareTo(max) <= 0) {
            return parsed.get();
        }
        complain(
                key,
                "expected a duration from " + Units.text(min) + " to " + Units.text(max)
                        + " (such as 30s, 10min or a number of seconds), found \"" + value + "\"");
        return fallback;
    }

    /** Returns a number of bytes such as {@code 32MiB}, {@code 500 KB} or a bare number. */
    public long bytes(String key, long fallback, long min, long max) {
        String value = text(key, "");
        if (value.isEmpty()) {
            return fallback;
        }
        Optional<Long> parsed = Units.bytes(value);
        if (parsed.isPresent() && parsed.get() >= min && parsed.get() <= max) {
            return parsed.get();
        }
        complain(key, "expected a size from " + min + " to " + max + " bytes (such as 32MiB), found \"" + value + "\"");
        return fallback;
    }

    /** Returns the entries of a YAML list, or of a text split on commas and white space; never null, without blanks. */
    public List<String> list(String key) {
        Found found = find(key);
        if (found == null) {
            return List.of();
        }
        Stream<String> raw =
                found.value() instanceof List<?> list ? list.stream().map(String::valueOf) : Stream.of(found.text());
        return raw.flatMap(entry -> Stream.of(entry.split("[,\\s]+")))
                .filter(entry -> !entry.isEmpty())
                .toList();
    }

    /**
     * Notes a mistake about a key.
     *
     * @param problem what was expected and what was found, without a secret; where it came from is added
     */
    public void complain(String key, String problem) {
        String origin = origin(key);
        mistakes.add(key + ": " + problem + (origin.isEmpty() ? "" : " (" + origin + ")"));
    }

    /** Notes something odd that does not keep the program from starting. */
    public void warn(String text) {
        if (!warnings.contains(text)) {
            warnings.add(text);
        }
    }

    /**
     * Throws when anything was wrong with what was read so far.
     *
     * @throws ConfigException with all mistakes
     */
    public void throwIfMistaken() {
        if (!mistakes.isEmpty()) {
            throw new ConfigException(mistakes);
        }
    }

    /** Returns the warnings noted so far, among them one for each key in the file that nobody asked for. */
    public List<String> warnings() {
        List<String> all = new ArrayList<>(warnings);
        for (String key : file.values().keySet()) {
            if (!asked.contains(key)) {
                all.add("unknown key " + key + Units.suggestion(key, asked) + " is ignored (" + file.name() + ")");
            }
        }
        return List.copyOf(all);
    }

    /** Returns the sections of the original product's file that are present; they are ignored. */
    public List<String> seedSections() {
        return List.copyOf(file.seedSections());
    }

    /** Says that a key is known, though it has no effect. */
    public void tolerate(String key) {
        asked.add(key);
    }

    private @Nullable Found find(String key) {
        asked.add(key);
        String variable = variable(key);
        String overriding = environment.getOrDefault(variable, "").trim();
        if (!overriding.isEmpty()) {
            return new Found(overriding, "environment variable " + variable);
        }
        Object value = file.values().get(key);
        return value == null || value.equals("") ? null : new Found(value, file.name());
    }

    private String origin(String key) {
        Found found = find(key);
        return found == null ? "" : found.origin();
    }

    /**
     * Container platforms set variables such as {@code MYSQL_PORT=tcp://10.0.0.7:3306} for a service named "mysql"; they
     * are addresses of something else than what we ask for.
     */
    private boolean isContainerLink(String key, String value) {
        if (!value.startsWith("tcp://")) {
            return false;
        }
        warn(key + ": " + origin(key) + " holds a service link of the container platform and is ignored");
        return true;
    }

    private record Found(Object value, String origin) {
        String text() {
            return value.toString().trim();
        }
    }
}
