package io.patchbay.dialects.openai;

import java.util.List;

/**
 * Takes reasoning out of a text that begins with it, wrapped in a tag such as {@code <think>…</think>}. A tag further
 * down is text: models write about tags too. Pieces may be cut anywhere. One object serves one choice.
 */
final class ReasoningTags {
    private final List<String> names;
    private State state = State.BEFORE;
    private String held = "";
    private String closing = "";

    private enum State {
        /** Nothing but blanks came. */
        BEFORE,
        /** The tag is open, nothing but blanks came in it. */
        OPENED,
        INSIDE,
        /** The tag was closed, nothing but blanks came since. */
        CLOSED,
        TEXT
    }

    ReasoningTags(List<String> names) {
        this.names = names;
    }

    /** Gets the pieces, none of them empty. */
    interface Sink {
        void reasoning(String piece);

        void text(String piece);
    }

    /** Adds a piece of the content. */
    void add(String piece, Sink sink) {
        held += piece;
        if (state == State.BEFORE) {
            open();
        }
        if (state == State.OPENED || state == State.CLOSED) {
            held = held.stripLeading();
            if (!held.isEmpty()) {
                state = state == State.OPENED ? State.INSIDE : State.TEXT;
            }
        }
        if (state == State.INSIDE) {
            inside(sink);
        }
        if (state == State.TEXT && !held.isEmpty()) {
            sink.text(held);
            held = "";
        }
    }

    /** The content is complete: what was held back is handed out. */
    void end(Sink sink) {
        if (!held.isEmpty() && state == State.INSIDE) {
            sink.reasoning(held);
        } else if (!held.isEmpty() && state == State.BEFORE) {
            sink.text(held);
        }
        held = "";
    }

    private void open() {
        String begun = held.stripLeading();
        boolean waiting = begun.isEmpty();
        for (String name : names) {
            String tag = "<" + name + ">";
            if (begun.startsWith(tag)) {
                held = begun.substring(tag.length());
                closing = "</" + name + ">";
                state = State.OPENED;
                return;
            }
            waiting |= tag.startsWith(begun);
        }
        if (!waiting) {
            state = State.TEXT;
        }
    }

    private void inside(Sink sink) {
        int end = held.indexOf(closing);
        String thought =
                end < 0 ? held.substring(0, safe()) : held.substring(0, end).stripTrailing();
        if (!thought.isEmpty()) {
            sink.reasoning(thought);
        }
        if (end < 0) {
            held = held.substring(thought.length());
            return;
        }
        held = held.substring(end + closing.length()).stripLeading();
        state = held.isEmpty() ? State.CLOSED : State.TEXT;
    }

    /** Returns how much cannot belong to the closing tag or to the blanks in front of it. */
    private int safe() {
        int from = Math.max(0, held.length() - closing.length() + 1);
        while (!closing.startsWith(held.substring(from))) {
            from++;
        }
        return held.substring(0, from).stripTrailing().length();
    }
}
