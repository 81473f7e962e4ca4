package io.patchbay.billing.price;

import io.patchbay.billing.Credits;
import io.patchbay.billing.TokenUsage;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The price of one model for one group of users at one version of the price list. Immutable.
 *
 * <p>All results are whole micro-credits, rounded up once, at the end, so that a call with a price never costs nothing;
 * they are never negative and never exceed {@link Credits#MAX_MICRO}. A part of a usage without a price of its own, such
 * as what was read from the provider's prompt cache, costs what the rest of the input or output costs.
 *
 * @param rule the rule that decides: the one in force that names the model
 * @param tag what the price was looked up with, kept with each charge so that it can be computed again
 * @param multiplier what the group pays of the list price; not negative
 */
public record Price(PriceRule rule, PriceTag tag, BigDecimal multiplier) {
    private static final int THOUSAND = 3;
    private static final int MICRO = 6;
    private static final BigDecimal MOST_UNITS = BigDecimal.valueOf(Integer.MAX_VALUE);
    private static final BigDecimal LIMIT = BigDecimal.valueOf(Credits.MAX_MICRO);

    /** Checks the parts. */
    public Price {
        Objects.requireNonNull(rule, "rule is null");
        Objects.requireNonNull(tag, "tag is null");
        if (multiplier.signum() < 0) {
            throw new IllegalArgumentException("the multiplier of a price is negative: " + multiplier);
        }
    }

    /** Makes the list price, as for a user without a group. */
    public Price(PriceRule rule, long version) {
        this(rule, new PriceTag(version, "", Instant.EPOCH), BigDecimal.ONE);
    }

    /** Returns the version of the price list. */
    public long version() {
        return tag.version();
    }

    /** Returns whether no call at this price ever costs anything. */
    public boolean free() {
        return multiplier.signum() == 0 || rule.free();
    }

    /**
     * Returns what to hold before a call that makes one thing, in micro-credits; see
     * {@link #estimate(long, long, int)}.
     */
    public long estimate(long inputTokens, long outputTokensBound) {
        return estimate(inputTokens, outputTokensBound, 1);
    }

    /**
     * Returns what to hold before a call, in micro-credits. Prices for parts do not
     * count: which parts a call will have is not known yet.
     *
     * @param inputTokens estimated prompt tokens; negative counts as 0
     * @param outputTokensBound the most tokens the answer is expected to have, all units together; negative counts as 0
     * @param units how often a price for a call is held, which is once for each picture asked for; less than 1 counts
     *     as 1
     */
    public long estimate(long inputTokens, long outputTokensBound, int units) {
        return micro(
                switch (rule.kind()) {
                    case NON_BILLING -> List.of();
                    case TIMES_BILLING -> List.of(calls(units));
                    case TOKEN_BILLING ->
                        List.of(
                                tokens("input", inputTokens, rule.input()),
                                tokens("output", outputTokensBound, rule.output()));
                });
    }

    /** Returns what a finished call costs that made one thing, in micro-credits; see {@link #cost(TokenUsage, int)}. */
    public long cost(TokenUsage usage) {
        return cost(usage, 1);
    }

    /**
     * Returns what a finished call costs, in micro-credits.
     *
     * @param units how often a price for a call is charged, which is once for each picture made; less than 1 counts
     *     as 1
     */
    public long cost(TokenUsage usage, int units) {
        return micro(lines(usage, units));
    }

    /** Returns how the cost comes about: the lines whose credits, summed, multiplied and rounded up, are the cost. */
    public List<ChargeLine> lines(TokenUsage usage, int units) {
        return switch (rule.kind()) {
            case NON_BILLING -> List.of();
            case TIMES_BILLING -> List.of(calls(units));
            case TOKEN_BILLING -> tokenLines(usage);
        };
    }

    /**
     * Returns for how many units that much was held; 1 where the price does not go by calls.
     *
     * @param heldMicro what {@link #estimate(long, long, int)} returned
     */
    public int units(long heldMicro) {
        if (rule.kind() != PriceType.TIMES_BILLING || free()) {
            return 1;
        }
        BigDecimal one = rule.output().multiply(multiplier).movePointRight(MICRO);
        BigDecimal units = BigDecimal.valueOf(heldMicro).divideToIntegralValue(one);
        return units.max(BigDecimal.ONE).min(MOST_UNITS).intValueExact();
    }

    /** Parts are taken out of the whole one after the other, so that no token is counted twice or below nothing. */
    private List<ChargeLine> tokenLines(TokenUsage usage) {
        TokenUsage.Parts told = usage.parts();
        PartPrices prices = rule.parts();
        List<ChargeLine> lines = new ArrayList<>();
        long input = usage.input();
        input -= part(lines, "cached_input", told.cached(), input, PartPrices.or(prices.cachedInput(), rule.input()));
        input -= part(lines, "cache_write", told.cacheWrite(), input, PartPrices.or(prices.cacheWrite(), rule.input()));
        input -= part(lines, "audio_input", told.audioInput(), input, PartPrices.or(prices.audioInput(), rule.input()));
        input -= part(lines, "image_input", told.imageInput(), input, PartPrices.or(prices.imageInput(), rule.input()));
        lines.add(tokens("input", input, rule.input()));
        long output = usage.output();
        output -= part(lines, "reasoning", told.reasoning(), output, PartPrices.or(prices.reasoning(), rule.output()));
        output -= part(
                lines, "audio_output", told.audioOutput(), output, PartPrices.or(prices.audioOutput(), rule.output()));
        output -= part(
                lines, "image_output", told.imageOutput(), output, PartPrices.or(prices.imageOutput(), rule.output()));
        lines.add(tokens("output", output, rule.output()));
        return lines;
    }

    private static long part(List<ChargeLine> lines, String what, long told, long left, BigDecimal price) {
        long count = Math.min(told, left);
        if (count > 0) {
            lines.add(tokens(what, count, price));
        }
        return Math.max(0, count);
    }

    private ChargeLine calls(int units) {
        int count = Math.max(1, units);
        return new ChargeLine("request", count, rule.output(), rule.output().multiply(BigDecimal.valueOf(count)));
    }

    private static ChargeLine tokens(String what, long count, BigDecimal price) {
        long counted = Math.max(0, count);
        BigDecimal credits = price.multiply(BigDecimal.valueOf(counted)).movePointLeft(THOUSAND);
        return new ChargeLine(what, counted, price, credits);
    }

    private long micro(List<ChargeLine> lines) {
        BigDecimal credits = lines.stream().map(ChargeLine::credits).reduce(BigDecimal.ZERO, BigDecimal::add);
        return credits.multiply(multiplier)
                .movePointRight(MICRO)
                .min(LIMIT)
                .setScale(0, RoundingMode.CEILING)
                .longValueExact();
    }
}
