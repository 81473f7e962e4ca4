package io.patchbay.dialects.frame;

import io.patchbay.spi.Bytes;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Collects ready bytes for one client's stream. One owner at a time.
 *
 * <p>A frame is written whole, or piece by piece between {@link #open} and {@link #close}. Raw line breaks inside a
 * payload become blanks, because they could forge frames; {@code id:} lines are never written, because official SDKs
 * stumble over them.
 */
public final class FrameOut {
    private static final byte[] NOTHING = new byte[0];
    private static final int FIRST = 1024;
    private static final int SMALLEST_FIRST = 128;
    private static final int LARGEST_FIRST = 64 * 1024;
    private static final byte[] EVENT = ascii("event: ");
    private static final byte[] DATA = ascii("data: ");
    private static final byte[] HEX = ascii("0123456789abcdef");

    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;

    private byte[] array = NOTHING;
    private int size;
    private int next = FIRST;

    /** Writes one event; the {@code event:} line only when there is a name. */
    public void sse(@Nullable String event, Bytes payload) {
        open(event);
        piece(payload.array(), payload.offset(), payload.length());
        close();
    }

    /** Writes one event; see {@link #sse(String, Bytes)}. */
    public void sse(@Nullable String event, byte[] payload) {
        open(event);
        piece(payload, 0, payload.length);
        close();
    }

    /** Writes a comment as a block of its own; line breaks become blanks. */
    public void comment(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        room(bytes.length + 4);
        array[size++] = ':';
        array[size++] = ' ';
        piece(bytes, 0, bytes.length);
        close();
    }

    /** Writes bytes as they are, outside of any frame. */
    public void raw(Bytes bytes) {
        copy(bytes.array(), bytes.offset(), bytes.length());
    }

    /** Begins an event whose payload follows in pieces. */
    public FrameOut open(@Nullable String event) {
        if (event != null) {
            copy(EVENT, 0, EVENT.length);
            byte[] name = event.getBytes(StandardCharsets.UTF_8);
            piece(name, 0, name.length);
            room(1);
            array[size++] = '\n';
        }
        copy(DATA, 0, DATA.length);
        return this;
    }

    /** Adds to the payload of the open event. */
    public FrameOut piece(byte[] from, int offset, int length) {
        int at = size;
        copy(from, offset, length);
        byte[] target = array;
        int end = size;
        while (at < end) {
            if (at + 8 <= end && isPlain((long) WORDS.get(target, at))) {
                at += 8;
                continue;
            }
            byte b = target[at];
            if (b == '\n' || b == '\r') {
                target[at] = ' ';
            }
            at++;
        }
        return this;
    }

    /** Adds to the payload of the open event. */
    public FrameOut piece(byte[] bytes) {
        return piece(bytes, 0, bytes.length);
    }

    /** Adds a number to the payload of the open event. */
    public FrameOut number(long value) {
        if (value >= 0 && value < 10) {
            room(1);
            array[size++] = (byte) ('0' + value);
            return this;
        }
        byte[] digits = ascii(Long.toString(value));
        copy(digits, 0, digits.length);
        return this;
    }

    /** Adds a JSON string, quotes included, to the payload of the open event. Lone surrogates are escaped. */
    public FrameOut quoted(String text) {
        int length = text.length();
        room(length + 2);
        array[size++] = '"';
        int i = 0;
        while (i < length) {
            char c = text.charAt(i);
            if (c >= 0x20 && c < 0x7f && c != '"' && c != '\\') {
                // Room for the plain rest was made, and is made again behind everything longer than a byte.
                array[size++] = (byte) c;
                i++;
                continue;
            }
            i += other(text, i);
            room(length - i + 1);
        }
        array[size++] = '"';
        return this;
    }

    /** Ends the open event. */
    public void close() {
        room(2);
        array[size++] = '\n';
        array[size++] = '\n';
    }

    /** Returns the number of bytes not yet taken. */
    public int size() {
        return size;
    }

    /** Returns whether there is nothing to take. */
    public boolean isEmpty() {
        return size == 0;
    }

    /** Hands over what was written and starts anew; the bytes belong to the caller. */
    public ByteBuffer take() {
        ByteBuffer taken = ByteBuffer.wrap(array, 0, size);
        // The next frame of a stream is about as long as this one.
        next = Math.clamp(size + size / 4L, SMALLEST_FIRST, LARGEST_FIRST);
        array = NOTHING;
        size = 0;
        return taken;
    }

    /** Returns whether none of eight bytes is a control character. */
    private static boolean isPlain(long word) {
        return ((word - ONES * ' ') & ~word & HIGHS) == 0;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Writes the character at {@code i} that is no plain ASCII; returns how many chars it took. */
    private int other(String text, int i) {
        char c = text.charAt(i);
        room(6);
        switch (c) {
            case '"', '\\' -> {
                array[size++] = '\\';
                array[size++] = (byte) c;
            }
            case '\n' -> {
                array[size++] = '\\';
                array[size++] = 'n';
            }
            case '\r' -> {
                array[size++] = '\\';
                array[size++] = 'r';
            }
            case '\t' -> {
                array[size++] = '\\';
                array[size++] = 't';
            }
            default -> {
                if (c < 0x20) {
                    escape(c);
                } else if (c < 0x80) {
                    array[size++] = (byte) c;
                } else if (c < 0x800) {
                    array[size++] = (byte) (0xC0 | c >> 6);
                    array[size++] = (byte) (0x80 | c & 0x3F);
                } else if (!Character.isSurrogate(c)) {
                    array[size++] = (byte) (0xE0 | c >> 12);
                    array[size++] = (byte) (0x80 | c >> 6 & 0x3F);
                    array[size++] = (byte) (0x80 | c & 0x3F);
                } else if (Character.isHighSurrogate(c)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1))) {
                    int code = Character.toCodePoint(c, text.charAt(i + 1));
                    array[size++] = (byte) (0xF0 | code >> 18);
                    array[size++] = (byte) (0x80 | code >> 12 & 0x3F);
                    array[size++] = (byte) (0x80 | code >> 6 & 0x3F);
                    array[size++] = (byte) (0x80 | code & 0x3F);
                    return 2;
                } else {
                    escape(c);
                }
            }
        }
        return 1;
    }

    private void escape(char c) {
        array[size++] = '\\';
        array[size++] = 'u';
        array[size++] = HEX[c >> 12 & 15];
        array[size++] = HEX[c >> 8 & 15];
        array[size++] = HEX[c >> 4 & 15];
        array[size++] = HEX[c & 15];
    }

    private void copy(byte[] from, int offset, int length) {
        room(length);
        System.arraycopy(from, offset, array, size, length);
        size += length;
    }

    private void room(int more) {
        if (more <= array.length - size) {
            return;
        }
        long needed = Math.max((long) size + more, array.length == 0 ? next : array.length * 2L);
        if (size + (long) more > Integer.MAX_VALUE - 16) {
            throw new IllegalStateException("more than 2 GiB of frames were written and never taken");
        }
        array = Arrays.copyOf(array, (int) Math.min(needed, Integer.MAX_VALUE - 16));
    }
}
