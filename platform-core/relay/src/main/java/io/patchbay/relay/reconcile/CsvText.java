package io.patchbay.relay.reconcile;

import java.util.List;

/**
 * Writes CSV (RFC 4180): cells are separated by commas, lines end with CR LF.
 *
 * <p>Spreadsheets take a cell that begins with {@code =}, {@code +}, {@code -} or {@code @} for a formula, and names of
 * models come from a file that somebody else made. So such texts get an apostrophe in front, and so do those that begin
 * with a tab or a line break, which some spreadsheets pass over.
 */
final class CsvText {
    private static final String FORMULA = "=+-@\t\r\n";

    private CsvText() {}

    /** Returns a text that no spreadsheet takes for a formula. */
    static String guarded(String text) {
        return !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    }

    /** Returns a line of cells, which are written as they are but for quotes. */
    static String line(List<String> cells) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            line.append(i == 0 ? "" : ",").append(quoted(cells.get(i)));
        }
        return line.append("\r\n").toString();
    }

    private static String quoted(String cell) {
        boolean plain = cell.chars().noneMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
        return plain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
    }
}
