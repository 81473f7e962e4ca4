package io.patchbay.dialects.frame;

import io.patchbay.spi.Bytes;
import io.patchbay.spi.FrameSink;
import io.patchbay.spi.Framer;

/** Cuts one JSON value a line; blank lines are skipped, a CR before the LF is no part of the line. */
public final class NdjsonScanner implements Framer {
    private final int maxFrame;
    private final ByteTank rest;

    /** Creates a scanner for lines of at most {@link SseScanner#MAX_FRAME} bytes. */
    public NdjsonScanner() {
        this(SseScanner.MAX_FRAME);
    }

    /**
     * Creates a scanner.
     *
     * @param maxFrameBytes the largest line, at least 1; beyond it {@link FrameTooLarge} is thrown
     */
    public NdjsonScanner(int maxFrameBytes) {
        if (maxFrameBytes < 1) {
            throw new IllegalArgumentException("maxFrameBytes must be at least 1, found " + maxFrameBytes);
        }
        this.maxFrame = maxFrameBytes;
        this.rest = new ByteTank(maxFrameBytes);
    }

    @Override
    public void feed(Bytes read, FrameSink out) {
        byte[] array = read.array();
        int from = read.offset();
        int end = from + read.length();
        for (int at = from; at < end; at++) {
            if (array[at] != '\n') {
                continue;
            }
            if (rest.size() == 0) {
                line(array, from, at, out);
            } else {
                rest.add(array, from, at - from);
                line(rest.array(), 0, rest.size(), out);
                rest.clear();
            }
            from = at + 1;
        }
        if (from < end) {
            rest.add(array, from, end - from);
        }
    }

    @Override
    public void end(FrameSink out) {
        line(rest.array(), 0, rest.size(), out);
        rest.clear();
    }

    private void line(byte[] array, int start, int stop, FrameSink out) {
        if (stop - start > maxFrame) {
            throw new FrameTooLarge(maxFrame);
        }
        int from = start;
        int to = stop;
        while (from < to && isBlank(array[from])) {
            from++;
        }
        while (to > from && isBlank(array[to - 1])) {
            to--;
        }
        if (to > from) {
            out.frame("", Bytes.of(array, from, to - from));
        }
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\t' || b == '\r';
    }
}
