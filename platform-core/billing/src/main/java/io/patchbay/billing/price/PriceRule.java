package io.patchbay.billing.price;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One rule of the price list; its JSON form is the "Charge" object of the HTTP interface.
 *
 * <p>A rule is always valid: the constructor refuses what cannot be priced and puts the rest into one form (no blank or
 * repeated model names, no negative prices, no empty type).
 *
 * @param id the number of the rule; -1 in a request to add one
 * @param type a {@link PriceType#wireName}
 * @param models exact model names
 * @param input credits for 1,000 prompt tokens
 * @param output credits for 1,000 produced tokens, or for one call, or one picture, of a times-billing rule
 * @param anonymous whether callers who have not signed in may use a free model
 */
public record PriceRule(
        long id, String type, List<String> models, BigDecimal input, BigDecimal output, boolean anonymous) {
    /** The highest price that a rule may state, in credits. */
    public static final BigDecimal MAX_PRICE = BigDecimal.valueOf(1_000_000);

    /** The largest number of decimals of a price. */
    public static final int MAX_DECIMALS = 15;

    private static final int MAX_MODELS = 10_000;
    private static final int MAX_MODEL_LENGTH = 255;

    /**
     * Checks and normalises the parts.
     *
     * @throws IllegalArgumentException with a sentence for the administrator when a part cannot be used
     */
    public PriceRule {
        type = PriceType.of(type).wireName();
        models = cleanModels(models);
        input = cleanPrice("input", input);
        output = cleanPrice("output", output);
    }

    /** Reads the JSON form, in which everything but the prices may be missing or null, and prices count as 0 then. */
    @JsonCreator
    static PriceRule fromJson(
            @JsonProperty("id") @Nullable Long id,
            @JsonProperty("type") @Nullable String type,
            @JsonProperty("models") @Nullable List<@Nullable String> models,
            @JsonProperty("input") @Nullable BigDecimal input,
            @JsonProperty("output") @Nullable BigDecimal output,
            @JsonProperty("anonymous") @Nullable Boolean anonymous) {
        List<String> names = models == null
                ? List.of()
                : models.stream().map(name -> name == null ? "" : name).toList();
        return new PriceRule(
                id == null ? 0 : id,
                type == null ? "" : type,
                names,
                input == null ? BigDecimal.ZERO : input,
                output == null ? BigDecimal.ZERO : output,
                anonymous != null && anonymous);
    }

    /** Returns the type as a constant. */
    public PriceType kind() {
        return PriceType.of(type);
    }

    /** Returns this rule under another number. */
    public PriceRule withId(long other) {
        return new PriceRule(other, type, models, input, output, anonymous);
    }

    /** Returns this rule for other models. */
    public PriceRule withModels(List<String> others) {
        return new PriceRule(id, type, others, input, output, anonymous);
    }

    private static List<String> cleanModels(List<String> models) {
        Set<String> names = new LinkedHashSet<>();
        for (String model : models) {
            String name = model.strip();
            if (name.length() > MAX_MODEL_LENGTH) {
                throw new IllegalArgumentException("a model name has %d characters; at most %d are allowed"
                        .formatted(name.length(), MAX_MODEL_LENGTH));
            }
            if (!name.isEmpty()) {
                names.add(name);
            }
        }
        if (names.size() > MAX_MODELS) {
            throw new IllegalArgumentException(
                    "a price rule names %d models; at most %d are allowed".formatted(names.size(), MAX_MODELS));
        }
        return List.copyOf(names);
    }

    private static BigDecimal cleanPrice(String which, BigDecimal price) {
        if (price.signum() <= 0) {
            return BigDecimal.ZERO;
        }
        if (price.compareTo(MAX_PRICE) > 0) {
            throw new IllegalArgumentException("the %s price must be at most %s credits".formatted(which, MAX_PRICE));
        }
        BigDecimal plain = price.stripTrailingZeros();
        if (plain.scale() > MAX_DECIMALS) {
            throw new IllegalArgumentException(
                    "the %s price must have at most %d decimals".formatted(which, MAX_DECIMALS));
        }
        return plain.scale() < 0 ? plain.setScale(0) : plain;
    }
}
