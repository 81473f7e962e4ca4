package io.patchbay.relay.record;

import io.patchbay.billing.Credits;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Lines of the request log as CSV (RFC 4180): UTF-8 without a byte order mark, lines end with CR LF.
 *
 * <p>Spreadsheets take a cell that begins with {@code =}, {@code +}, {@code -} or {@code @} for a formula, and names come
 * from users. So such texts get an apostrophe in front, and so do those that begin with a tab or a line break, which some
 * spreadsheets pass over. Numbers are written as they are.
 */
final class RecordCsv {
    private static final String FORMULA = "=+-@\t\r\n";
    private static final List<String> COLUMNS = List.of(
            "created_at",
            "username",
            "type",
            "token_name",
            "model",
            "input_tokens",
            "output_tokens",
            "cached_tokens",
            "reasoning_tokens",
            "quota",
            "duration",
            "first_token_ms",
            "streamed",
            "status",
            "outcome",
            "fault",
            "attempts",
            "paid_by",
            "request_id",
            "detail");
    private static final List<String> OPERATOR_COLUMNS =
            List.of("user_id", "channel", "channel_name", "upstream_model", "plugin");

    private RecordCsv() {}

    /**
     * Returns the line with the names of the columns.
     *
     * @param operator whether the reader is an administrator, who gets columns of his own at the end
     */
    static String head(boolean operator) {
        List<String> cells = new ArrayList<>(COLUMNS);
        if (operator) {
            cells.addAll(OPERATOR_COLUMNS);
        }
        return line(cells);
    }

    /** Returns one line. */
    static String row(RecordLine line, RecordNames names, boolean operator) {
        List<String> cells = new ArrayList<>();
        cells.add(RecordTimes.print(line.at()));
        cells.add(text(names.user(line)));
        cells.add(line.type().label());
        cells.add(text(names.key(line)));
        switch (line) {
            case RecordLine.Call(RequestRecord record) -> call(cells, record);
            case RecordLine.Change(LedgerLine change) -> change(cells, change);
        }
        cells.add(text(RecordDetail.of(line, operator)));
        if (operator) {
            cells.add(Long.toString(line.userId()));
            if (line instanceof RecordLine.Call(RequestRecord record)) {
                cells.add(Long.toString(record.channelId()));
                cells.add(text(record.channelName()));
                cells.add(text(record.upstreamModel()));
                cells.add(text(RecordDetail.plugin(record)));
            } else {
                cells.addAll(List.of("", "", "", ""));
            }
        }
        return line(cells);
    }

    private static void call(List<String> cells, RequestRecord record) {
        cells.add(text(record.model()));
        cells.add(Long.toString(record.inputTokens()));
        cells.add(Long.toString(record.outputTokens()));
        cells.add(Long.toString(record.cachedTokens()));
        cells.add(Long.toString(record.reasoningTokens()));
        cells.add(Credits.toDecimal(record.micro()).toPlainString());
        cells.add(RecordJson.seconds(record.durationMs()).toPlainString());
        cells.add(record.firstTokenMs() < 0 ? "" : Long.toString(record.firstTokenMs()));
        cells.add(Boolean.toString(record.streamed()));
        cells.add(Integer.toString(record.status()));
        cells.add(record.outcome());
        cells.add(record.fault());
        cells.add(Integer.toString(record.attempts()));
        cells.add(text(record.paidBy()));
        cells.add(text(record.requestId()));
    }

    /** What only calls have stays empty. */
    private static void change(List<String> cells, LedgerLine change) {
        cells.addAll(List.of("", "", "", "", ""));
        cells.add(Credits.toDecimal(change.micro()).toPlainString());
        cells.addAll(List.of("", "", "", "", "", "", "", "", ""));
    }

    /** Returns a text that no spreadsheet takes for a formula. */
    private static String text(String text) {
        return !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    }

    private static String line(List<String> cells) {
        return cells.stream().map(RecordCsv::quoted).collect(Collectors.joining(",", "", "\r\n"));
    }

    private static String quoted(String cell) {
        boolean plain = cell.chars().noneMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
        return plain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
    }
}
