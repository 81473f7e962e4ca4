package io.patchbay.plugin.bedrock;

import io.patchbay.testkit.host.Reply;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/** Writes AWS's binary event stream, from lines of an event's name, a blank and its JSON. */
final class EventStream {
    private EventStream() {}

    static Reply reply(String... events) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (String event : events) {
            int blank = event.indexOf(' ');
            all.writeBytes(frame(event.substring(0, blank), event.substring(blank + 1)));
        }
        return Reply.of(200, "application/vnd.amazon.eventstream", all.toByteArray());
    }

    private static byte[] frame(String name, String payload) {
        boolean exception = name.endsWith("Exception");
        ByteArrayOutputStream headers = new ByteArrayOutputStream();
        header(headers, exception ? ":exception-type" : ":event-type", name);
        header(headers, ":content-type", "application/json");
        header(headers, ":message-type", exception ? "exception" : "event");
        byte[] body = payload.getBytes(StandardCharsets.UTF_8);
        int total = 16 + headers.size() + body.length;
        ByteBuffer frame = ByteBuffer.allocate(total).putInt(total).putInt(headers.size());
        frame.putInt(checksum(frame.array(), 8)).put(headers.toByteArray()).put(body);
        return frame.putInt(checksum(frame.array(), total - 4)).array();
    }

    private static void header(ByteArrayOutputStream out, String name, String value) {
        out.write(name.length());
        out.writeBytes(name.getBytes(StandardCharsets.UTF_8));
        out.write(7);
        out.write(value.length() >> 8);
        out.write(value.length());
        out.writeBytes(value.getBytes(StandardCharsets.UTF_8));
    }

    private static int checksum(byte[] bytes, int length) {
        CRC32 crc = new CRC32();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }
}
