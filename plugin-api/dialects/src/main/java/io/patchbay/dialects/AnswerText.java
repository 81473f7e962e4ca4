package io.patchbay.dialects;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The text of one answer, kept until it is counted: for the case that its usage is never reported. What belongs
 * together is counted together: the words of a choice, its reasoning, the name and the arguments of each of its tool
 * calls, however their pieces alternate.
 *
 * <p>Holds at most {@value #MOST_BYTES} bytes of UTF-8; what is more is counted on the way and forgotten. Nothing of
 * the text can be read here, and with {@link #forget} it is gone. Used by one thread at a time; to be dropped with the
 * call.
 */
public final class AnswerText {
    /** So much is held at a time. */
    public static final int MOST_BYTES = 64 * 1024;

    /**
     * So many characters of one answer are counted, some hundred thousand tokens. Of an endless answer the rest is
     * estimated, because a run without words costs a second of work for a million characters.
     */
    private static final long MOST_COUNTED = 512 * 1024;

    /** The part of a choice that is its visible words, or its refusal. */
    public static final int WORDS = 0;

    /** The part of a choice that is its reasoning. */
    public static final int REASONING = 1;

    private static final int CALLS = 2;
    /** Adding is looked after in steps of so many bytes. */
    private static final int STEP = 8 * 1024;
    /** What a run costs beside its text. */
    private static final int PER_RUN = 128;

    private final TokenCount counter;
    private final Map<Long, TextRun> runs = new HashMap<>(4);
    private @Nullable TextRun last;
    private long lastKey;
    private int held;
    private long counted;
    private long exact = MOST_COUNTED;
    private boolean forgotten;

    /**
     * Creates a keeper that holds nothing.
     *
     * @param counter counts what is kept
     */
    public AnswerText(TokenCount counter) {
        this.counter = counter;
    }

    /** Returns the part of a choice that is the name of a tool call, which is numbered from 0. */
    public static int name(int call) {
        return CALLS + 2 * call;
    }

    /** Returns the part of a choice that is the arguments of a tool call, which is numbered from 0. */
    public static int arguments(int call) {
        return CALLS + 2 * call + 1;
    }

    /** Adds to a part of a choice. */
    public void add(int choice, int part, String text) {
        if (forgotten || text.isEmpty()) {
            return;
        }
        int length = text.length();
        // A UTF-16 unit has at most three bytes.
        for (int from = 0; from < length; from += STEP / 3) {
            TextRun run = run(choice, part);
            int before = run.size();
            int to = Math.min(length, from + STEP / 3);
            for (int i = from; i < to; i++) {
                run.add(text.charAt(i));
            }
            grown(run, before);
        }
    }

    /** Adds to a part of a choice what is written in UTF-8. */
    public void add(int choice, int part, byte[] utf8, int from, int to) {
        if (forgotten) {
            return;
        }
        for (int i = from; i < to; i += STEP) {
            TextRun run = run(choice, part);
            int before = run.size();
            run.add(utf8, i, Math.min(STEP, to - i));
            grown(run, before);
        }
    }

    /** Adds to a part of a choice the content of a JSON string, which is valid and comes without its quotes. */
    public void addJson(int choice, int part, byte[] json, int from, int to) {
        if (forgotten) {
            return;
        }
        int i = from;
        while (i < to) {
            int plain = i;
            while (i < to && json[i] != '\\') {
                i++;
            }
            add(choice, part, json, plain, i);
            if (i + 1 < to) {
                TextRun run = run(choice, part);
                int before = run.size();
                boolean code = json[i + 1] == 'u';
                run.add(code ? (char) hex(json, i + 2, to) : unescaped(json[i + 1]));
                i += code ? 6 : 2;
                grown(run, before);
            } else {
                i = i < to ? to : i;
            }
        }
    }

    private static char unescaped(byte letter) {
        return switch (letter) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'b' -> '\b';
            case 'f' -> '\f';
            default -> (char) letter;
        };
    }

    private static int hex(byte[] json, int from, int to) {
        int code = 0;
        for (int i = from; i < from + 4 && i < to; i++) {
            code = code << 4 | Math.max(0, Character.digit(json[i], 16));
        }
        return code;
    }

    private TextRun run(int choice, int part) {
        long key = (long) choice << 32 | part;
        TextRun run = last;
        if (run != null && key == lastKey) {
            return run;
        }
        run = runs.get(key);
        if (run == null) {
            run = new TextRun();
            runs.put(key, run);
            held += PER_RUN;
        }
        last = run;
        lastKey = key;
        return run;
    }

    /** Counts everything but the end of the run that grows when there is too much of it all. */
    private void grown(TextRun run, int before) {
        held += run.size() - before;
        if (held <= MOST_BYTES - STEP) {
            return;
        }
        counted += counted(run.beginning());
        for (TextRun other : runs.values()) {
            if (other != run) {
                counted += counted(other.text());
            }
        }
        runs.clear();
        runs.put(lastKey, run);
        held = run.size() + PER_RUN;
    }

    private long counted(String text) {
        exact -= text.length();
        return exact >= 0 ? counter.of(text) : estimated(text);
    }

    private static long estimated(String text) {
        Tally tally = new Tally();
        tally.add(text);
        return tally.estimateTokens();
    }

    /**
     * Returns how many tokens came so far, by a count of all that is held: some milliseconds of work.
     *
     * @throws IllegalStateException when the text was forgotten
     */
    public long tokens() {
        if (forgotten) {
            throw new IllegalStateException("the text was forgotten; nothing is left to count");
        }
        long tokens = counted;
        for (TextRun run : runs.values()) {
            tokens += exact > 0 ? counter.of(run.text()) : estimated(run.text());
        }
        return tokens;
    }

    /** Drops all text; what comes from now on is not kept. To be called as soon as nobody will count it. */
    public void forget() {
        forgotten = true;
        runs.clear();
        last = null;
        held = 0;
    }

    /** Returns whether {@link #forget} was called. */
    public boolean forgotten() {
        return forgotten;
    }
}
