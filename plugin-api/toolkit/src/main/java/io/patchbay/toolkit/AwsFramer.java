package io.patchbay.toolkit;

import io.patchbay.spi.Bytes;
import io.patchbay.spi.FrameSink;
import io.patchbay.spi.Framer;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * Cuts AWS's binary event stream ({@code application/vnd.amazon.eventstream}, aws-bedrock page, read 2026-11). The event's
 * name is its {@code :event-type}; an exception is named {@code exception:} and its type. One object per exchange.
 */
public final class AwsFramer implements Framer {
    private static final int PRELUDE = 12;
    private static final int CHECKSUM = 4;
    private static final int LARGEST = 32 * 1024 * 1024;

    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    /** How many bytes must be there before looking again is worth it: a large frame comes in very many reads. */
    private int wanted = PRELUDE;

    @Override
    public void feed(Bytes read, FrameSink out) {
        kept.write(read.array(), read.offset(), read.length());
        if (kept.size() < wanted) {
            return;
        }
        byte[] bytes = kept.toByteArray();
        int at = 0;
        wanted = PRELUDE;
        while (bytes.length - at >= PRELUDE) {
            int total = ByteBuffer.wrap(bytes, at, 4).getInt();
            if (total < PRELUDE + CHECKSUM || total > LARGEST) {
                throw new IllegalArgumentException("a frame of " + total + " bytes");
            }
            if (checksum(bytes, at, 8) != ByteBuffer.wrap(bytes, at + 8, 4).getInt()) {
                throw new IllegalArgumentException("a frame whose head was damaged");
            }
            if (bytes.length - at < total) {
                wanted = total;
                break;
            }
            frame(bytes, at, total, out);
            at += total;
        }
        kept.reset();
        kept.write(bytes, at, bytes.length - at);
    }

    @Override
    public void end(FrameSink out) {
        if (kept.size() > 0) {
            throw new IllegalArgumentException("a frame that was cut off");
        }
    }

    private static void frame(byte[] bytes, int at, int total, FrameSink out) {
        int end = at + total - CHECKSUM;
        if (checksum(bytes, at, total - CHECKSUM)
                != ByteBuffer.wrap(bytes, end, 4).getInt()) {
            throw new IllegalArgumentException("a frame that was damaged");
        }
        int headersLength = ByteBuffer.wrap(bytes, at + 4, 4).getInt();
        int payload = at + PRELUDE + headersLength;
        if (headersLength < 0 || payload > end) {
            throw new IllegalArgumentException("headers that are longer than their frame");
        }
        Map<String, String> headers = headers(ByteBuffer.wrap(bytes, at + PRELUDE, headersLength));
        String event = headers.getOrDefault(":event-type", "");
        if (!headers.getOrDefault(":message-type", "event").equals("event")) {
            event = "exception:" + headers.getOrDefault(":exception-type", headers.getOrDefault(":error-code", ""));
        }
        out.frame(event, Bytes.of(bytes, payload, end - payload));
    }

    /** Reads the text headers; those of other types are skipped by their length. */
    private static Map<String, String> headers(ByteBuffer from) {
        Map<String, String> headers = new LinkedHashMap<>();
        while (from.hasRemaining()) {
            String name = text(from, from.get() & 0xFF);
            int type = from.get();
            switch (type) {
                case 0, 1 -> {}
                case 2 -> from.get();
                case 3 -> from.getShort();
                case 4 -> from.getInt();
                case 5, 8 -> from.getLong();
                case 6 -> text(from, from.getShort() & 0xFFFF);
                case 7 -> headers.put(name, text(from, from.getShort() & 0xFFFF));
                case 9 -> text(from, 16);
                default -> throw new IllegalArgumentException("a header of the unknown type " + type);
            }
        }
        return headers;
    }

    private static String text(ByteBuffer from, int length) {
        byte[] bytes = new byte[length];
        from.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static int checksum(byte[] bytes, int from, int length) {
        CRC32 crc = new CRC32();
        crc.update(bytes, from, length);
        return (int) crc.getValue();
    }
}
