package io.patchbay.relay.reconcile;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.foundation.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a provider's usage export: CSV, or JSON as an array of objects. A JSON object with such an array as {@code
 * data} is taken too, and so are buckets of a time whose {@code results} are the lines. Everything is UTF-8.
 *
 * <p>What cannot be read is refused with an {@link IllegalArgumentException} whose sentence names the line and the
 * column.
 */
final class ExportReader {
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final UsageExport export;
    private int lines;

    private ExportReader(ZoneId zone) {
        this.export = new UsageExport(zone);
    }

    /** Reads CSV. */
    static UsageExport csv(byte[] body, ZoneId zone) {
        return new ExportReader(zone).csv(text(body));
    }

    /** Reads JSON. */
    static UsageExport json(byte[] body, ZoneId zone) {
        return new ExportReader(zone).json(text(body));
    }

    /** Returns whether a body of unknown kind looks like JSON. */
    static boolean looksLikeJson(byte[] body) {
        for (byte b : body) {
            if (b == '[' || b == '{') {
                return true;
            }
            // Bytes of a byte order mark are negative.
            if (b > ' ') {
                return false;
            }
        }
        return false;
    }

    private static String text(byte[] body) {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("the export is not UTF-8; save it in that encoding", e);
        }
        text = !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
        if (text.isBlank()) {
            throw new IllegalArgumentException("the body is empty: expected a provider's usage export as CSV or JSON");
        }
        return text;
    }

    private UsageExport csv(String text) {
        CsvReader reader = new CsvReader(text);
        CsvReader.Row head = reader.next();
        if (head == null) {
            throw new IllegalArgumentException("expected a line with the columns' names");
        }
        lines++;
        Map<ExportColumn, Integer> places = ExportColumn.locate(head.cells());
        for (CsvReader.Row row = reader.next(); row != null; row = reader.next()) {
            oneMore();
            if (row.cells().size() != head.cells().size()) {
                throw new IllegalArgumentException("line " + row.line() + ": expected "
                        + head.cells().size() + " cells as on the first line, found "
                        + row.cells().size());
            }
            export.add("line " + row.line(), head.cells(), places, row.cells());
        }
        return export;
    }

    private void oneMore() {
        if (++lines > UsageExport.MOST_LINES) {
            throw new IllegalArgumentException(
                    "the export has more than " + UsageExport.MOST_LINES + " lines; send a part of it");
        }
    }

    private UsageExport json(String text) {
        try (JsonParser parser = Json.mapper().getFactory().createParser(text)) {
            if (!toArray(parser)) {
                throw new IllegalArgumentException("expected a JSON array of objects, or an object with one as data");
            }
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                entry(parser.readValueAsTree());
            }
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "line " + e.getLocation().getLineNr() + ", character "
                            + e.getLocation().getColumnNr() + ": the body is not valid JSON",
                    e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return export;
    }

    private static boolean toArray(JsonParser parser) throws IOException {
        JsonToken token = parser.nextToken();
        if (token == JsonToken.START_OBJECT) {
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean data = parser.currentName().equals("data");
                token = parser.nextToken();
                if (data) {
                    break;
                }
                parser.skipChildren();
                token = null;
            }
        }
        return token == JsonToken.START_ARRAY;
    }

    private void entry(JsonNode entry) {
        JsonNode results = entry.path("results");
        if (!results.isArray()) {
            line(entry, null);
        } else {
            results.forEach(result -> line(result, entry));
        }
    }

    /** What a line does not tell itself, its bucket does. */
    private void line(JsonNode line, @Nullable JsonNode bucket) {
        oneMore();
        String place = "entry " + lines;
        if (!line.isObject()) {
            throw new IllegalArgumentException(place + ": expected a JSON object with the columns' names as members");
        }
        List<String> names = new ArrayList<>();
        List<String> cells = new ArrayList<>();
        scalars(line, names, cells);
        if (bucket != null) {
            scalars(bucket, names, cells);
        }
        Map<ExportColumn, Integer> places;
        try {
            places = ExportColumn.locate(names);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(place + ": " + e.getMessage(), e);
        }
        export.add(place, names, places, cells);
    }

    private static void scalars(JsonNode object, List<String> names, List<String> cells) {
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            if (member.getValue().isValueNode() && !names.contains(member.getKey())) {
                names.add(member.getKey());
                cells.add(member.getValue().isNull() ? "" : member.getValue().asText());
            }
        }
    }
}
