package io.patchbay.testkit.upstream;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One part of a {@code multipart/form-data} body.
 *
 * @param name the field's name
 * @param fileName the file's name, empty for a plain field
 * @param contentType the part's media type, empty when it names none
 * @param body the part's bytes; not to be changed
 */
public record FormPart(String name, String fileName, String contentType, byte[] body) {

    static List<FormPart> read(@Nullable String contentType, byte[] body) {
        String boundary = parameter(contentType == null ? "" : contentType, "boundary");
        if (boundary.isEmpty()) {
            return List.of();
        }
        byte[] delimiter = ("--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
        List<FormPart> parts = new ArrayList<>();
        int at = find(body, delimiter, 0);
        while (at >= 0) {
            int from = at + delimiter.length;
            if (from + 1 < body.length && body[from] == '-' && body[from + 1] == '-') {
                break;
            }
            int next = find(body, delimiter, from);
            if (next < 0) {
                break;
            }
            parts.add(part(Arrays.copyOfRange(body, Math.min(from + 2, next), Math.max(from + 2, next - 2))));
            at = next;
        }
        return List.copyOf(parts);
    }

    private static FormPart part(byte[] bytes) {
        byte[] blankLine = {'\r', '\n', '\r', '\n'};
        int end = find(bytes, blankLine, 0);
        String head = new String(bytes, 0, Math.max(0, end), StandardCharsets.UTF_8);
        String disposition = "";
        String type = "";
        for (String line : head.split("\r\n", -1)) {
            String lower = line.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-disposition:")) {
                disposition = line;
            }
            if (lower.startsWith("content-type:")) {
                type = line.substring("content-type:".length()).trim();
            }
        }
        byte[] body = end < 0 ? bytes : Arrays.copyOfRange(bytes, end + 4, bytes.length);
        return new FormPart(parameter(disposition, "name"), parameter(disposition, "filename"), type, body);
    }

    private static String parameter(String header, String name) {
        for (String piece : header.split(";", -1)) {
            String trimmed = piece.trim();
            if (trimmed.toLowerCase(Locale.ROOT).startsWith(name + "=")) {
                String value = trimmed.substring(name.length() + 1);
                boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
                return quoted ? value.substring(1, value.length() - 1) : value;
            }
        }
        return "";
    }

    private static int find(byte[] where, byte[] what, int from) {
        for (int i = from; i <= where.length - what.length; i++) {
            if (Arrays.equals(where, i, i + what.length, what, 0, what.length)) {
                return i;
            }
        }
        return -1;
    }
}
