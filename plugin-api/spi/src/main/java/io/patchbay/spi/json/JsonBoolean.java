package io.patchbay.spi.json;

/** A JSON boolean. */
public enum JsonBoolean implements JsonValue {
    TRUE(true),
    FALSE(false);

    private final boolean value;

    JsonBoolean(boolean value) {
        this.value = value;
    }

    /** Returns the Java value. */
    public boolean value() {
        return value;
    }

    @Override
    public String scalarText() {
        return Boolean.toString(value);
    }

    @Override
    public String toString() {
        return scalarText();
    }
}
