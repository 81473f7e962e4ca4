package io.patchbay.benchmarks.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads HTTP/1.1 messages, one after another, from bytes that may be cut anywhere. Only a head costs an allocation, and
 * only when its first line differs from the one before; of bodies nothing is kept.
 */
public final class HttpDecoder {
    /** Who sent the messages. */
    public enum Role {
        /** Requests are read. */
        SERVER,
        /** Answers are read. */
        CLIENT
    }

    /** What is told about a message: one head, its body in pieces, one end. */
    public interface Sink {
        /** The head is complete; ask the decoder for it. */
        void head();

        /** A piece of the body without its framing; the bytes are valid during this call only. */
        void body(byte[] bytes, int from, int to);

        /** The message is complete. */
        void end();
    }

    private enum State {
        FIRST_LINE,
        HEADER,
        FIXED,
        CHUNK_SIZE,
        CHUNK_DATA,
        CHUNK_END,
        TRAILER,
        UNTIL_CLOSE
    }

    private static final int MAX_LINE = 64 * 1024;
    private static final int MAX_SIZE_DIGITS = 8;
    private static final byte[] CONTENT_LENGTH = bytes("content-length");
    private static final byte[] TRANSFER_ENCODING = bytes("transfer-encoding");
    private static final byte[] CONNECTION = bytes("connection");
    private static final byte[] EXPECT = bytes("expect");

    private final Role role;
    private final Sink sink;
    private State state = State.FIRST_LINE;
    private byte[] line = new byte[256];
    private int length;
    private byte[] firstLine = new byte[0];
    private String target = "";
    private int status;
    private boolean keepAlive;
    private boolean expectsContinue;
    private boolean chunked;
    private boolean lengthKnown;
    private long left;

    /** @param sink told on the thread that feeds */
    public HttpDecoder(Role role, Sink sink) {
        this.role = role;
        this.sink = sink;
    }

    /** Returns the request's target, such as {@code /v1/models?x=1}. */
    public String target() {
        return target;
    }

    /** Returns the answer's status, 0 of a request. */
    public int status() {
        return status;
    }

    /** Tells whether another message may follow on the connection. */
    public boolean keepAlive() {
        return keepAlive;
    }

    /** Tells whether the request waits for {@code 100 Continue}. */
    public boolean expectsContinue() {
        return expectsContinue;
    }

    /** Tells whether no message has begun that is not complete. */
    public boolean between() {
        return state == State.FIRST_LINE && length == 0;
    }

    /** Forgets a message that has begun, for a new connection. */
    public void reset() {
        state = State.FIRST_LINE;
        length = 0;
    }

    /**
     * Reads on.
     *
     * @throws WireException when this is no HTTP/1.1; the decoder is of no use then until it is {@link #reset}
     */
    public void feed(byte[] bytes, int from, int to) throws WireException {
        int at = from;
        while (at < to) {
            switch (state) {
                case FIXED, CHUNK_DATA -> {
                    int end = (int) Math.min(to, at + left);
                    sink.body(bytes, at, end);
                    left -= end - at;
                    at = end;
                    if (left == 0) {
                        bodyRead();
                    }
                }
                case UNTIL_CLOSE -> {
                    sink.body(bytes, at, to);
                    at = to;
                }
                default -> at = collect(bytes, at, to);
            }
        }
    }

    /**
     * The peer has closed the connection.
     *
     * @throws WireException when a message was not complete
     */
    public void finish() throws WireException {
        if (state == State.UNTIL_CLOSE) {
            end();
        } else if (!between()) {
            throw new WireException("the connection ended inside a message");
        }
    }

    private void bodyRead() {
        if (state == State.FIXED) {
            end();
        } else {
            state = State.CHUNK_END;
        }
    }

    private int collect(byte[] bytes, int from, int to) throws WireException {
        int at = from;
        while (at < to && bytes[at] != '\n') {
            at++;
        }
        int count = at - from;
        if (length + count > line.length) {
            if (length + count > MAX_LINE) {
                throw new WireException("a line of more than " + MAX_LINE + " bytes");
            }
            line = Arrays.copyOf(line, Math.max(line.length * 2, length + count));
        }
        System.arraycopy(bytes, from, line, length, count);
        length += count;
        if (at == to) {
            return to;
        }
        if (length > 0 && line[length - 1] == '\r') {
            length--;
        }
        lineRead();
        length = 0;
        return at + 1;
    }

    private void lineRead() throws WireException {
        switch (state) {
            case FIRST_LINE -> {
                if (length > 0) {
                    first();
                    state = State.HEADER;
                }
            }
            case HEADER -> {
                if (length > 0) {
                    header();
                } else {
                    headRead();
                }
            }
            case CHUNK_SIZE -> {
                left = chunkSize();
                state = left == 0 ? State.TRAILER : State.CHUNK_DATA;
            }
            case CHUNK_END -> {
                if (length > 0) {
                    throw new WireException("no line end behind a chunk");
                }
                state = State.CHUNK_SIZE;
            }
            case TRAILER -> {
                if (length == 0) {
                    end();
                }
            }
            default -> throw new IllegalStateException("no line is read in " + state);
        }
    }

    private void first() throws WireException {
        chunked = false;
        lengthKnown = false;
        left = 0;
        expectsContinue = false;
        keepAlive = true;
        if (Arrays.equals(line, 0, length, firstLine, 0, firstLine.length)) {
            return;
        }
        String text = new String(line, 0, length, StandardCharsets.ISO_8859_1);
        String[] parts = text.split(" ", 3);
        if (role == Role.CLIENT) {
            if (parts.length < 2 || !parts[0].startsWith("HTTP/1.") || !parts[1].matches("[1-5]\\d\\d")) {
                throw new WireException("no status line");
            }
            status = Integer.parseInt(parts[1]);
        } else {
            if (parts.length != 3 || !parts[2].startsWith("HTTP/1.")) {
                throw new WireException("no request line");
            }
            target = parts[1];
        }
        firstLine = Arrays.copyOf(line, length);
    }

    private void header() throws WireException {
        int colon = 0;
        while (colon < length && line[colon] != ':') {
            colon++;
        }
        if (colon == length) {
            throw new WireException("a header without a colon");
        }
        if (named(CONTENT_LENGTH, colon)) {
            left = number(value(colon));
            lengthKnown = true;
        } else if (named(TRANSFER_ENCODING, colon)) {
            chunked = value(colon).equalsIgnoreCase("chunked");
        } else if (named(CONNECTION, colon)) {
            keepAlive = !value(colon).equalsIgnoreCase("close");
        } else if (named(EXPECT, colon)) {
            expectsContinue = value(colon).equalsIgnoreCase("100-continue");
        }
    }

    private boolean named(byte[] name, int colon) {
        if (colon != name.length) {
            return false;
        }
        for (int i = 0; i < colon; i++) {
            int c = line[i];
            if ((c >= 'A' && c <= 'Z' ? c + 32 : c) != name[i]) {
                return false;
            }
        }
        return true;
    }

    private String value(int colon) {
        return new String(line, colon + 1, length - colon - 1, StandardCharsets.ISO_8859_1).strip();
    }

    private static long number(String text) throws WireException {
        if (!text.matches("\\d{1,12}")) {
            throw new WireException("no length");
        }
        return Long.parseLong(text);
    }

    private long chunkSize() throws WireException {
        long size = 0;
        int digits = 0;
        while (digits < length) {
            int digit = Character.digit(line[digits], 16);
            if (digit < 0) {
                break;
            }
            size = size * 16 + digit;
            digits++;
        }
        boolean over = digits == length || line[digits] == ';' || line[digits] == ' ';
        if (digits == 0 || digits > MAX_SIZE_DIGITS || !over) {
            throw new WireException("no size of a chunk");
        }
        return size;
    }

    private void headRead() {
        if (role == Role.CLIENT && status < 200) {
            state = State.FIRST_LINE;
            return;
        }
        sink.head();
        if (role == Role.CLIENT && (status == 204 || status == 304)) {
            end();
        } else if (chunked) {
            state = State.CHUNK_SIZE;
        } else if (lengthKnown && left > 0) {
            state = State.FIXED;
        } else if (lengthKnown || role == Role.SERVER) {
            end();
        } else {
            keepAlive = false;
            state = State.UNTIL_CLOSE;
        }
    }

    private void end() {
        state = State.FIRST_LINE;
        length = 0;
        sink.end();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
