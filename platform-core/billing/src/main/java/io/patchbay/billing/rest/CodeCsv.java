package io.patchbay.billing.rest;

import io.patchbay.billing.Credits;
import io.patchbay.billing.code.CodeBatch;
import io.patchbay.billing.code.CodeKind;
import io.patchbay.billing.code.CodeOrder;
import io.patchbay.billing.code.CodeRow;
import io.patchbay.foundation.seed.SeedTimes;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Codes as a CSV file (RFC 4180): UTF-8 without a byte order mark, lines end with CR LF. Written part by part while it
 * is read, so that the number of codes does not matter.
 *
 * <p>Codes and types have harmless characters only. User names may begin as formulas of spreadsheets do; those get an
 * apostrophe in front.
 */
final class CodeCsv {
    private static final MediaType TYPE = new MediaType("text", "csv", "utf-8");
    private static final String HEAD = "code,type,quota,uses,max_uses,expires_at,created_at,used_by,used_at\r\n";
    private static final String FORMULA = "=+-@\t\r\n";

    private CodeCsv() {}

    /** Returns whether a client that says what it accepts wants CSV. */
    static boolean wanted(List<MediaType> accepted) {
        return !accepted.isEmpty()
                && accepted.getFirst().getType().equalsIgnoreCase("text")
                && accepted.getFirst().getSubtype().equalsIgnoreCase("csv");
    }

    /**
     * Returns the file of stored codes.
     *
     * @param next the codes after one, in the order of their texts; first called with an empty text
     * @param names the names of users by number
     */
    static Response stored(
            CodeKind kind, Function<String, List<CodeRow>> next, Function<List<Long>, Map<Long, String>> names) {
        return file(kind, out -> {
            for (List<CodeRow> rows = next.apply("");
                    !rows.isEmpty();
                    rows = next.apply(rows.getLast().code())) {
                List<Long> users = rows.stream()
                        .map(CodeRow::usedBy)
                        .filter(Objects::nonNull)
                        .distinct()
                        .toList();
                Map<Long, String> named = names.apply(users);
                for (CodeRow row : rows) {
                    out.write(line(row, row.usedBy() == null ? "" : named.getOrDefault(row.usedBy(), "")));
                }
                out.flush();
            }
        });
    }

    /** Returns the file of codes that were just generated. */
    static Response generated(CodeOrder order, CodeBatch batch) {
        return file(order.kind(), out -> {
            for (String code : batch.codes()) {
                out.write(line(
                        new CodeRow(
                                code,
                                order.type(),
                                order.micro(),
                                order.maxUses(),
                                0,
                                order.expiresAt(),
                                batch.id(),
                                batch.createdAt(),
                                null,
                                null),
                        ""));
            }
        });
    }

    /** Writes lines. */
    private interface Lines {
        void write(Writer out) throws IOException;
    }

    private static Response file(CodeKind kind, Lines lines) {
        String name = kind == CodeKind.GIFT ? "gift-codes.csv" : "redeem-codes.csv";
        StreamingOutput body = bytes -> {
            Writer out = writer(bytes);
            out.write(HEAD);
            lines.write(out);
            out.flush();
        };
        return Response.ok(body, TYPE)
                .header("Content-Disposition", "attachment; filename=\"" + name + "\"")
                .header("Cache-Control", "no-store")
                .build();
    }

    private static Writer writer(OutputStream bytes) {
        return new BufferedWriter(new OutputStreamWriter(bytes, StandardCharsets.UTF_8));
    }

    private static String line(CodeRow row, String user) {
        return Stream.of(
                        row.code(),
                        row.type() == null ? "" : row.type(),
                        Credits.toDecimal(row.micro()).toPlainString(),
                        Long.toString(row.uses()),
                        Long.toString(row.maxUses()),
                        time(row.expiresAt()),
                        time(row.createdAt()),
                        text(user),
                        time(row.usedAt()))
                .map(CodeCsv::quoted)
                .collect(Collectors.joining(",", "", "\r\n"));
    }

    private static String time(@Nullable Instant at) {
        String text = SeedTimes.printOrNull(at);
        return text == null ? "" : text;
    }

    private static String text(String text) {
        return !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    }

    private static String quoted(String cell) {
        boolean plain = cell.chars().noneMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
        return plain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
    }
}
