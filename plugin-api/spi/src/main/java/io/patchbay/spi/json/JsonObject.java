package io.patchbay.spi.json;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A JSON object; members keep their order. */
public final class JsonObject implements JsonValue {
    public static final JsonObject EMPTY = new JsonObject(new LinkedHashMap<>());

    private final Map<String, JsonValue> members;

    /** Takes ownership of the map. */
    JsonObject(LinkedHashMap<String, JsonValue> members) {
        this.members = Collections.unmodifiableMap(members);
    }

    /** Returns an object with a copy of these members, in the map's order. */
    public static JsonObject of(Map<String, ? extends JsonValue> members) {
        return members.isEmpty() ? EMPTY : new JsonObject(new LinkedHashMap<>(members));
    }

    /** Returns a new, empty builder. */
    public static Builder builder() {
        return new Builder(new LinkedHashMap<>());
    }

    /** Returns the members in order; unmodifiable. */
    public Map<String, JsonValue> members() {
        return members;
    }

    /** Returns whether there is a member of that name, be it {@code null}. */
    public boolean has(String name) {
        return members.containsKey(name);
    }

    /** Returns whether there are no members. */
    public boolean isEmpty() {
        return members.isEmpty();
    }

    @Override
    public @Nullable JsonValue get(String name) {
        return members.get(name);
    }

    /** Returns a builder that starts with these members. */
    public Builder toBuilder() {
        return new Builder(new LinkedHashMap<>(members));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof JsonObject that && members.equals(that.members);
    }

    @Override
    public int hashCode() {
        return members.hashCode();
    }

    @Override
    public String toString() {
        return toJson();
    }

    /** Collects members; not safe for use by several threads. */
    public static final class Builder {
        private LinkedHashMap<String, JsonValue> members;

        private Builder(LinkedHashMap<String, JsonValue> members) {
            this.members = members;
        }

        /** Sets a member; an existing one keeps its place. */
        public Builder put(String name, JsonValue value) {
            members.put(Objects.requireNonNull(name, "name is null"), Objects.requireNonNull(value, "value is null"));
            return this;
        }

        /** Sets a string member, JSON {@code null} when the text is {@code null}. */
        public Builder put(String name, @Nullable String text) {
            return put(name, JsonValue.of(text));
        }

        /** Sets a number member. */
        public Builder put(String name, long number) {
            return put(name, JsonValue.of(number));
        }

        /** Sets a boolean member. */
        public Builder put(String name, boolean flag) {
            return put(name, JsonValue.of(flag));
        }

        /** Sets a member unless the value is {@code null}. */
        public Builder putIfPresent(String name, @Nullable JsonValue value) {
            return value == null ? this : put(name, value);
        }

        /** Sets a string member unless the text is {@code null}. */
        public Builder putIfPresent(String name, @Nullable String text) {
            return text == null ? this : put(name, JsonValue.of(text));
        }

        /** Sets a number member unless the number is {@code null}. */
        public Builder putIfPresent(String name, @Nullable Number number) {
            if (number == null) {
                return this;
            }
            return put(
                    name,
                    number instanceof Double || number instanceof Float
                            ? JsonValue.of(number.doubleValue())
                            : new JsonNumber(number.toString()));
        }

        /** Sets all members of the other object. */
        public Builder putAll(JsonObject other) {
            members.putAll(other.members());
            return this;
        }

        /** Removes a member if it is there. */
        public Builder remove(String name) {
            members.remove(name);
            return this;
        }

        /** Returns the object. The builder starts anew with a copy. */
        public JsonObject build() {
            JsonObject object = new JsonObject(members);
            members = new LinkedHashMap<>(members);
            return object;
        }
    }
}
