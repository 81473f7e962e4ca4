package io.patchbay.benchmarks.upstream;

import io.patchbay.benchmarks.upstream.Script.Write;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Frames answers. */
final class Http {
    private static final String LAST_CHUNK = "0\r\n\r\n";

    private Http() {}

    /** Returns a whole answer of one write. */
    static byte[] whole(int status, String reason, String type, byte[] body) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(ascii("HTTP/1.1 " + status + " " + reason + "\r\nContent-Type: " + type + "\r\nContent-Length: "
                + body.length + "\r\nx-request-id: req_7f3c1d5a9b2e4f60\r\n\r\n"));
        out.writeBytes(body);
        return out.toByteArray();
    }

    /** Collects events; each becomes an HTTP chunk and a write of its own. */
    static final class Events {
        private final List<Write> writes = new ArrayList<>();
        private String pending = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\n"
                + "Cache-Control: no-cache\r\nTransfer-Encoding: chunked\r\nx-request-id: req_7f3c1d5a9b2e4f60\r\n\r\n";

        /** Adds an event that follows at once. */
        void event(String text) {
            add(text, "", false, false);
        }

        /** Adds an event with words of the answer, for which the gap is waited. */
        void content(String text) {
            add(text, "", true, true);
        }

        /** Adds the last event and the end of the body. */
        List<Write> last(String text) {
            add(text, LAST_CHUNK, false, false);
            return List.copyOf(writes);
        }

        private void add(String text, String behind, boolean paced, boolean content) {
            byte[] event = text.getBytes(StandardCharsets.UTF_8);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.writeBytes(ascii(pending + Integer.toHexString(event.length) + "\r\n"));
            out.writeBytes(event);
            out.writeBytes(ascii("\r\n" + behind));
            pending = "";
            writes.add(new Write(out.toByteArray(), paced, content));
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
