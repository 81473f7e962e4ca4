package io.patchbay.billing.price;

import java.util.Arrays;
import java.util.stream.Collectors;

/** The ways in which a call can be priced. */
public enum PriceType {
    /** Free of charge. */
    NON_BILLING("non-billing"),
    /** The output price for each call; where a call makes several pictures, for each of them. */
    TIMES_BILLING("times-billing"),
    /** The input and output price for each thousand tokens. */
    TOKEN_BILLING("token-billing");

    private final String wireName;

    PriceType(String wireName) {
        this.wireName = wireName;
    }

    /** Returns the name used in JSON and in the database. */
    public String wireName() {
        return wireName;
    }

    /**
     * Returns the type of that name; an empty name means {@link #NON_BILLING}.
     *
     * @throws IllegalArgumentException when no type has the name
     */
    public static PriceType of(String wireName) {
        if (wireName.isEmpty()) {
            return NON_BILLING;
        }
        for (PriceType type : values()) {
            if (type.wireName.equals(wireName)) {
                return type;
            }
        }
        throw new IllegalArgumentException("price type '%s' is unknown; it must be one of %s"
                .formatted(
                        wireName,
                        Arrays.stream(values()).map(PriceType::wireName).collect(Collectors.joining(", "))));
    }
}
