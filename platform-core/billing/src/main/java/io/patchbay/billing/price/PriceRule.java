package io.patchbay.billing.price;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One rule of the price list; its JSON form is the "Charge" object of the HTTP interface, with further members where they
 * are set: {@code cached_input}, {@code cache_write}, {@code reasoning}, {@code audio_input}, {@code audio_output},
 * {@code image_input}, {@code image_output} and {@code effective_from}.
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
 * @param parts prices for parts of a usage, of a token-billing rule only
 * @param effectiveFrom when the rule begins to be in force, to the millisecond, or null when it has always been
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PriceRule(
        long id,
        String type,
        List<String> models,
        BigDecimal input,
        BigDecimal output,
        boolean anonymous,
        @JsonIgnore PartPrices parts,
        @JsonIgnore @Nullable Instant effectiveFrom) {
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
        PriceType kind = PriceType.of(type);
        type = kind.wireName();
        models = cleanModels(models);
        input = cleanPrice("input", input);
        output = cleanPrice("output", output);
        parts = kind == PriceType.TOKEN_BILLING ? parts.map(PriceRule::cleanPrice) : PartPrices.NONE;
        // Times are stored in milliseconds: a finer one would be before the stored time of a call that it decided.
        effectiveFrom = effectiveFrom == null ? null : effectiveFrom.truncatedTo(ChronoUnit.MILLIS);
    }

    /** Makes a rule that has always been in force and has one price for all input and one for all output. */
    public PriceRule(
            long id, String type, List<String> models, BigDecimal input, BigDecimal output, boolean anonymous) {
        this(id, type, models, input, output, anonymous, PartPrices.NONE, null);
    }

    /** Reads the JSON form, in which everything may be missing or null, and the two prices count as 0 then. */
    @JsonCreator
    static PriceRule fromJson(
            @JsonProperty("id") @Nullable Long id,
            @JsonProperty("type") @Nullable String type,
            @JsonProperty("models") @Nullable List<@Nullable String> models,
            @JsonProperty("input") @Nullable BigDecimal input,
            @JsonProperty("output") @Nullable BigDecimal output,
            @JsonProperty("anonymous") @Nullable Boolean anonymous,
            @JsonProperty("cached_input") @Nullable BigDecimal cachedInput,
            @JsonProperty("cache_write") @Nullable BigDecimal cacheWrite,
            @JsonProperty("reasoning") @Nullable BigDecimal reasoning,
            @JsonProperty("audio_input") @Nullable BigDecimal audioInput,
            @JsonProperty("audio_output") @Nullable BigDecimal audioOutput,
            @JsonProperty("image_input") @Nullable BigDecimal imageInput,
            @JsonProperty("image_output") @Nullable BigDecimal imageOutput,
            @JsonProperty("effective_from") @Nullable String effectiveFrom) {
        List<String> names = models == null
                ? List.of()
                : models.stream().map(name -> name == null ? "" : name).toList();
        return new PriceRule(
                id == null ? 0 : id,
                type == null ? "" : type,
                names,
                input == null ? BigDecimal.ZERO : input,
                output == null ? BigDecimal.ZERO : output,
                anonymous != null && anonymous,
                new PartPrices(cachedInput, cacheWrite, reasoning, audioInput, audioOutput, imageInput, imageOutput),
                instant(effectiveFrom));
    }

    /** Returns the type as a constant. */
    public PriceType kind() {
        return PriceType.of(type);
    }

    /** Returns whether the rule is in force at a time. */
    public boolean inForce(Instant at) {
        return effectiveFrom == null || !effectiveFrom.isAfter(at);
    }

    /** Returns whether a call by this rule never costs anything. */
    public boolean free() {
        return switch (kind()) {
            case NON_BILLING -> true;
            case TIMES_BILLING -> output.signum() == 0;
            case TOKEN_BILLING -> input.signum() == 0 && output.signum() == 0 && !parts.cost();
        };
    }

    /** Returns this rule under another number. */
    public PriceRule withId(long other) {
        return new PriceRule(other, type, models, input, output, anonymous, parts, effectiveFrom);
    }

    /** Returns this rule for other models. */
    public PriceRule withModels(List<String> others) {
        return new PriceRule(id, type, others, input, output, anonymous, parts, effectiveFrom);
    }

    @JsonProperty("cached_input")
    @Nullable
    BigDecimal cachedInput() {
        return parts.cachedInput();
    }

    @JsonProperty("cache_write")
    @Nullable
    BigDecimal cacheWrite() {
        return parts.cacheWrite();
    }

    @JsonProperty("reasoning")
    @Nullable
    BigDecimal reasoning() {
        return parts.reasoning();
    }

    @JsonProperty("audio_input")
    @Nullable
    BigDecimal audioInput() {
        return parts.audioInput();
    }

    @JsonProperty("audio_output")
    @Nullable
    BigDecimal audioOutput() {
        return parts.audioOutput();
    }

    @JsonProperty("image_input")
    @Nullable
    BigDecimal imageInput() {
        return parts.imageInput();
    }

    @JsonProperty("image_output")
    @Nullable
    BigDecimal imageOutput() {
        return parts.imageOutput();
    }

    @JsonProperty("effective_from")
    @Nullable
    String effectiveFromText() {
        return effectiveFrom == null ? null : effectiveFrom.toString();
    }

    private static @Nullable Instant instant(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        try {
            return Instant.parse(text.strip());
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "effective_from must be a time such as 2026-12-01T00:00:00Z, is '%s'".formatted(text), e);
        }
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
