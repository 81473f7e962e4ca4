package io.patchbay.spi.json;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A JSON value. Immutable, safe to share between threads.
 *
 * <p>The reading methods are lenient: asking a value for something it is not returns {@code null}, an empty list or
 * the given fallback, so that a vendor's odd answer never throws in the middle of a stream.
 */
public sealed interface JsonValue permits JsonObject, JsonArray, JsonString, JsonNumber, JsonBoolean, JsonNull {

    /** Returns the member of that name, or {@code null} when this is no object or has no such member. */
    default @Nullable JsonValue get(String name) {
        return null;
    }

    /** Returns the element at that place, or {@code null} when this is no array or is shorter. */
    default @Nullable JsonValue get(int index) {
        return null;
    }

    /**
     * Follows a path of member names and array positions.
     *
     * @param path names ({@link String}) and positions ({@link Integer})
     * @return the value, or {@code null} when any step is missing
     */
    default @Nullable JsonValue at(Object... path) {
        JsonValue value = this;
        for (Object step : path) {
            if (value == null) {
                return null;
            }
            value = step instanceof Integer index ? value.get(index) : value.get(step.toString());
        }
        return value;
    }

    /** Returns the text of a string, or {@code null} for anything else. */
    default @Nullable String string() {
        return null;
    }

    /** Returns the text of a string member, or {@code null} when it is missing or no string. */
    default @Nullable String string(String name) {
        JsonValue value = get(name);
        return value == null ? null : value.string();
    }

    /** Returns the text of a string member, or the fallback when it is missing or no string. */
    default String string(String name, String fallback) {
        String text = string(name);
        return text == null ? fallback : text;
    }

    /** Returns the text of a scalar (string, number, boolean), or {@code null} for null, objects and arrays. */
    default @Nullable String scalarText() {
        return string();
    }

    /** Returns the number, or {@code null} when this is no number. */
    default @Nullable BigDecimal number() {
        return null;
    }

    /** Returns a whole-number member cut to the range of {@code long}, or the fallback when it is missing or no number. */
    default long longValue(String name, long fallback) {
        JsonValue value = get(name);
        BigDecimal number = value == null ? null : value.number();
        if (number == null) {
            return fallback;
        }
        if (number.precision() - number.scale() > 18) {
            return number.signum() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
        return number.longValue();
    }

    /** Returns a boolean member, or the fallback when it is missing or no boolean. */
    default boolean flag(String name, boolean fallback) {
        return get(name) instanceof JsonBoolean flag ? flag.value() : fallback;
    }

    /** Returns the elements of an array, or an empty list for anything else. */
    default List<JsonValue> elements() {
        return List.of();
    }

    /** Returns the elements of an array member, or an empty list. */
    default List<JsonValue> elements(String name) {
        JsonValue value = get(name);
        return value == null ? List.of() : value.elements();
    }

    /** Returns this value as an object, or an empty object when it is none. */
    default JsonObject asObject() {
        return this instanceof JsonObject object ? object : JsonObject.EMPTY;
    }

    /** Returns whether this is JSON {@code null}. */
    default boolean isNull() {
        return this == JsonNull.NULL;
    }

    /** Returns compact JSON text on one line. */
    default String toJson() {
        return JsonWriter.text(this);
    }

    /** Returns compact JSON text on one line, in UTF-8. */
    default byte[] toBytes() {
        return JsonWriter.bytes(this);
    }

    /** Returns a JSON value for a Java one. */
    static JsonValue of(@Nullable String text) {
        return text == null ? JsonNull.NULL : new JsonString(text);
    }

    /** Returns a JSON number. */
    static JsonValue of(long number) {
        return new JsonNumber(Long.toString(number));
    }

    /**
     * Returns a JSON number.
     *
     * @throws IllegalArgumentException when the number is not finite
     */
    static JsonValue of(double number) {
        if (!Double.isFinite(number)) {
            throw new IllegalArgumentException("JSON has no number for " + number);
        }
        if (number == Math.rint(number) && Math.abs(number) < 1e15) {
            return new JsonNumber(Long.toString((long) number));
        }
        return new JsonNumber(BigDecimal.valueOf(number).toString());
    }

    /** Returns a JSON boolean. */
    static JsonValue of(boolean flag) {
        return flag ? JsonBoolean.TRUE : JsonBoolean.FALSE;
    }
}
