package io.patchbay.relay.cache;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which answers are kept, and for how long. Immutable; also the form it is stored in.
 *
 * @param models the models, by the name clients ask for; at most {@link #MOST_MODELS}, in the order they were given
 * @param size how many different answers are kept for each request, 1 to {@link #MOST_ANSWERS}; less than 1 means 1
 * @param expire how long an answer is given again, in seconds, 1 to {@link #MOST_SECONDS}; 0 or less means
 *     {@link #USUAL_SECONDS}
 */
public record CacheSettings(
        @JsonDeserialize(as = LinkedHashSet.class) Set<String> models, int size, long expire) {
    /** No answer is kept. */
    public static final CacheSettings NONE = new CacheSettings(Set.of(), 1, CacheSettings.USUAL_SECONDS);

    static final int MOST_MODELS = 1_000;
    static final int MOST_ANSWERS = 100;
    static final long MOST_SECONDS = 30L * 24 * 60 * 60;
    static final long USUAL_SECONDS = 3_600;

    private static final int LONGEST_NAME = 200;

    /**
     * Checks the values, and replaces those that have a usual value.
     *
     * @param models {@code null} for none
     * @throws IllegalArgumentException with a sentence for the administrator
     */
    public CacheSettings(@Nullable Set<String> models, int size, long expire) {
        Set<String> named = models == null ? Set.of() : models;
        if (named.size() > MOST_MODELS) {
            throw new IllegalArgumentException(
                    "models: expected at most %,d names, found %,d".formatted(MOST_MODELS, named.size()));
        }
        for (String name : named) {
            if (name == null || name.isBlank() || name.length() > LONGEST_NAME) {
                throw new IllegalArgumentException("models: expected names of 1 to " + LONGEST_NAME
                        + " characters that are not blank, found "
                        + (name == null || name.isBlank() ? "a blank one" : name.length() + " characters"));
            }
        }
        if (size > MOST_ANSWERS) {
            throw new IllegalArgumentException("size: expected 1 to " + MOST_ANSWERS + " answers, found " + size);
        }
        if (expire > MOST_SECONDS) {
            throw new IllegalArgumentException("expire: expected 1 to " + MOST_SECONDS + " seconds, found " + expire);
        }
        this.models = Collections.unmodifiableSet(new LinkedHashSet<>(named));
        this.size = Math.max(1, size);
        this.expire = expire <= 0 ? USUAL_SECONDS : expire;
    }

    /** Returns how long an answer is given again. */
    Duration life() {
        return Duration.ofSeconds(expire);
    }
}
