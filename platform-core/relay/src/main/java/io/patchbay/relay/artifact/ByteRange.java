package io.patchbay.relay.artifact;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The part of a file a client asks for by a {@code Range} header.
 *
 * @param from the first byte, from 0
 * @param to the last byte; before {@code from} when the file has no byte of what was asked for
 */
record ByteRange(long from, long to) {
    /** Sixteen digits count more bytes than any disk has, and fit into a long. */
    private static final Pattern BYTES = Pattern.compile("\\s*bytes\\s*=\\s*(\\d{0,16})\\s*-\\s*(\\d{0,16})\\s*");

    /**
     * Reads a header.
     *
     * @param length bytes of the whole file
     * @return {@code null} when the whole file is to be sent: without a header, and for what HTTP allows to ignore,
     *     which is several ranges, other units and what has no sense
     */
    static @Nullable ByteRange read(@Nullable String header, long length) {
        Matcher form = header == null ? null : BYTES.matcher(header);
        if (form == null || !form.matches()) {
            return null;
        }
        String first = form.group(1);
        String last = form.group(2);
        if (first.isEmpty()) {
            return last.isEmpty() ? null : tail(Long.parseLong(last), length);
        }
        long from = Long.parseLong(first);
        long to = last.isEmpty() ? length - 1 : Long.parseLong(last);
        return !last.isEmpty() && to < from ? null : new ByteRange(from, Math.min(to, length - 1));
    }

    private static ByteRange tail(long count, long length) {
        return count == 0 ? new ByteRange(length, length - 1) : new ByteRange(Math.max(0, length - count), length - 1);
    }

    /** Returns whether the file has any byte of it. */
    boolean satisfiable() {
        return from <= to;
    }

    /** Returns the number of bytes. */
    long length() {
        return to - from + 1;
    }
}
