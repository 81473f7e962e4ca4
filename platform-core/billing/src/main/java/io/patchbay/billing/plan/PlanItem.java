package io.patchbay.billing.plan;

import io.patchbay.billing.ledger.PlanUnit;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/**
 * One thing that a plan contains: so many requests a month to any of some models. Immutable.
 *
 * @param id names the usage counter; the same id in several plans is the same counter
 * @param name for the reader
 * @param icon for the reader; may be empty
 * @param value how many requests a month, or {@link PlanUnit#UNLIMITED}
 * @param models exact model names
 */
public record PlanItem(String id, String name, String icon, long value, SequencedSet<String> models) {
    private static final int MAX_LENGTH = 255;
    private static final int MAX_MODELS = 10_000;

    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException with a sentence for the administrator when a part cannot be used
     */
    public PlanItem(
            @Nullable String id,
            @Nullable String name,
            @Nullable String icon,
            long value,
            @Nullable SequencedSet<String> models) {
        this.id = text("id", id);
        this.name = text("name", name);
        this.icon = text("icon", icon);
        this.value = value;
        this.models = names(models);
        if (this.id.isEmpty()) {
            throw new IllegalArgumentException("an item of a plan has no id");
        }
        if (value < PlanUnit.UNLIMITED) {
            throw new IllegalArgumentException(
                    "the item '%s' must have a value of -1 (unlimited) or more, has %d".formatted(this.id, value));
        }
    }

    /** Makes an item. */
    public static PlanItem of(String id, long value, String... models) {
        return new PlanItem(id, id, "", value, new LinkedHashSet<>(List.of(models)));
    }

    private static String text(String what, @Nullable String value) {
        String text = value == null ? "" : value.strip();
        if (text.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "the %s of an item of a plan must have at most %d characters".formatted(what, MAX_LENGTH));
        }
        return text;
    }

    private static SequencedSet<String> names(@Nullable SequencedSet<String> models) {
        SequencedSet<String> names = new LinkedHashSet<>();
        if (models != null) {
            models.stream().map(String::strip).filter(name -> !name.isEmpty()).forEach(names::add);
        }
        if (names.size() > MAX_MODELS) {
            throw new IllegalArgumentException(
                    "an item of a plan names %d models; at most %d are allowed".formatted(names.size(), MAX_MODELS));
        }
        return Collections.unmodifiableSequencedSet(names);
    }
}
