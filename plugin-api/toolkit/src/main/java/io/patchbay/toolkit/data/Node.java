package io.patchbay.toolkit.data;

import io.patchbay.spi.Text;
import io.patchbay.spi.json.JsonArray;
import io.patchbay.spi.json.JsonBoolean;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A place in a JSON document that people write, read strictly: what is not as expected is an {@link
 * IllegalArgumentException} that begins with the place as a JSON pointer, then says what was expected and what was
 * found. One object serves one reading.
 */
public final class Node {
    private static final int LONGEST_QUOTE = 60;

    private final String place;
    private final @Nullable JsonValue value;
    private final Set<String> known = new TreeSet<>();

    private Node(String place, @Nullable JsonValue value) {
        this.place = place;
        this.value = value == null || value.isNull() ? null : value;
    }

    /** Returns the outermost place of a document. */
    public static Node of(JsonValue document) {
        return new Node("", document);
    }

    /** Returns whether nothing or JSON null stands here. */
    public boolean isMissing() {
        return value == null;
    }

    /** Returns a member; from now on it is one that is known here. */
    public Node get(String name) {
        known.add(name);
        if (value != null && !(value instanceof JsonObject)) {
            throw wrong("an object");
        }
        return new Node(place + "/" + name, value == null ? null : value.get(name));
    }

    /** Refuses members nobody asked for, called when all that are known were. */
    public Node closed() {
        for (String name :
                value == null ? Set.<String>of() : value.asObject().members().keySet()) {
            if (!known.contains(name)) {
                throw new IllegalArgumentException(place + "/" + name + ": there is no such member; the nearest is \""
                        + Nearest.of(name, known) + "\" of " + String.join(", ", known));
            }
        }
        return this;
    }

    /** Returns the text, which must be there and not be blank. */
    public String text() {
        String text = value == null ? null : value.string();
        if (text == null || text.isBlank()) {
            throw wrong("a text that is not empty");
        }
        return text;
    }

    /** Returns the text, or the fallback when it is missing. */
    public String text(String fallback) {
        if (value != null && value.string() == null) {
            throw wrong("a text");
        }
        return value == null || value.string() == null ? fallback : value.string();
    }

    /**
     * Returns a text of that form, or the fallback when it is missing.
     *
     * @param form a regular expression
     * @param expected the form in words, for whoever wrote something else
     */
    public String text(String fallback, String form, String expected) {
        String text = text(fallback);
        if (!isMissing() && !text.matches(form)) {
            throw wrong(expected);
        }
        return text;
    }

    /** Returns one of these words, or the first when it is missing. */
    public String word(List<String> words) {
        String word = text(words.getFirst());
        if (!words.contains(word)) {
            throw wrong("one of " + String.join(", ", words));
        }
        return word;
    }

    /** Returns the flag, or the fallback when it is missing. */
    public boolean flag(boolean fallback) {
        if (value != null && !(value instanceof JsonBoolean)) {
            throw wrong("true or false");
        }
        return value instanceof JsonBoolean flag ? flag.value() : fallback;
    }

    /** Returns the number, which must be there. */
    public BigDecimal number() {
        BigDecimal number = value == null ? null : value.number();
        if (number == null) {
            throw wrong("a number");
        }
        return number;
    }

    /** Returns a whole number from 0 to that, or the fallback when it is missing. */
    public long whole(long fallback, long most) {
        if (isMissing()) {
            return fallback;
        }
        BigDecimal number = number();
        if (number.signum() < 0
                || number.compareTo(BigDecimal.valueOf(most)) > 0
                || number.stripTrailingZeros().scale() > 0) {
            throw wrong("a whole number from 0 to " + most);
        }
        return number.longValue();
    }

    /** Returns whatever stands here, which must be there. */
    public JsonValue any() {
        if (value == null) {
            throw wrong("a value");
        }
        return value;
    }

    /** Returns a text for people: the same in all languages, or an object with {@code en} and {@code zh}. */
    public Text wording(Text fallback) {
        if (isMissing()) {
            return fallback;
        }
        if (!(value instanceof JsonObject)) {
            return Text.of(text(), text());
        }
        Text wording = Text.of(get("en").text(), get("zh").text());
        closed();
        return wording;
    }

    /** Reads each element of a list; none when it is missing. */
    public <T> List<T> each(Function<Node, T> reading) {
        if (value != null && !(value instanceof JsonArray)) {
            throw wrong("a list");
        }
        List<T> all = new ArrayList<>();
        for (JsonValue element : value == null ? List.<JsonValue>of() : value.elements()) {
            all.add(reading.apply(new Node(place + "/" + all.size(), element)));
        }
        return all;
    }

    /** Returns a list of texts, none of them blank; empty when it is missing. */
    public List<String> texts() {
        return each(Node::text);
    }

    /** Reads each member of an object of any names; none when it is missing. */
    public <T> Map<String, T> members(Function<Node, T> reading) {
        if (value != null && !(value instanceof JsonObject)) {
            throw wrong("an object");
        }
        Map<String, T> all = new LinkedHashMap<>();
        if (value != null) {
            value.asObject().members().keySet().forEach(name -> all.put(name, reading.apply(get(name))));
        }
        return all;
    }

    /** Returns another value in this place. */
    public Node replaced(JsonValue other) {
        return new Node(place, other);
    }

    /** Returns whether a list stands here. */
    public boolean isList() {
        return value instanceof JsonArray;
    }

    /** Returns whether an object stands here. */
    public boolean isObject() {
        return value instanceof JsonObject;
    }

    /** Returns what to throw when something else was expected here. */
    public IllegalArgumentException wrong(String expected) {
        String found = value == null ? "nothing" : value.toJson();
        String quote = found.length() > LONGEST_QUOTE ? found.substring(0, LONGEST_QUOTE) + "…" : found;
        return new IllegalArgumentException(
                (place.isEmpty() ? "/" : place) + ": expected " + expected + ", found " + quote);
    }
}
