package io.patchbay.billing.price.source;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.patchbay.billing.price.DollarRate;
import io.patchbay.billing.price.PartPrices;
import io.patchbay.billing.price.PriceRule;
import io.patchbay.billing.price.PriceType;
import io.patchbay.foundation.json.Json;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The price list that New API shows at {@code /api/pricing}.
 *
 * <p>Its prices are multiples of 0.002 US dollars for 1,000 tokens: 500,000 units of its quota are one dollar, and a
 * token at ratio 1 costs one unit. Produced tokens cost the ratio times {@code completion_ratio}, prompt tokens from
 * the cache the ratio times {@code cache_ratio}, and so on; {@code audio_completion_ratio} multiplies the price of audio
 * input. With {@code quota_type} 1, {@code model_price} is in dollars for a call. See the page "Ratio Settings" of New
 * API's manual, and {@code model/pricing.go} of QuantumNous/new-api for the members.
 *
 * <p>A group's own multiplier is not counted in: it depends on who asks.
 */
final class NewApiPricing {
    private static final BigDecimal DOLLARS_AT_ONE = new BigDecimal("0.002");
    private static final int BY_CALL = 1;

    /** Ratios are binary fractions there, such as 0.0714285714285714; more decimals are noise. */
    private static final int DECIMALS = 9;

    private NewApiPricing() {}

    /** The answer; what is not needed is left out. */
    record Answer(@Nullable Boolean success, @Nullable List<@Nullable Entry> data) {}

    /** The price of one model. */
    record Entry(
            @JsonProperty("model_name") @Nullable String model,
            @JsonProperty("quota_type") @Nullable Integer quotaType,
            @JsonProperty("model_ratio") @Nullable BigDecimal ratio,
            @JsonProperty("completion_ratio") @Nullable BigDecimal completion,
            @JsonProperty("model_price") @Nullable BigDecimal price,
            @JsonProperty("cache_ratio") @Nullable BigDecimal cache,
            @JsonProperty("create_cache_ratio") @Nullable BigDecimal cacheWrite,
            @JsonProperty("image_ratio") @Nullable BigDecimal image,
            @JsonProperty("audio_ratio") @Nullable BigDecimal audio,

            @JsonProperty("audio_completion_ratio") @Nullable
            BigDecimal audioCompletion,

            @JsonProperty("billing_expr") @Nullable String expression) {}

    /**
     * Returns the prices as rules, one for each model, numbered from 1. Models whose price is an expression
     * ({@code billing_expr}) are left out: no rule can say the same.
     *
     * @throws JsonProcessingException when the text is no such list
     * @throws IllegalArgumentException with a sentence when the site says that it failed, or a price cannot be used
     */
    static List<PriceRule> read(String json, DollarRate rate) throws JsonProcessingException {
        Answer answer = Json.read(json, Answer.class);
        if (answer == null || answer.data() == null || Boolean.FALSE.equals(answer.success())) {
            throw new IllegalArgumentException("it does not look like the price list of New API");
        }
        List<PriceRule> rules = new ArrayList<>();
        for (Entry entry : answer.data()) {
            boolean plain = entry != null
                    && entry.model() != null
                    && !entry.model().isBlank()
                    && (entry.expression() == null || entry.expression().isBlank());
            if (plain) {
                rules.add(rule(rules.size() + 1L, Objects.requireNonNull(entry), rate));
            }
        }
        return rules;
    }

    private static PriceRule rule(long id, Entry entry, DollarRate rate) {
        List<String> models = List.of(Objects.requireNonNullElse(entry.model(), ""));
        if (Objects.equals(entry.quotaType(), BY_CALL)) {
            return new PriceRule(
                    id,
                    PriceType.TIMES_BILLING.wireName(),
                    models,
                    BigDecimal.ZERO,
                    credits(or(entry.price(), BigDecimal.ZERO), rate),
                    false);
        }
        BigDecimal ratio = or(entry.ratio(), BigDecimal.ZERO);
        BigDecimal audio = entry.audio() == null ? null : ratio.multiply(entry.audio());
        return new PriceRule(
                id,
                PriceType.TOKEN_BILLING.wireName(),
                models,
                tokens(ratio, rate),
                tokens(ratio.multiply(or(entry.completion(), BigDecimal.ONE)), rate),
                false,
                new PartPrices(
                        times(ratio, entry.cache(), rate),
                        times(ratio, entry.cacheWrite(), rate),
                        null,
                        audio == null ? null : tokens(audio, rate),
                        audio == null ? null : times(audio, entry.audioCompletion(), rate),
                        times(ratio, entry.image(), rate),
                        null),
                null);
    }

    private static @Nullable BigDecimal times(BigDecimal ratio, @Nullable BigDecimal factor, DollarRate rate) {
        return factor == null ? null : tokens(ratio.multiply(factor), rate);
    }

    private static BigDecimal tokens(BigDecimal ratio, DollarRate rate) {
        return credits(ratio.multiply(DOLLARS_AT_ONE), rate);
    }

    private static BigDecimal credits(BigDecimal dollars, DollarRate rate) {
        // Far beyond every price that is allowed, so that no number of a stranger is written out digit by digit.
        if (dollars.precision() - (long) dollars.scale() > 12) {
            return PriceRule.MAX_PRICE.multiply(BigDecimal.TEN);
        }
        return rate.creditsOfDollars(dollars).setScale(DECIMALS, RoundingMode.HALF_UP);
    }

    private static BigDecimal or(@Nullable BigDecimal value, BigDecimal otherwise) {
        return value == null ? otherwise : value;
    }
}
