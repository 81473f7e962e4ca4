package io.patchbay.foundation.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.schema.FailsafeSchema;

/**
 * Flattens a YAML file to lower-case dotted keys whose values are texts or lists of texts.
 *
 * <p>The failsafe schema is used, so that a password such as {@code 0123} or {@code 1e5} stays the text that was written.
 */
final class ConfigFile {
    /** Sections that the original product kept in its file; here their home is the database. */
    private static final Set<String> SEED_SECTIONS = Set.of("system", "channel", "charge", "subscription", "market");

    private static final int MAX_CHARACTERS = 64 * 1024 * 1024;

    private final String name;
    private final Map<String, Object> values = new LinkedHashMap<>();
    private final Set<String> seedSections = new TreeSet<>();
    private final List<String> mistakes = new ArrayList<>();

    private ConfigFile(String name) {
        this.name = name;
    }

    static ConfigFile empty() {
        return new ConfigFile("no file");
    }

    static ConfigFile of(Map<String, String> flat) {
        ConfigFile file = new ConfigFile("given values");
        flat.forEach((key, value) -> file.put(key.toLowerCase(Locale.ROOT), value));
        return file;
    }

    static ConfigFile read(Path path) {
        ConfigFile file = new ConfigFile(path.toString());
        if (Files.exists(path)) {
            file.load(path);
        }
        return file;
    }

    String name() {
        return name;
    }

    Map<String, Object> values() {
        return values;
    }

    Set<String> seedSections() {
        return seedSections;
    }

    List<String> mistakes() {
        return mistakes;
    }

    private void load(Path path) {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(path.toString())
                .setSchema(new FailsafeSchema())
                .setCodePointLimit(MAX_CHARACTERS)
                .build();
        try (InputStream in = Files.newInputStream(path)) {
            Object root = new Load(settings).loadFromInputStream(in);
            if (root instanceof Map<?, ?> map) {
                flatten("", map);
            } else if (root != null && !root.toString().isBlank()) {
                mistakes.add("expected a map of keys, found something else (" + name + ")");
            }
        } catch (MarkedYamlEngineException e) {
            // The exception's own message quotes the line, which may hold a password.
            String where = e.getProblemMark()
                    .map(mark -> " at line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1))
                    .orElse("");
            mistakes.add("not valid YAML" + where + " (" + name + ")");
        } catch (YamlEngineException e) {
            mistakes.add("not valid YAML (" + name + ")");
        } catch (IOException e) {
            mistakes.add("cannot be read: " + e + " (" + name + ")");
        }
    }

    private void flatten(String prefix, Map<?, ?> map) {
        map.forEach((rawKey, value) -> {
            String key = prefix + String.valueOf(rawKey).trim().toLowerCase(Locale.ROOT);
            if (prefix.isEmpty() && SEED_SECTIONS.contains(key)) {
                seedSections.add(key);
            } else if (value instanceof Map<?, ?> inner) {
                flatten(key + ".", inner);
            } else if (value instanceof List<?> list) {
                put(key, list.stream().map(ConfigFile::scalar).toList());
            } else {
                put(key, scalar(value));
            }
        });
    }

    private void put(String key, Object value) {
        if (values.putIfAbsent(key, value) != null) {
            mistakes.add(key + ": given twice, the case of letters does not matter (" + name + ")");
        }
    }

    private static String scalar(@Nullable Object value) {
        String text = value == null ? "" : value.toString().trim();
        return text.equals("~") || text.equals("null") ? "" : text;
    }
}
