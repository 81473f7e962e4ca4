package io.patchbay.dialects.frame;

import io.patchbay.spi.Bytes;
import io.patchbay.spi.FrameSink;
import io.patchbay.spi.Framer;
import java.nio.charset.StandardCharsets;

/**
 * Cuts server-sent events by the HTML standard: lines end in LF, CRLF or CR, wherever the reads are cut; comments and
 * unknown fields are skipped, several data lines are joined by LF.
 *
 * <p>More lenient than the standard where vendors are: the last event may lack its blank line; complete JSON objects in
 * data lines that follow each other without a blank line are events of their own. Events without data are skipped.
 *
 * <p>An event that lies in one read in one data line is handed out in place, without a copy.
 */
public final class SseScanner implements Framer {
    /** The largest event unless said otherwise: 64 MiB, because some vendors repeat a whole answer in one event. */
    public static final int MAX_FRAME = 64 * 1024 * 1024;

    private final int maxFrame;
    /** The beginning of a line whose end has not come. */
    private final ByteTank line;
    /** The data of the open event, unless it is still in place. */
    private final ByteTank data;

    private byte[] placeArray = new byte[0];
    private int placeOffset;
    private int placeLength;
    private boolean inPlace;

    private boolean open;
    private boolean substance;
    private final Balance balance = new Balance();

    private String event = "";
    private boolean late;
    private String lateEvent = "";
    private String lastEvent = "";

    private boolean afterCr;
    private boolean firstLine = true;
    private long comments;

    /** Creates a scanner for events of at most {@link #MAX_FRAME} bytes. */
    public SseScanner() {
        this(MAX_FRAME);
    }

    /**
     * Creates a scanner.
     *
     * @param maxFrameBytes the largest line and the largest event, at least 1; beyond it {@link FrameTooLarge} is thrown
     */
    public SseScanner(int maxFrameBytes) {
        if (maxFrameBytes < 1) {
            throw new IllegalArgumentException("maxFrameBytes must be at least 1, found " + maxFrameBytes);
        }
        this.maxFrame = maxFrameBytes;
        this.line = new ByteTank(maxFrameBytes);
        this.data = new ByteTank(maxFrameBytes);
    }

    /** Returns how many comment lines came; they are signs of life and nothing else. */
    public long comments() {
        return comments;
    }

    @Override
    public void feed(Bytes read, FrameSink out) {
        byte[] array = read.array();
        int at = read.offset();
        int end = at + read.length();
        if (afterCr && at < end) {
            afterCr = false;
            if (array[at] == '\n') {
                at++;
            }
        }
        int from = at;
        while (at < end) {
            byte b = array[at];
            if (b != '\n' && b != '\r') {
                at++;
                continue;
            }
            if (line.size() == 0) {
                line(array, from, at, out, true);
            } else {
                line.add(array, from, at - from);
                line(line.array(), 0, line.size(), out, false);
                line.clear();
            }
            at++;
            if (b == '\r') {
                if (at == end) {
                    afterCr = true;
                } else if (array[at] == '\n') {
                    at++;
                }
            }
            from = at;
        }
        if (from < end) {
            line.add(array, from, end - from);
        }
        rescue();
    }

    @Override
    public void end(FrameSink out) {
        if (line.size() > 0) {
            line(line.array(), 0, line.size(), out, false);
            rescue();
            line.clear();
        }
        dispatch(out);
    }

    /** Takes one line without its end. {@code stays}: the bytes stay valid until the read was processed. */
    private void line(byte[] array, int start, int to, FrameSink out, boolean stays) {
        int from = start;
        if (to - from > maxFrame) {
            throw new FrameTooLarge(maxFrame);
        }
        if (firstLine) {
            firstLine = false;
            if (to - from >= 3
                    && array[from] == (byte) 0xEF
                    && array[from + 1] == (byte) 0xBB
                    && array[from + 2] == (byte) 0xBF) {
                from += 3;
            }
        }
        if (from == to) {
            dispatch(out);
            return;
        }
        if (array[from] == ':') {
            comments++;
            return;
        }
        int colon = from;
        while (colon < to && array[colon] != ':') {
            colon++;
        }
        int value = colon < to ? colon + 1 : to;
        if (value < to && array[value] == ' ') {
            value++;
        }
        if (is(array, from, colon, "data")) {
            data(array, value, to, out, stays);
        } else if (is(array, from, colon, "event")) {
            event(array, value, to);
        }
    }

    private static boolean is(byte[] array, int from, int to, String name) {
        if (to - from != name.length()) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            if (array[from + i] != name.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private void data(byte[] array, int from, int to, FrameSink out, boolean stays) {
        if (open && complete()) {
            // Without a blank line in between: the event name that came after the data belongs to the next event.
            boolean named = late;
            late = false;
            dispatch(out);
            if (named) {
                event = lateEvent;
            }
        }
        if (!open) {
            open = true;
            substance = to > from;
            balance.reset();
            if (stays) {
                inPlace = true;
                placeArray = array;
                placeOffset = from;
                placeLength = to - from;
            } else {
                data.add(array, from, to - from);
            }
            return;
        }
        if (late) {
            event = lateEvent;
            late = false;
        }
        rescue();
        data.add((byte) '\n');
        data.add(array, from, to - from);
        substance |= to > from;
    }

    private void event(byte[] array, int from, int to) {
        if (!is(array, from, to, lastEvent)) {
            lastEvent = new String(array, from, to - from, StandardCharsets.UTF_8);
        }
        if (open) {
            late = true;
            lateEvent = lastEvent;
        } else {
            event = lastEvent;
        }
    }

    /** Returns whether the open data is a whole JSON object or array, or the end marker. */
    private boolean complete() {
        return inPlace
                ? balance.feed(placeArray, placeOffset, placeOffset + placeLength)
                : balance.feed(data.array(), balance.seen, data.size());
    }

    private void dispatch(FrameSink out) {
        if (late) {
            event = lateEvent;
            late = false;
        }
        String name = event;
        event = "";
        if (!open) {
            return;
        }
        open = false;
        if (inPlace) {
            inPlace = false;
            if (substance) {
                out.frame(name, Bytes.of(placeArray, placeOffset, placeLength));
            }
            return;
        }
        if (substance) {
            out.frame(name, data.view());
        }
        data.clear();
    }

    /** Copies data that is still in place, before its bytes go away. */
    private void rescue() {
        if (inPlace) {
            inPlace = false;
            data.add(placeArray, placeOffset, placeLength);
        }
    }

    /** Follows the brackets of JSON over several lines, so that a long event is looked at only once. */
    private static final class Balance {
        private int seen;
        private int depth;
        private boolean begun;
        private boolean brackets;
        private boolean inString;
        private boolean escaped;

        void reset() {
            seen = 0;
            depth = 0;
            begun = false;
            brackets = false;
            inString = false;
            escaped = false;
        }

        /** Takes further bytes and returns whether all bytes so far are one object or array. */
        boolean feed(byte[] array, int from, int to) {
            for (int i = from; i < to; i++) {
                byte b = array[i];
                if (inString) {
                    if (escaped) {
                        escaped = false;
                    } else if (b == '\\') {
                        escaped = true;
                    } else if (b == '"') {
                        inString = false;
                    }
                    continue;
                }
                switch (b) {
                    case ' ', '\t', '\n' -> {}
                    case '{', '[' -> {
                        if (begun && depth == 0) {
                            brackets = false;
                        } else if (!begun) {
                            brackets = true;
                        }
                        begun = true;
                        depth++;
                    }
                    case '}', ']' -> {
                        begun = true;
                        depth--;
                    }
                    case '"' -> {
                        begun = true;
                        inString = true;
                    }
                    default -> begun = true;
                }
            }
            seen += to - from;
            return brackets && depth == 0 && !inString;
        }
    }
}
