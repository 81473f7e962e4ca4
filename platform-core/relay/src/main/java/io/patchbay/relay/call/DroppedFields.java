package io.patchbay.relay.call;

import java.util.Collection;
import java.util.Map;
import java.util.TreeSet;

/** How a client is told which fields of its request the upstream did not see. */
public final class DroppedFields {
    /** The response header. */
    public static final String HEADER = "Patchbay-Dropped-Fields";

    private static final int MAX_LENGTH = 1_000;
    private static final String SEPARATOR = ", ";
    private static final String MORE = "...";

    private DroppedFields() {}

    /**
     * Returns the header, or nothing when no field was dropped. Names that are not printable ASCII are left out: they
     * could not be told from the header's own punctuation.
     */
    public static Map<String, String> header(Collection<String> fields) {
        StringBuilder value = new StringBuilder();
        for (String field : new TreeSet<>(fields)) {
            if (!isName(field)) {
                continue;
            }
            String separator = value.isEmpty() ? "" : SEPARATOR;
            int left = MAX_LENGTH - value.length() - SEPARATOR.length() - MORE.length();
            if (separator.length() + field.length() > left) {
                value.append(separator).append(MORE);
                break;
            }
            value.append(separator).append(field);
        }
        return value.isEmpty() ? Map.of() : Map.of(HEADER, value.toString());
    }

    private static boolean isName(String field) {
        return !field.isEmpty() && field.chars().allMatch(c -> c > ' ' && c < 127 && c != ',');
    }
}
