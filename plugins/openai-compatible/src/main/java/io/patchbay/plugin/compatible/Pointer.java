package io.patchbay.plugin.compatible;

import io.patchbay.spi.json.JsonValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A place in an answer: a JSON pointer of RFC 6901. The empty one is the answer itself.
 *
 * @param steps names of members, or numbers of elements
 */
record Pointer(List<String> steps) {
    /** What a pointer looks like, the empty one left out. */
    static final String FORM = "(/([^/~]|~[01])+)+";

    static final String EXPECTED = "a JSON pointer such as /data/left";

    /** Reads a pointer of that form, or the empty one. */
    static Pointer of(String text) {
        if (text.isEmpty()) {
            return new Pointer(List.of());
        }
        return new Pointer(List.of(text.substring(1).split("/")).stream()
                .map(step -> step.replace("~1", "/").replace("~0", "~"))
                .toList());
    }

    /** Returns what is there, {@code null} when nothing is. */
    @Nullable
    JsonValue in(@Nullable JsonValue answer) {
        JsonValue value = answer;
        for (String step : steps) {
            if (value == null) {
                return null;
            }
            JsonValue member = value.get(step);
            value = member == null && step.matches("[0-9]{1,6}") ? value.get(Integer.parseInt(step)) : member;
        }
        return value;
    }
}
