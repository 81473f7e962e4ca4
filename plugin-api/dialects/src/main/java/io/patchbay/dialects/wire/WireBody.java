package io.patchbay.dialects.wire;

import io.patchbay.dialects.scan.JsonCursor;
import io.patchbay.dialects.scan.ScanException;
import io.patchbay.spi.Bytes;
import io.patchbay.spi.Dialect;
import io.patchbay.spi.chat.Wire;
import io.patchbay.spi.http.Body;
import io.patchbay.spi.json.Json;
import io.patchbay.spi.json.JsonValue;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A client's JSON object with an index of its top-level members by byte positions. The whole grammar is checked in one
 * pass; no tree is built. Immutable, safe to share between threads.
 *
 * <p>Bodies that two readers could understand differently are refused: duplicate or escaped names of top-level members,
 * and anything behind the object.
 */
public final class WireBody implements Wire {
    private static final int MAX_MEMBERS = 1_000;

    private final Dialect dialect;
    private final byte[] bytes;
    private final int open;
    private final int close;
    private final Map<String, Member> members;

    /** Where a member lies: {@code name} is the position of its opening quote, {@code to} is behind the value. */
    private record Member(int name, int from, int to) {}

    private WireBody(Dialect dialect, byte[] bytes, int open, int close, LinkedHashMap<String, Member> members) {
        this.dialect = dialect;
        this.bytes = bytes;
        this.open = open;
        this.close = close;
        this.members = Collections.unmodifiableMap(members);
    }

    /**
     * Reads a body.
     *
     * @param body not to be changed afterwards
     * @throws WireException when it is not one JSON object in UTF-8, is nested more than 512 deep, has more than 1,000
     *     top-level members, or could be understood in two ways
     */
    public static WireBody read(Dialect dialect, byte[] body) {
        JsonCursor cursor = new JsonCursor();
        LinkedHashMap<String, Member> members = new LinkedHashMap<>();
        try {
            cursor.over(body, 0, body.length);
            if (cursor.peek() != '{') {
                throw refused(body, cursor.at(), "the body must be a JSON object");
            }
            int open = cursor.at();
            cursor.enterObject();
            boolean first = true;
            while (cursor.nextMember(first)) {
                first = false;
                int name = cursor.stringFrom() - 1;
                String text = name(body, cursor);
                if (members.size() == MAX_MEMBERS) {
                    throw refused(body, name, "more than " + MAX_MEMBERS + " members");
                }
                int from = cursor.at();
                cursor.skip();
                if (members.put(text, new Member(name, from, cursor.at())) != null) {
                    throw refused(body, name, "a member name occurs twice");
                }
            }
            int close = cursor.at() - 1;
            cursor.finish();
            return new WireBody(dialect, body, open, close, members);
        } catch (ScanException e) {
            throw refused(body, e.position(), e.getMessage());
        }
    }

    private static String name(byte[] body, JsonCursor cursor) {
        if (cursor.escaped()) {
            throw refused(body, cursor.stringFrom() - 1, "a member name is written with escapes");
        }
        String text = cursor.stringText();
        if (text.indexOf('\uFFFD') >= 0) {
            throw refused(body, cursor.stringFrom() - 1, "a member name is not UTF-8");
        }
        return text;
    }

    private static WireException refused(byte[] body, int position, @Nullable String why) {
        int line = 1;
        int column = 1;
        for (int i = 0; i < position; i++) {
            if (body[i] == '\n') {
                line++;
                column = 1;
            } else {
                column++;
            }
        }
        return new WireException(
                "invalid JSON body: " + why + " (line " + line + ", column " + column + ")", position, line, column);
    }

    @Override
    public Dialect dialect() {
        return dialect;
    }

    @Override
    public Set<String> names() {
        return members.keySet();
    }

    @Override
    public @Nullable JsonValue get(String name) {
        Member member = members.get(name);
        return member == null ? null : Json.parse(bytes, member.from, member.to - member.from);
    }

    /** Returns the bytes of a top-level member's value as they came, or {@code null} when it is missing. */
    public @Nullable Bytes raw(String name) {
        Member member = members.get(name);
        return member == null ? null : Bytes.of(bytes, member.from, member.to - member.from);
    }

    /** Returns the size of the body in bytes. */
    public int length() {
        return bytes.length;
    }

    /**
     * {@inheritDoc}
     *
     * <p>{@code set} and {@code remove} go by the names of this body, {@code rename} comes last. A name never occurs
     * twice in the result: a member that would be renamed to one that is there already is left out.
     */
    @Override
    public Body edited(Map<String, JsonValue> set, Map<String, String> rename, Set<String> remove) {
        if (set.isEmpty() && remove.isEmpty() && Collections.disjoint(members.keySet(), rename.keySet())) {
            return Body.bytes("application/json", bytes);
        }
        Map<String, byte[]> texts = new LinkedHashMap<>();
        set.forEach((name, value) -> texts.put(name, value.toBytes()));
        return Body.bytes("application/json", new Splice(texts, rename, remove).bytes());
    }

    /**
     * Returns this body with top-level members set (in place, or at the end when new) and removed. All other bytes stay
     * as they are, and are not read again; the same object when there is nothing to do. Only here may a body get more
     * members than {@link #read} takes.
     *
     * @param set JSON texts in UTF-8 by name, not to be changed afterwards
     * @param remove names that go, unless they are set
     * @throws IllegalArgumentException when a text is not one JSON value, or a name could not be read again
     */
    public WireBody with(Map<String, byte[]> set, Set<String> remove) {
        set.forEach(WireBody::check);
        return set.isEmpty() && Collections.disjoint(members.keySet(), remove)
                ? this
                : new Splice(set, Map.of(), remove).body();
    }

    private static void check(String name, byte[] text) {
        byte[] written = JsonValue.of(name).toBytes();
        JsonCursor cursor = new JsonCursor();
        try {
            cursor.over(written, 0, written.length);
            cursor.string();
            name(written, cursor);
            cursor.over(text, 0, text.length);
            cursor.skip();
            cursor.finish();
        } catch (WireException | ScanException e) {
            throw new IllegalArgumentException("a member cannot be set: " + e.getMessage(), e);
        }
    }

    /** Returns the size only: content may be somebody's prompt. */
    @Override
    public String toString() {
        return dialect.id() + " body of " + bytes.length + " bytes";
    }

    /** One edit. Members that stay as they are and lie side by side are copied in one run, separators included. */
    private final class Splice {
        private final Map<String, byte[]> set;
        private final Map<String, String> rename;
        private final ByteArrayOutputStream out;
        private final Set<String> written = new HashSet<>();
        private final LinkedHashMap<String, Member> index = new LinkedHashMap<>();
        private final List<String> run = new ArrayList<>();
        private final int end;
        private int runFrom;
        private int runTo;

        Splice(Map<String, byte[]> set, Map<String, String> rename, Set<String> remove) {
            this.set = set;
            this.rename = rename;
            int added = set.values().stream().mapToInt(text -> text.length).sum();
            this.out = new ByteArrayOutputStream(bytes.length + added + 256);
            List<String> names = new ArrayList<>(members.keySet());
            set.keySet().stream().filter(name -> !members.containsKey(name)).forEach(names::add);
            names.removeIf(name -> remove.contains(name) && !set.containsKey(name));
            // Who keeps his name has the first right to it.
            names.stream().filter(name -> target(name).equals(name)).forEach(written::add);
            out.write(bytes, 0, open + 1);
            names.forEach(this::member);
            flush();
            this.end = out.size();
            out.write(bytes, close, bytes.length - close);
        }

        byte[] bytes() {
            return out.toByteArray();
        }

        WireBody body() {
            return new WireBody(dialect, bytes(), open, end, index);
        }

        private String target(String name) {
            return rename.getOrDefault(name, name);
        }

        private void member(String name) {
            String target = target(name);
            boolean renamed = !target.equals(name);
            if (renamed && !written.add(target)) {
                return;
            }
            Member member = members.get(name);
            byte[] value = set.get(name);
            if (member != null && value == null && !renamed) {
                if (!run.isEmpty() && !adjacent(runTo, member.name)) {
                    flush();
                }
                if (run.isEmpty()) {
                    runFrom = member.name;
                }
                run.add(name);
                runTo = member.to;
                return;
            }
            flush();
            separate();
            int start = out.size();
            out.writeBytes(JsonValue.of(target).toBytes());
            out.write(':');
            int from = out.size();
            if (value != null) {
                out.writeBytes(value);
            } else if (member != null) {
                out.write(bytes, member.from, member.to - member.from);
            }
            index.put(target, new Member(start, from, out.size()));
        }

        /** Returns whether only a separator lies between the two positions. */
        private boolean adjacent(int from, int to) {
            for (int i = from; i < to; i++) {
                if (bytes[i] == '"') {
                    return false;
                }
            }
            return true;
        }

        private void flush() {
            if (run.isEmpty()) {
                return;
            }
            separate();
            int shift = out.size() - runFrom;
            out.write(bytes, runFrom, runTo - runFrom);
            for (String name : run) {
                Member member = members.get(name);
                if (member != null) {
                    index.put(name, new Member(member.name + shift, member.from + shift, member.to + shift));
                }
            }
            run.clear();
        }

        private void separate() {
            if (!index.isEmpty()) {
                out.write(',');
            }
        }
    }
}
