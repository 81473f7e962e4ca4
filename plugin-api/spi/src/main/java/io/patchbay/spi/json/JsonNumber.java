package io.patchbay.spi.json;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A JSON number, kept as the text it was written in: {@code 1.0}, {@code 1e3} and a 30-digit integer survive unchanged.
 *
 * @param text the number as JSON writes it
 */
public record JsonNumber(String text) implements JsonValue {
    /** Exponents beyond this are treated as no number at all, because expanding them would cost unbounded memory. */
    private static final int MAX_EXPONENT = 9_999;

    public JsonNumber {
        if (!JsonParser.isNumber(text)) {
            throw new IllegalArgumentException("not a JSON number: " + text);
        }
    }

    @Override
    public @Nullable BigDecimal number() {
        try {
            BigDecimal number = new BigDecimal(text);
            return Math.abs((long) number.scale()) > MAX_EXPONENT ? null : number;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    @Override
    public String scalarText() {
        return text;
    }

    @Override
    public String toString() {
        return text;
    }
}
