package io.patchbay.dialects.openai;

import io.patchbay.dialects.scan.JsonCursor;
import io.patchbay.spi.json.Json;
import io.patchbay.spi.json.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * Looks over one chunk or one whole answer in place and notes where the telling members are. Keys are matched at their
 * depth, never by search: the same words also occur inside texts. Reusable; allocates nothing once it has grown.
 */
final class ChunkScan {
    private static final byte[] NOTHING = new byte[0];

    private final Members members = new Members();
    private final JsonCursor cursor = members.cursor();
    private final Findings found = new Findings();
    private final ChoiceScan choices = new ChoiceScan(members, found);
    private byte[] in = NOTHING;

    private int idFrom;
    private int idTo;
    private int modelFrom;
    private int modelTo;
    private int createdFrom;
    private int createdTo;
    private int usageFrom;
    private int usageTo;
    private int vendorUsageFrom;
    private int vendorUsageTo;
    private int errorFrom;
    private int errorTo;

    /**
     * Scans a JSON object.
     *
     * @param holder the member of a choice that holds its content, {@code delta} or {@code message}
     * @param lenient whether escaped and repeated names are put up with; else they show in {@link #odd()}
     * @throws io.patchbay.dialects.scan.ScanException when the text is not JSON
     */
    void scan(byte[] array, int from, int to, String holder, boolean lenient) {
        in = array;
        found.clear();
        choices.clear();
        idFrom = 0;
        idTo = 0;
        modelFrom = 0;
        modelTo = 0;
        createdFrom = 0;
        createdTo = 0;
        usageFrom = 0;
        usageTo = 0;
        vendorUsageFrom = 0;
        vendorUsageTo = 0;
        errorFrom = 0;
        errorTo = 0;
        members.over(array, from, to, lenient);
        top(holder);
        cursor.finish();
    }

    /** Lets go of the scanned array. */
    void release() {
        in = NOTHING;
        members.release();
    }

    /** Returns whether names are escaped or repeated, so that two readers could understand the text differently. */
    boolean odd() {
        return members.odd();
    }

    /** Returns whether a choice is no object, or an index is beyond all reason. */
    boolean wild() {
        return choices.wild();
    }

    /** Returns the number of choices, -1 when there is no array of them. */
    int choices() {
        return choices.choices();
    }

    /** Returns whether a choice holds a whole message where a delta belongs. */
    boolean misplaced() {
        return choices.misplaced();
    }

    /** Returns what is in the choices. */
    Findings found() {
        return found;
    }

    boolean hasId() {
        return idTo > idFrom;
    }

    String id() {
        return members.text(idFrom, idTo);
    }

    /** Returns where the model's value begins, quotes included; 0 when there is none. */
    int modelFrom() {
        return modelFrom;
    }

    int modelTo() {
        return modelTo;
    }

    /** Returns the model, or {@code null} when it is missing, empty or no string. */
    @Nullable
    String model() {
        return modelTo - modelFrom > 2 && in[modelFrom] == '"' ? members.text(modelFrom + 1, modelTo - 1) : null;
    }

    boolean hasCreated() {
        return createdTo > createdFrom;
    }

    /** Returns the time of creation in seconds. */
    long created() {
        return members.number(createdFrom, createdTo);
    }

    /** Returns where the top-level usage object begins; 0 when there is none. */
    int usageFrom() {
        return usageFrom;
    }

    int usageTo() {
        return usageTo;
    }

    /** Returns where a usage object in a choice, or else in a vendor's own member, begins; 0 when there is none. */
    int innerUsageFrom() {
        return choices.usageTo() > 0 ? choices.usageFrom() : vendorUsageFrom;
    }

    int innerUsageTo() {
        return choices.usageTo() > 0 ? choices.usageTo() : vendorUsageTo;
    }

    /** Returns the value of the error member, or {@code null} when it is missing or JSON null. */
    @Nullable
    JsonValue error() {
        return errorTo > errorFrom && in[errorFrom] != 'n' ? Json.parse(in, errorFrom, errorTo - errorFrom) : null;
    }

    /** Returns the text of a string's content. */
    String text(int from, int to) {
        return members.text(from, to);
    }

    private void top(String holder) {
        cursor.enterObject();
        int seen = 0;
        boolean first = true;
        while (members.next(first)) {
            first = false;
            int from = cursor.at();
            switch (members.initial()) {
                case 'i' -> {
                    if (members.is("id")) {
                        seen = members.see(seen, 1);
                        if (members.string()) {
                            idFrom = cursor.stringFrom();
                            idTo = cursor.stringTo();
                        }
                        continue;
                    }
                }
                case 'm' -> {
                    if (members.is("model")) {
                        seen = members.see(seen, 2);
                        cursor.skip();
                        modelFrom = from;
                        modelTo = cursor.at();
                        continue;
                    }
                }
                case 'c' -> {
                    if (members.is("choices")) {
                        seen = members.see(seen, 4);
                        if (cursor.peek() == '[') {
                            choices.scan(holder);
                            continue;
                        }
                    } else if (members.is("created")) {
                        seen = members.see(seen, 8);
                        if (Members.isDigit(cursor.peek())) {
                            cursor.skip();
                            createdFrom = from;
                            createdTo = cursor.at();
                            continue;
                        }
                    }
                }
                case 'u' -> {
                    if (members.is("usage")) {
                        seen = members.see(seen, 16);
                        if (cursor.peek() == '{') {
                            cursor.skip();
                            usageFrom = from;
                            usageTo = cursor.at();
                            continue;
                        }
                    }
                }
                case 'e' -> {
                    if (members.is("error")) {
                        seen = members.see(seen, 32);
                        cursor.skip();
                        errorFrom = from;
                        errorTo = cursor.at();
                        continue;
                    }
                }
                case 'x' -> {
                    if (members.is("x_groq") && cursor.peek() == '{') {
                        seen = members.see(seen, 64);
                        groq();
                        continue;
                    }
                }
                default -> {}
            }
            cursor.skip();
        }
    }

    private void groq() {
        cursor.enterObject();
        boolean first = true;
        while (members.next(first)) {
            first = false;
            int from = cursor.at();
            boolean usage = members.is("usage") && cursor.peek() == '{';
            boolean error = members.is("error");
            cursor.skip();
            if (usage) {
                vendorUsageFrom = from;
                vendorUsageTo = cursor.at();
            } else if (error && errorTo == errorFrom) {
                errorFrom = from;
                errorTo = cursor.at();
            }
        }
    }
}
