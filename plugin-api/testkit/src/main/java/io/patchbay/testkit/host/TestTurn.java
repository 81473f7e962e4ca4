package io.patchbay.testkit.host;

import io.patchbay.spi.Memo;
import io.patchbay.spi.Turn;
import io.patchbay.spi.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the host lends to a flow, for tests: a clock that stands still until it is moved, randomness from a seed, and a
 * memory of everything the flow said. Not safe for use by several threads.
 *
 * @param <E> the events of the flow
 */
public final class TestTurn<E> implements Turn<E> {
    private static final int MAX_NOTE = 200;

    private final List<E> events = new ArrayList<>();
    private final Map<String, String> notes = new LinkedHashMap<>();
    private final Set<String> dropped = new TreeSet<>();
    private final Map<Memo, String> remembered = new LinkedHashMap<>();
    private final SplittableRandom random;
    private final Consumer<String> mistakes;
    private Instant now;
    private @Nullable HttpRequest farewell;
    private boolean open = true;

    /** Creates a turn that may be used at any time. */
    public TestTurn(Instant now, long seed) {
        this(now, seed, mistake -> {
            throw new IllegalStateException(mistake);
        });
    }

    TestTurn(Instant now, long seed, Consumer<String> mistakes) {
        this.now = now;
        this.random = new SplittableRandom(seed);
        this.mistakes = mistakes;
    }

    @Override
    public void emit(E event) {
        inside("emit");
        events.add(Objects.requireNonNull(event, "event is null"));
    }

    @Override
    public Instant now() {
        inside("now");
        return now;
    }

    @Override
    public byte[] random(int count) {
        inside("random");
        if (count < 1 || count > 1_024) {
            throw new IllegalArgumentException("1 to 1,024 random bytes can be asked for, found " + count);
        }
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    @Override
    public void note(String key, String value) {
        inside("note");
        notes.put(cut(key), cut(value));
    }

    @Override
    public void dropped(Collection<String> fields) {
        inside("dropped");
        dropped.addAll(fields);
        if (!dropped.isEmpty()) {
            notes.put("dropped", cut(String.join(", ", dropped)));
        }
    }

    @Override
    public void remember(Memo memo, String value, Duration keep) {
        inside("remember");
        if (value.length() > Memo.MOST) {
            mistakes.accept(
                    "turn.remember() got " + value.length() + " characters, at most " + Memo.MOST + " are kept");
        }
        remembered.put(memo, value);
    }

    @Override
    public void farewell(@Nullable HttpRequest last) {
        inside("farewell");
        farewell = last;
    }

    /** Returns the events so far, in order. */
    public List<E> events() {
        return List.copyOf(events);
    }

    /** Returns the notes so far, the latest of each key. */
    public Map<String, String> notes() {
        return Map.copyOf(notes);
    }

    /** Returns the request fields the flow said the upstream will not see, in order. */
    public Set<String> dropped() {
        return Collections.unmodifiableSet(new TreeSet<>(dropped));
    }

    /** Returns what the flow asked to be remembered. */
    public Map<Memo, String> remembered() {
        return Map.copyOf(remembered);
    }

    /** Returns the farewell in force, or {@code null}. */
    public @Nullable HttpRequest farewell() {
        return farewell;
    }

    /** Moves the clock. */
    public void advanceTo(Instant time) {
        now = time;
    }

    int eventCount() {
        return events.size();
    }

    /** Adds what the host itself decoded. */
    void add(E event) {
        events.add(event);
    }

    /** Says whether a call into the flow is going on. */
    void opened(boolean inside) {
        open = inside;
    }

    /** Returns whether a call into the flow is going on. */
    boolean isOpen() {
        return open;
    }

    private void inside(String method) {
        if (!open) {
            mistakes.accept("turn." + method + "() was called outside of a call into the flow");
        }
    }

    private static String cut(String text) {
        return text.length() <= MAX_NOTE ? text : text.substring(0, MAX_NOTE);
    }
}
