package io.patchbay.billing.price;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a change of the price list would do, model by model. Immutable.
 *
 * @param added models that would get a price
 * @param changed models whose price would be another one, now or later
 * @param removed models that would lose their price
 * @param unchanged how many models the list names now that would keep their price
 * @param affected how many models would be added, changed or removed
 */
public record PriceChanges(
        List<Change> added, List<Change> changed, List<Change> removed, int unchanged, int affected) {
    /**
     * One model.
     *
     * @param before the rule that decides now, for this model alone and with the number 0, or null when there is none
     * @param after the rule that would decide, likewise; where only the future differs, both are the first future rules
     *     that differ
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Change(
            String model,
            @Nullable PriceRule before,
            @Nullable PriceRule after) {}

    /** Returns what lies between two lists at a time. */
    static PriceChanges between(PriceList before, PriceList after, Instant now) {
        Set<String> models = new LinkedHashSet<>(before.models());
        models.addAll(after.models());
        List<Change> added = new ArrayList<>();
        List<Change> changed = new ArrayList<>();
        List<Change> removed = new ArrayList<>();
        int unchanged = 0;
        for (String model : models) {
            List<PriceRule> had = before.course(model);
            List<PriceRule> has = after.course(model);
            if (had.equals(has)) {
                unchanged++;
            } else if (had.isEmpty()) {
                added.add(new Change(model, null, shown(has, now)));
            } else if (has.isEmpty()) {
                removed.add(new Change(model, shown(had, now), null));
            } else {
                changed.add(change(model, had, has, now));
            }
        }
        return new PriceChanges(
                List.copyOf(added),
                List.copyOf(changed),
                List.copyOf(removed),
                unchanged,
                added.size() + changed.size() + removed.size());
    }

    private static Change change(String model, List<PriceRule> had, List<PriceRule> has, Instant now) {
        PriceRule before = deciding(had, now).orElse(null);
        PriceRule after = deciding(has, now).orElse(null);
        if (before != null && !before.equals(after) || after != null && !after.equals(before)) {
            return new Change(model, before, after);
        }
        return new Change(model, firstMissing(had, has), firstMissing(has, had));
    }

    private static @Nullable PriceRule firstMissing(List<PriceRule> course, List<PriceRule> other) {
        return course.stream().filter(rule -> !other.contains(rule)).findFirst().orElse(null);
    }

    /** What decides now, else what will first. */
    private static PriceRule shown(List<PriceRule> course, Instant now) {
        return deciding(course, now).orElseGet(course::getFirst);
    }

    private static Optional<PriceRule> deciding(List<PriceRule> course, Instant now) {
        return course.stream().filter(rule -> rule.inForce(now)).reduce((earlier, later) -> later);
    }
}
