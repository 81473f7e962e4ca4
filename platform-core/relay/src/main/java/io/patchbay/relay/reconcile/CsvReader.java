package io.patchbay.relay.reconcile;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads CSV (RFC 4180) from a text: quoted cells may hold separators, doubled quotes and line breaks; lines end with
 * LF, CR LF or CR. Empty lines are passed over. The separator is the comma, semicolon or tab that the first line has
 * most of. Confined to one thread.
 */
final class CsvReader {
    private static final String SEPARATORS = ",;\t";

    private final String text;
    private final char separator;
    private int at;
    private int line = 1;

    /** Stands before the first line. */
    CsvReader(String text) {
        this.text = text;
        this.separator = separator(text);
    }

    /**
     * One line of cells.
     *
     * @param line the number of the line of the text that it begins on, from 1
     * @param cells at least one
     */
    record Row(int line, List<String> cells) {}

    /**
     * Returns the next line, {@code null} at the end.
     *
     * @throws IllegalArgumentException with a sentence that names the line when a quoted cell does not end well
     */
    @Nullable
    Row next() {
        while (at < text.length()) {
            int begin = line;
            List<String> cells = new ArrayList<>();
            boolean quoted = text.charAt(at) == '"';
            do {
                cells.add(cell(cells.size() + 1));
            } while (passed(separator));
            endLine();
            if (cells.size() > 1 || quoted || !cells.getFirst().isBlank()) {
                return new Row(begin, cells);
            }
        }
        return null;
    }

    private String cell(int number) {
        if (at < text.length() && text.charAt(at) == '"') {
            return quotedCell(number);
        }
        int begin = at;
        while (at < text.length() && text.charAt(at) != separator && !lineBreak(text.charAt(at))) {
            at++;
        }
        return text.substring(begin, at);
    }

    private String quotedCell(int number) {
        int begin = line;
        StringBuilder cell = new StringBuilder();
        for (at++; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '"') {
                at++;
                if (!next('"')) {
                    if (at < text.length() && text.charAt(at) != separator && !lineBreak(text.charAt(at))) {
                        throw new IllegalArgumentException("line " + line + ", cell " + number
                                + ": expected a separator or the line's end behind the closing quote");
                    }
                    return cell.toString();
                }
            } else if (c == '\n' || (c == '\r' && (at + 1 == text.length() || text.charAt(at + 1) != '\n'))) {
                line++;
            }
            cell.append(c);
        }
        throw new IllegalArgumentException(
                "line " + begin + ", cell " + number + ": the quote that opens the cell is never closed");
    }

    private void endLine() {
        if (at < text.length()) {
            if (passed('\r')) {
                passed('\n');
            } else {
                at++;
            }
            line++;
        }
    }

    private boolean next(char expected) {
        return at < text.length() && text.charAt(at) == expected;
    }

    private boolean passed(char expected) {
        boolean there = next(expected);
        if (there) {
            at++;
        }
        return there;
    }

    private static boolean lineBreak(char c) {
        return c == '\n' || c == '\r';
    }

    private static char separator(String text) {
        int[] counts = new int[SEPARATORS.length()];
        boolean quoted = false;
        boolean begun = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && lineBreak(c)) {
                if (begun) {
                    break;
                }
            } else if (!quoted && SEPARATORS.indexOf(c) >= 0) {
                counts[SEPARATORS.indexOf(c)]++;
            }
            begun |= !Character.isWhitespace(c);
        }
        int most = 0;
        for (int i = 1; i < counts.length; i++) {
            most = counts[i] > counts[most] ? i : most;
        }
        return SEPARATORS.charAt(most);
    }
}
