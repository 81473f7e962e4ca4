package io.patchbay.billing.price;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * One version of the price list as it was stored. Immutable.
 *
 * @param version its number
 * @param createdAt when it was made
 * @param rules its rules in list order
 * @param groups what members of a group paid of the list price, by the group's name
 */
public record PriceVersion(
        long version,
        @JsonProperty("created_at") Instant createdAt,
        List<PriceRule> rules,
        Map<String, BigDecimal> groups) {}
