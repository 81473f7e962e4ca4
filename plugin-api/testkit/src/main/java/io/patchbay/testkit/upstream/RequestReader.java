package io.patchbay.testkit.upstream;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads HTTP/1.1 requests from one connection. Used by one thread. */
final class RequestReader {
    private static final int MAX_LINE = 64 * 1024;
    private static final int MAX_BODY = 512 * 1024 * 1024;

    private final InputStream in;
    private final byte[] buffer = new byte[8 * 1024];
    private int at;
    private int end;

    RequestReader(InputStream in) {
        this.in = in;
    }

    /** A request without what the server adds to it. */
    record Parsed(String method, String path, String query, Map<String, String> headers, byte[] body) {}

    /** Called when the client waits for permission to send its body. */
    interface Permission {
        void give() throws IOException;
    }

    /**
     * Waits for the next request.
     *
     * @return {@code null} when the client closed the connection between two requests
     * @throws IOException when the connection breaks or what arrives is no HTTP/1.1
     */
    @Nullable
    Parsed next(Permission permission) throws IOException {
        String line = line();
        while (line != null && line.isEmpty()) {
            line = line();
        }
        if (line == null) {
            return null;
        }
        String[] words = line.split(" ", -1);
        if (words.length != 3 || !words[2].startsWith("HTTP/1.")) {
            throw new IOException("not an HTTP/1.1 request line");
        }
        Map<String, String> headers = headers();
        if ("100-continue".equalsIgnoreCase(headers.get("expect"))) {
            permission.give();
        }
        byte[] body = body(headers);
        int mark = words[1].indexOf('?');
        String path = mark < 0 ? words[1] : words[1].substring(0, mark);
        String query = mark < 0 ? "" : words[1].substring(mark + 1);
        return new Parsed(words[0], path, query, headers, body);
    }

    /** Returns everything behind the latest request, what was read ahead of it included. */
    InputStream rest() {
        return new SequenceInputStream(new ByteArrayInputStream(buffer, at, end - at), in);
    }

    private Map<String, String> headers() throws IOException {
        Map<String, String> headers = new LinkedHashMap<>();
        while (true) {
            String line = line();
            if (line == null) {
                throw new EOFException("the connection ended inside the headers");
            }
            if (line.isEmpty()) {
                return headers;
            }
            int colon = line.indexOf(':');
            if (colon < 1) {
                throw new IOException("not a header line");
            }
            headers.merge(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).trim(),
                    (one, two) -> one + ", " + two);
        }
    }

    private byte[] body(Map<String, String> headers) throws IOException {
        if (headers.getOrDefault("transfer-encoding", "")
                .toLowerCase(Locale.ROOT)
                .contains("chunked")) {
            return chunks();
        }
        String length = headers.get("content-length");
        return length == null ? new byte[0] : exactly(size(length, 10));
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            String line = line();
            if (line == null) {
                throw new EOFException("the connection ended inside a chunked body");
            }
            int extension = line.indexOf(';');
            int size = size(extension < 0 ? line : line.substring(0, extension), 16);
            if (size == 0) {
                headers();
                return body.toByteArray();
            }
            if (body.size() > MAX_BODY - size) {
                throw new IOException("the body is larger than " + MAX_BODY + " bytes");
            }
            body.writeBytes(exactly(size));
            line();
        }
    }

    private static int size(String digits, int radix) throws IOException {
        try {
            int size = Integer.parseInt(digits.trim(), radix);
            if (size < 0 || size > MAX_BODY) {
                throw new IOException("a size of 0 to " + MAX_BODY + " bytes was expected");
            }
            return size;
        } catch (NumberFormatException e) {
            throw new IOException("a number was expected as size", e);
        }
    }

    private byte[] exactly(int count) throws IOException {
        byte[] bytes = new byte[count];
        int filled = Math.min(count, end - at);
        System.arraycopy(buffer, at, bytes, 0, filled);
        at += filled;
        while (filled < count) {
            int read = in.read(bytes, filled, count - filled);
            if (read < 0) {
                throw new EOFException("the connection ended inside a body");
            }
            filled += read;
        }
        return bytes;
    }

    /** Returns the next line without its end, or {@code null} at the end of the connection. */
    private @Nullable String line() throws IOException {
        ByteArrayOutputStream earlier = null;
        int from = at;
        while (true) {
            if (at == end) {
                if (at > from) {
                    earlier = earlier == null ? new ByteArrayOutputStream() : earlier;
                    earlier.write(buffer, from, at - from);
                }
                if (earlier != null && earlier.size() > MAX_LINE) {
                    throw new IOException("a line is longer than " + MAX_LINE + " bytes");
                }
                at = 0;
                from = 0;
                end = Math.max(0, in.read(buffer));
                if (end == 0) {
                    return null;
                }
            }
            if (buffer[at++] == '\n') {
                byte[] head = earlier == null ? new byte[0] : earlier.toByteArray();
                String text = new String(head, StandardCharsets.ISO_8859_1)
                        + new String(buffer, from, at - from - 1, StandardCharsets.ISO_8859_1);
                return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
            }
        }
    }
}
