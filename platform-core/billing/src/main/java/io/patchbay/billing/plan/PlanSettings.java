package io.patchbay.billing.plan;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The plans of the site. Immutable.
 *
 * @param enabled whether plans are sold and pay for requests
 * @param plans at most one of each level, by level
 * @param relayPlan whether plans also pay for requests by API key
 * @param zone the time zone in which months are counted; {@code UTC} when not set
 */
public record PlanSettings(
        boolean enabled,
        List<Plan> plans,
        @JsonProperty("relay_plan") boolean relayPlan,
        String zone) {
    /** No plans. */
    public static final PlanSettings NONE = new PlanSettings(false, List.of(), false, "UTC");

    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException with a sentence for the administrator when a part cannot be used
     */
    public PlanSettings(
            boolean enabled,
            @Nullable List<Plan> plans,
            @JsonProperty("relay_plan") boolean relayPlan,
            @Nullable String zone) {
        if (plans != null && plans.stream().anyMatch(Objects::isNull)) {
            throw new IllegalArgumentException("one of the plans is null");
        }
        this.enabled = enabled;
        this.plans = plans == null
                ? List.of()
                : plans.stream().sorted(Comparator.comparingInt(Plan::level)).toList();
        this.relayPlan = relayPlan;
        this.zone = zone == null || zone.isBlank() ? "UTC" : checked(zone.strip());
        if (this.plans.stream().map(Plan::level).distinct().count() != this.plans.size()) {
            throw new IllegalArgumentException("two plans have the same level");
        }
    }

    /** Returns the plan of a level, or empty when the site has none. */
    public Optional<Plan> plan(int level) {
        return plans.stream().filter(plan -> plan.level() == level).findFirst();
    }

    /** Returns the time zone in which months are counted. */
    public ZoneId zoneId() {
        return ZoneId.of(zone);
    }

    private static String checked(String zone) {
        try {
            return ZoneId.of(zone).getId();
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "the time zone must be a name such as UTC or Asia/Shanghai, is '%s'".formatted(zone), e);
        }
    }
}
