package io.patchbay.billing.price.template;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import io.patchbay.billing.price.DollarRate;
import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Prices of one vendor that were read from one place at one time. Immutable.
 *
 * @param vendor a short name in lower case
 * @param name the vendor's name for people
 * @param source where the prices stand for everybody to read
 * @param asOf the month in which they stood there
 * @param currency what the prices are in
 * @param unit what a price is for
 * @param note what else one must know, such as up to which length of a prompt the prices count; empty for nothing
 * @param prices at least one
 */
record PriceGroup(
        String vendor,
        String name,
        String source,
        YearMonth asOf,
        Currency currency,
        Unit unit,
        String note,
        List<ModelPrice> prices) {
    /** The currencies of price pages. */
    enum Currency {
        USD,
        CNY;

        BigDecimal credits(BigDecimal price, DollarRate rate) {
            return this == USD ? rate.creditsOfDollars(price) : DollarRate.creditsOfYuan(price);
        }
    }

    /** What a price is for. */
    enum Unit {
        MILLION_TOKENS("per 1M tokens", 3),
        THOUSAND_TOKENS("per 1K tokens", 0),
        CALL("per call", 0);

        private final String text;
        private final int shift;

        Unit(String text, int shift) {
            this.text = text;
            this.shift = shift;
        }

        @JsonCreator
        static Unit of(String text) {
            return Arrays.stream(values())
                    .filter(unit -> unit.text.equals(text))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("a price is for no such unit: " + text));
        }

        @JsonValue
        String text() {
            return text;
        }

        /** Returns the price for 1,000 tokens, or for a call. */
        BigDecimal forRule(BigDecimal price) {
            return price.movePointLeft(shift);
        }
    }

    /**
     * The prices of models that cost the same; a part without a price of its own is null and costs what the rest does.
     *
     * @param models at least one
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ModelPrice(
            List<String> models,
            @Nullable BigDecimal input,
            @Nullable BigDecimal output,
            @JsonProperty("cached_input") @Nullable BigDecimal cachedInput,
            @JsonProperty("cache_write") @Nullable BigDecimal cacheWrite,
            @Nullable BigDecimal reasoning,
            @JsonProperty("audio_input") @Nullable BigDecimal audioInput,
            @JsonProperty("audio_output") @Nullable BigDecimal audioOutput,
            @JsonProperty("image_input") @Nullable BigDecimal imageInput,
            @JsonProperty("image_output") @Nullable BigDecimal imageOutput) {
        ModelPrice {
            models = models == null ? List.of() : List.copyOf(models);
            if (models.isEmpty()) {
                throw new IllegalArgumentException("a price names no model");
            }
        }
    }

    @JsonCreator
    static PriceGroup fromJson(
            @JsonProperty(value = "vendor", required = true) String vendor,
            @JsonProperty(value = "name", required = true) String name,
            @JsonProperty(value = "source", required = true) String source,
            @JsonProperty(value = "as_of", required = true) String asOf,
            @JsonProperty(value = "currency", required = true) Currency currency,
            @JsonProperty(value = "unit", required = true) Unit unit,
            @JsonProperty("note") @Nullable String note,
            @JsonProperty(value = "prices", required = true) List<ModelPrice> prices) {
        return new PriceGroup(
                vendor,
                name,
                source,
                YearMonth.parse(asOf),
                currency,
                unit,
                note == null ? "" : note,
                List.copyOf(prices));
    }
}
