package io.patchbay.dialects.openai;

import io.patchbay.dialects.scan.JsonCursor;
import io.patchbay.spi.json.Json;
import io.patchbay.spi.json.JsonValue;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Looks over one chunk or one whole answer in place and notes where the telling members are. Keys are matched at their
 * depth, never by search: the same words also occur inside texts. Reusable; allocates nothing once it has grown.
 *
 * <p>What is found in the choices is a list of triples: a kind and two numbers, mostly a span of the text.
 */
final class ChunkScan {
    /** A choice begins; index and the position of its opening brace. */
    static final int CHOICE = 0;
    /** Content of a string of visible text or refusal. */
    static final int TEXT = 1;
    /** A content array. */
    static final int PARTS = 2;
    /** Content of {@code reasoning_content}. */
    static final int REASONING_CONTENT = 3;
    /** Content of {@code reasoning}. */
    static final int REASONING = 4;
    /** A tool call begins; its index, or {@link #NO_INDEX}. */
    static final int CALL = 5;
    /** Content of a call's id. */
    static final int CALL_ID = 6;
    /** Content of a call's name. */
    static final int CALL_NAME = 7;
    /** Content of a call's arguments. */
    static final int CALL_TEXT = 8;
    /** Arguments that are an object in place of a string. */
    static final int CALL_TREE = 9;
    /** Audio or images. */
    static final int MEDIA = 10;
    /** Content of an empty role. */
    static final int NO_ROLE = 11;
    /** A choice without a delta object; the span of what is there in its place, or twice 0. */
    static final int NO_DELTA = 12;
    /** Content of the finish reason of the choice that ends with this. */
    static final int FINISH = 13;

    static final int NO_INDEX = -1;
    /** Choices and calls beyond this are nonsense. */
    static final int MAX_INDEX = 1_000;

    private final JsonCursor cursor = new JsonCursor();
    private byte[] in = new byte[0];
    private int[] found = new int[48];
    private int size;
    private boolean lenient;

    private boolean odd;
    private boolean wild;
    private int idFrom;
    private int idTo;
    private int modelFrom;
    private int modelTo;
    private int createdFrom;
    private int createdTo;
    private int usageFrom;
    private int usageTo;
    private int innerUsageFrom;
    private int innerUsageTo;
    private int errorFrom;
    private int errorTo;
    private int choices;
    private int deltas;

    /**
     * Scans a JSON object.
     *
     * @param holder the member of a choice that holds its content, {@code delta} or {@code message}
     * @param lenient whether escaped and repeated names are put up with; else they show in {@link #odd()}
     * @throws io.patchbay.dialects.scan.ScanException when the text is not JSON
     */
    void scan(byte[] array, int from, int to, String holder, boolean lenient) {
        this.in = array;
        this.lenient = lenient;
        size = 0;
        odd = false;
        wild = false;
        idFrom = 0;
        idTo = 0;
        modelFrom = 0;
        modelTo = 0;
        createdFrom = 0;
        createdTo = 0;
        usageFrom = 0;
        usageTo = 0;
        innerUsageFrom = 0;
        innerUsageTo = 0;
        errorFrom = 0;
        errorTo = 0;
        choices = -1;
        deltas = 0;
        cursor.over(array, from, to);
        top(holder);
        cursor.finish();
    }

    /** Lets go of the scanned array. */
    void release() {
        in = new byte[0];
        cursor.release();
    }

    /** Returns whether names are escaped or repeated, so that two readers could understand the text differently. */
    boolean odd() {
        return odd;
    }

    /** Returns whether an index is beyond all reason. */
    boolean wild() {
        return wild;
    }

    /** Returns the number of choices, -1 when there is no array of them. */
    int choices() {
        return choices;
    }

    /** Returns how many choices have an object that holds content. */
    int deltas() {
        return deltas;
    }

    int size() {
        return size;
    }

    int kind(int i) {
        return found[3 * i];
    }

    int a(int i) {
        return found[3 * i + 1];
    }

    int b(int i) {
        return found[3 * i + 2];
    }

    boolean hasId() {
        return idTo > idFrom;
    }

    String id() {
        return text(idFrom, idTo);
    }

    /** Returns where the model's value begins, quotes included; 0 when there is none. */
    int modelFrom() {
        return modelFrom;
    }

    int modelTo() {
        return modelTo;
    }

    /** Returns the model, or {@code null} when it is missing, empty or no string. */
    @Nullable String model() {
        return modelTo - modelFrom > 2 && in[modelFrom] == '"' ? text(modelFrom + 1, modelTo - 1) : null;
    }

    /** Returns the time of creation in seconds, or the fallback. */
    long created(long fallback) {
        return createdTo > createdFrom ? Math.max(0, number(createdFrom, createdTo)) : fallback;
    }

    boolean hasCreated() {
        return createdTo > createdFrom;
    }

    /** Returns where the top-level usage object begins; 0 when there is none. */
    int usageFrom() {
        return usageFrom;
    }

    int usageTo() {
        return usageTo;
    }

    /** Returns where a usage object in a choice or in a vendor's own member begins; 0 when there is none. */
    int innerUsageFrom() {
        return innerUsageFrom;
    }

    int innerUsageTo() {
        return innerUsageTo;
    }

    /** Returns the value of the error member, or {@code null} when it is missing or JSON null. */
    @Nullable JsonValue error() {
        return errorTo > errorFrom && in[errorFrom] != 'n' ? Json.parse(in, errorFrom, errorTo - errorFrom) : null;
    }

    /** Returns the text of a string's content. */
    String text(int from, int to) {
        for (int i = from; i < to; i++) {
            if (in[i] == '\\') {
                String text = Json.parse(in, from - 1, to - from + 2).string();
                return text == null ? "" : text;
            }
        }
        return new String(in, from, to - from, StandardCharsets.UTF_8);
    }

    private void add(int kind, int a, int b) {
        if (3 * size + 3 > found.length) {
            found = Arrays.copyOf(found, found.length * 2);
        }
        found[3 * size] = kind;
        found[3 * size + 1] = a;
        found[3 * size + 2] = b;
        size++;
    }

    /** Notes a visit; a second one to the same name is odd. */
    private int see(int seen, int bit) {
        if ((seen & bit) != 0 && !lenient) {
            odd = true;
        }
        return seen | bit;
    }

    private boolean is(String name) {
        return cursor.stringIs(name);
    }

    /** Goes to the next member; an escaped name is odd, because it could stand for any other. */
    private boolean next(boolean first) {
        if (!cursor.nextMember(first)) {
            return false;
        }
        if (cursor.escaped() && !lenient) {
            odd = true;
        }
        return true;
    }

    private byte initial() {
        return cursor.stringTo() > cursor.stringFrom() ? in[cursor.stringFrom()] : 0;
    }

    private void top(String holder) {
        cursor.enterObject();
        int seen = 0;
        boolean first = true;
        while (next(first)) {
            first = false;
            int from = cursor.at();
            switch (initial()) {
                case 'i' -> {
                    if (is("id")) {
                        seen = see(seen, 1);
                        if (string()) {
                            idFrom = cursor.stringFrom();
                            idTo = cursor.stringTo();
                        }
                        continue;
                    }
                }
                case 'm' -> {
                    if (is("model")) {
                        seen = see(seen, 2);
                        cursor.skip();
                        modelFrom = from;
                        modelTo = cursor.at();
                        continue;
                    }
                }
                case 'c' -> {
                    if (is("choices")) {
                        seen = see(seen, 4);
                        if (cursor.peek() == '[') {
                            choices(holder);
                            continue;
                        }
                    } else if (is("created")) {
                        seen = see(seen, 8);
                        if (isDigit(cursor.peek())) {
                            cursor.skip();
                            createdFrom = from;
                            createdTo = cursor.at();
                            continue;
                        }
                    }
                }
                case 'u' -> {
                    if (is("usage")) {
                        seen = see(seen, 16);
                        if (cursor.peek() == '{') {
                            cursor.skip();
                            usageFrom = from;
                            usageTo = cursor.at();
                            continue;
                        }
                    }
                }
                case 'e' -> {
                    if (is("error")) {
                        seen = see(seen, 32);
                        cursor.skip();
                        errorFrom = from;
                        errorTo = cursor.at();
                        continue;
                    }
                }
                case 'x' -> {
                    if (is("x_groq") && cursor.peek() == '{') {
                        seen = see(seen, 64);
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
        while (next(first)) {
            first = false;
            int from = cursor.at();
            boolean usage = is("usage") && cursor.peek() == '{';
            boolean error = is("error");
            cursor.skip();
            if (usage) {
                innerUsageFrom = from;
                innerUsageTo = cursor.at();
            } else if (error && errorTo == errorFrom) {
                errorFrom = from;
                errorTo = cursor.at();
            }
        }
    }

    private void choices(String holder) {
        choices = 0;
        cursor.enterArray();
        boolean first = true;
        while (cursor.nextElement(first)) {
            first = false;
            if (cursor.peek() == '{') {
                choice(holder);
            } else {
                cursor.skip();
            }
            choices++;
        }
        wild |= choices > MAX_INDEX;
    }

    private void choice(String holder) {
        int here = size;
        add(CHOICE, choices, cursor.at());
        cursor.enterObject();
        int finishFrom = 0;
        int finishTo = 0;
        int insteadFrom = 0;
        int insteadTo = 0;
        boolean held = false;
        int seen = 0;
        boolean first = true;
        while (next(first)) {
            first = false;
            int from = cursor.at();
            if (is(holder)) {
                seen = see(seen, 1);
                if (cursor.peek() == '{') {
                    held = true;
                    holder();
                } else {
                    cursor.skip();
                    insteadFrom = from;
                    insteadTo = cursor.at();
                }
            } else if (is("index")) {
                seen = see(seen, 2);
                cursor.skip();
                if (isDigit(in[from])) {
                    found[3 * here + 1] = index(from, cursor.at());
                }
            } else if (is("finish_reason")) {
                seen = see(seen, 4);
                if (string()) {
                    finishFrom = cursor.stringFrom();
                    finishTo = cursor.stringTo();
                }
            } else if (is("usage") && cursor.peek() == '{') {
                cursor.skip();
                innerUsageFrom = from;
                innerUsageTo = cursor.at();
            } else {
                cursor.skip();
            }
        }
        if (held) {
            deltas++;
        } else {
            add(NO_DELTA, insteadFrom, insteadTo);
        }
        if (finishTo > finishFrom) {
            add(FINISH, finishFrom, finishTo);
        }
    }

    private void holder() {
        cursor.enterObject();
        int seen = 0;
        boolean first = true;
        while (next(first)) {
            first = false;
            switch (initial()) {
                case 'c' -> {
                    if (is("content")) {
                        seen = see(seen, 1);
                        textOrParts();
                        continue;
                    }
                }
                case 'r' -> {
                    if (is("role")) {
                        seen = see(seen, 2);
                        if (!string() && in[cursor.at() - 1] == '"') {
                            add(NO_ROLE, cursor.at() - 1, cursor.at() - 1);
                        }
                        continue;
                    }
                    if (is("refusal")) {
                        seen = see(seen, 4);
                        span(TEXT);
                        continue;
                    }
                    if (is("reasoning_content")) {
                        seen = see(seen, 8);
                        span(REASONING_CONTENT);
                        continue;
                    }
                    if (is("reasoning")) {
                        seen = see(seen, 16);
                        span(REASONING);
                        continue;
                    }
                }
                case 't' -> {
                    if (is("tool_calls") && cursor.peek() == '[') {
                        seen = see(seen, 32);
                        calls();
                        continue;
                    }
                }
                case 'f' -> {
                    if (is("function_call") && cursor.peek() == '{') {
                        seen = see(seen, 64);
                        add(CALL, 0, 0);
                        called();
                        continue;
                    }
                }
                case 'a', 'i' -> {
                    if (is("audio") || is("images")) {
                        byte begin = cursor.peek();
                        int from = cursor.at();
                        cursor.skip();
                        if ((begin == '{' || begin == '[') && cursor.at() - from > 2) {
                            add(MEDIA, from, cursor.at());
                        }
                        continue;
                    }
                }
                default -> {}
            }
            cursor.skip();
        }
    }

    private void textOrParts() {
        if (cursor.peek() != '[') {
            span(TEXT);
            return;
        }
        int from = cursor.at();
        cursor.skip();
        add(PARTS, from, cursor.at());
    }

    private void calls() {
        cursor.enterArray();
        boolean first = true;
        while (cursor.nextElement(first)) {
            first = false;
            if (cursor.peek() == '{') {
                call();
            } else {
                cursor.skip();
            }
        }
    }

    private void call() {
        int here = size;
        add(CALL, NO_INDEX, 0);
        cursor.enterObject();
        int seen = 0;
        boolean first = true;
        while (next(first)) {
            first = false;
            int from = cursor.at();
            if (is("index")) {
                seen = see(seen, 1);
                cursor.skip();
                if (isDigit(in[from])) {
                    found[3 * here + 1] = index(from, cursor.at());
                }
            } else if (is("id")) {
                seen = see(seen, 2);
                span(CALL_ID);
            } else if ((is("function") || is("custom")) && cursor.peek() == '{') {
                seen = see(seen, 4);
                called();
            } else {
                cursor.skip();
            }
        }
    }

    /** Reads name and arguments of a function, or name and input of a custom tool. */
    private void called() {
        cursor.enterObject();
        int seen = 0;
        boolean first = true;
        while (next(first)) {
            first = false;
            if (is("name")) {
                seen = see(seen, 1);
                span(CALL_NAME);
            } else if (is("arguments") || is("input")) {
                seen = see(seen, 2);
                byte begin = cursor.peek();
                int from = cursor.at();
                if (begin == '{' || begin == '[') {
                    cursor.skip();
                    add(CALL_TREE, from, cursor.at());
                } else {
                    span(CALL_TEXT);
                }
            } else {
                cursor.skip();
            }
        }
    }

    /** Notes the content of a string that is not empty; skips anything else. */
    private void span(int kind) {
        if (string()) {
            add(kind, cursor.stringFrom(), cursor.stringTo());
        }
    }

    /** Goes behind the value; returns whether it is a string that is not empty. */
    private boolean string() {
        if (cursor.peek() != '"') {
            cursor.skip();
            return false;
        }
        cursor.string();
        return cursor.stringTo() > cursor.stringFrom();
    }

    private int index(int from, int to) {
        long number = number(from, to);
        if (number > MAX_INDEX) {
            wild = true;
        }
        return (int) Math.min(number, MAX_INDEX);
    }

    private long number(int from, int to) {
        if (to - from > 18) {
            return tree(from, to);
        }
        long number = 0;
        for (int i = from; i < to; i++) {
            if (!isDigit(in[i])) {
                return tree(from, to);
            }
            number = number * 10 + (in[i] - '0');
        }
        return number;
    }

    private long tree(int from, int to) {
        BigDecimal number = Json.parse(in, from, to - from).number();
        if (number == null || number.precision() - number.scale() > 18) {
            return Long.MAX_VALUE;
        }
        return Math.max(0, number.longValue());
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }
}
