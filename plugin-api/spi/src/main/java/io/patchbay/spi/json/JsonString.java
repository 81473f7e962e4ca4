package io.patchbay.spi.json;

import java.util.Objects;

/** A JSON string. */
public record JsonString(String value) implements JsonValue {
    public JsonString {
        Objects.requireNonNull(value, "value is null");
    }

    @Override
    public String string() {
        return value;
    }

    @Override
    public String toString() {
        return toJson();
    }
}
