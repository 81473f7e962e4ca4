package io.patchbay.billing.price;

import java.math.BigDecimal;
import java.util.Objects;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Prices for parts of a usage that cost something else than the rest, in credits for 1,000 tokens. A part without a price
 * of its own, which is null here, costs what the input or the output costs. Immutable.
 *
 * @param cachedInput for prompt tokens that the provider read from its prompt cache
 * @param cacheWrite for prompt tokens that the provider wrote to its prompt cache
 * @param reasoning for produced tokens of hidden reasoning
 * @param audioInput for prompt tokens of sounds
 * @param audioOutput for produced tokens of sounds
 * @param imageInput for prompt tokens of pictures
 * @param imageOutput for produced tokens of pictures
 */
public record PartPrices(
        @Nullable BigDecimal cachedInput,
        @Nullable BigDecimal cacheWrite,
        @Nullable BigDecimal reasoning,
        @Nullable BigDecimal audioInput,
        @Nullable BigDecimal audioOutput,
        @Nullable BigDecimal imageInput,
        @Nullable BigDecimal imageOutput) {
    /** No part has a price of its own. */
    public static final PartPrices NONE = new PartPrices(null, null, null, null, null, null, null);

    /** Returns whether a part has a price that is not zero. */
    boolean cost() {
        return positive(cachedInput)
                || positive(cacheWrite)
                || positive(reasoning)
                || positive(audioInput)
                || positive(audioOutput)
                || positive(imageInput)
                || positive(imageOutput);
    }

    /** Returns these prices, each that is there replaced by what the function makes of its name and itself. */
    PartPrices map(BiFunction<String, BigDecimal, BigDecimal> change) {
        PartPrices changed = new PartPrices(
                mapped("cached_input", cachedInput, change),
                mapped("cache_write", cacheWrite, change),
                mapped("reasoning", reasoning, change),
                mapped("audio_input", audioInput, change),
                mapped("audio_output", audioOutput, change),
                mapped("image_input", imageInput, change),
                mapped("image_output", imageOutput, change));
        return changed.equals(NONE) ? NONE : changed;
    }

    /** Returns the price of a part, or what stands for it when the part has none. */
    static BigDecimal or(@Nullable BigDecimal price, BigDecimal otherwise) {
        return Objects.requireNonNullElse(price, otherwise);
    }

    private static @Nullable BigDecimal mapped(
            String name, @Nullable BigDecimal price, BiFunction<String, BigDecimal, BigDecimal> change) {
        return price == null ? null : change.apply(name, price);
    }

    private static boolean positive(@Nullable BigDecimal price) {
        return price != null && price.signum() > 0;
    }
}
