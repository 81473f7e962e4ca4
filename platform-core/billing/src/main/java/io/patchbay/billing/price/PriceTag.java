package io.patchbay.billing.price;

import java.time.Instant;
import java.util.Objects;

/**
 * What a price was looked up with, beside the model: enough to find the same price again at any later time.
 *
 * @param version the version of the price list
 * @param group the user's group, whose multiplier counts; empty for none
 * @param at when; decides which rules were in force
 */
public record PriceTag(long version, String group, Instant at) {
    /** Checks the parts. */
    public PriceTag {
        Objects.requireNonNull(group, "group is null");
        Objects.requireNonNull(at, "at is null");
    }
}
