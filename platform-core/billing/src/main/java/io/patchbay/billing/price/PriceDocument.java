package io.patchbay.billing.price;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.patchbay.foundation.json.Json;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All that a version of the price list says, as it is stored. Immutable.
 *
 * @param rules the rules in list order
 * @param groups what members of a group pay of the list price, by the group's name; a group that is not named pays all
 */
record PriceDocument(List<PriceRule> rules, Map<String, BigDecimal> groups) {
    /** The document of a server that has never had a rule. */
    static final PriceDocument EMPTY = new PriceDocument(List.of(), Map.of());

    private static final TypeReference<List<PriceRule>> RULES = new TypeReference<>() {};
    private static final TypeReference<PriceDocument> DOCUMENT = new TypeReference<>() {};
    private static final BigDecimal MAX_MULTIPLIER = BigDecimal.valueOf(1_000);
    private static final int MAX_DECIMALS = 6;
    private static final int MAX_GROUPS = 100;
    private static final int MAX_GROUP_LENGTH = 64;

    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException with a sentence for the administrator when a part cannot be used
     */
    PriceDocument(@Nullable List<PriceRule> rules, @Nullable Map<String, @Nullable BigDecimal> groups) {
        this.rules = rules == null ? List.of() : List.copyOf(rules);
        this.groups = groups == null ? Map.of() : clean(groups);
    }

    PriceDocument withRules(List<PriceRule> others) {
        return new PriceDocument(others, groups);
    }

    PriceDocument withGroups(Map<String, @Nullable BigDecimal> others) {
        return new PriceDocument(rules, others);
    }

    String toJson() {
        return Json.write(new LinkedHashMap<>(Map.of("rules", rules, "groups", new TreeMap<>(groups))));
    }

    /** Reads a stored version; the first ones were a bare list of rules. */
    static PriceDocument parse(String json) {
        try {
            return json.startsWith("[")
                    ? new PriceDocument(Json.read(json, RULES), Map.of())
                    : Json.read(json, DOCUMENT);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("stored price rules are not valid JSON", e);
        }
    }

    private static Map<String, BigDecimal> clean(Map<String, @Nullable BigDecimal> groups) {
        if (groups.size() > MAX_GROUPS) {
            throw new IllegalArgumentException(
                    "%d groups have a multiplier; at most %d are allowed".formatted(groups.size(), MAX_GROUPS));
        }
        Map<String, BigDecimal> cleaned = new LinkedHashMap<>();
        groups.forEach((group, multiplier) -> {
            String name = group.strip();
            if (name.isEmpty() || name.length() > MAX_GROUP_LENGTH) {
                throw new IllegalArgumentException(
                        "the name of a group must have 1 to %d characters".formatted(MAX_GROUP_LENGTH));
            }
            cleaned.put(name, clean(name, multiplier));
        });
        return Map.copyOf(cleaned);
    }

    private static BigDecimal clean(String group, @Nullable BigDecimal multiplier) {
        if (multiplier == null || multiplier.signum() < 0 || multiplier.compareTo(MAX_MULTIPLIER) > 0) {
            throw new IllegalArgumentException("the multiplier of the group '%s' must lie between 0 and %s, is %s"
                    .formatted(group, MAX_MULTIPLIER, multiplier));
        }
        BigDecimal plain = multiplier.stripTrailingZeros();
        if (plain.scale() > MAX_DECIMALS) {
            throw new IllegalArgumentException(
                    "the multiplier of the group '%s' must have at most %d decimals".formatted(group, MAX_DECIMALS));
        }
        return plain.scale() < 0 ? plain.setScale(0) : plain;
    }
}
