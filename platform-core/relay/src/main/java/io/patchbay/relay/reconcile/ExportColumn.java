package io.patchbay.relay.reconcile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What a usage export tells, and the names its makers give to it. Of several names the first one here is taken. */
enum ExportColumn {
    DAY("day", "date", "usage_date", "start_time", "starting_at", "created_at"),
    MODEL("model", "model_name", "snapshot_id"),
    REQUESTS("requests", "num_requests", "num_model_requests", "n_requests"),
    /** All prompt tokens, or, where {@link #CACHE_READ} is told, those that the cache has nothing to do with. */
    INPUT(
            "input_tokens",
            "prompt_tokens",
            "n_context_tokens_total",
            "usage_input_tokens",
            "uncached_input_tokens",
            "input"),
    OUTPUT("output_tokens", "completion_tokens", "n_generated_tokens_total", "output"),
    /** The part of {@link #INPUT} that came from the provider's cache. */
    CACHED("input_cached_tokens", "cached_tokens", "cached"),
    /** Prompt tokens from the cache that are told beside {@link #INPUT} and not in it, as Anthropic does. */
    CACHE_READ("cache_read_input_tokens"),
    /** Prompt tokens that went to the cache, told beside {@link #INPUT} as well. */
    CACHE_WRITTEN("cache_creation_input_tokens"),
    COST("cost", "amount"),
    CURRENCY("currency");

    private static final int MOST_NAMES_SHOWN = 40;
    private static final Map<String, ExportColumn> BY_NAME = new HashMap<>();

    static {
        for (ExportColumn column : values()) {
            column.names.forEach(name -> BY_NAME.put(name, column));
        }
    }

    private final List<String> names;

    ExportColumn(String... names) {
        this.names = List.of(names);
    }

    /**
     * Finds what is told, and where.
     *
     * @param found the names of the columns as the export has them; letter case does not matter
     * @return positions in that list
     * @throws IllegalArgumentException with a sentence that names what is missing or there twice
     */
    static Map<ExportColumn, Integer> locate(List<String> found) {
        Map<ExportColumn, Integer> places = new EnumMap<>(ExportColumn.class);
        Map<String, Integer> taken = new HashMap<>();
        for (int i = 0; i < found.size(); i++) {
            String name = plain(found.get(i));
            ExportColumn column = BY_NAME.get(name);
            if (column == null) {
                continue;
            }
            if (taken.put(name, i) != null) {
                throw new IllegalArgumentException("the column " + name + " is there twice");
            }
            Integer other = places.get(column);
            if (other == null || column.names.indexOf(name) < column.names.indexOf(plain(found.get(other)))) {
                places.put(column, i);
            }
        }
        requireAll(places, found);
        return places;
    }

    private static void requireAll(Map<ExportColumn, Integer> places, List<String> found) {
        List<String> missing = new ArrayList<>();
        if (!places.containsKey(DAY)) {
            missing.add("a day (" + DAY.spellings() + ")");
        }
        if (!places.containsKey(MODEL)) {
            missing.add("a model (" + MODEL.spellings() + ")");
        }
        if (!places.containsKey(REQUESTS) && !places.containsKey(INPUT) && !places.containsKey(OUTPUT)) {
            missing.add("at least one of requests (" + REQUESTS.spellings() + "), input tokens (" + INPUT.spellings()
                    + ") and output tokens (" + OUTPUT.spellings() + ")");
        }
        if (!missing.isEmpty()) {
            String shown = found.stream()
                    .limit(MOST_NAMES_SHOWN)
                    .map(ExportValues::shown)
                    .collect(Collectors.joining(", "));
            throw new IllegalArgumentException("found the columns " + shown
                    + (found.size() > MOST_NAMES_SHOWN ? ", and more" : "") + "; expected also "
                    + String.join("; and ", missing));
        }
    }

    private String spellings() {
        return String.join(", ", names);
    }

    private static String plain(String name) {
        return Arrays.stream(name.strip().toLowerCase(Locale.ROOT).split("[ _-]+", -1))
                .collect(Collectors.joining("_"));
    }
}
