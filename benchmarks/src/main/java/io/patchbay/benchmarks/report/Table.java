package io.patchbay.benchmarks.report;

import java.util.ArrayList;
import java.util.List;

/** A Markdown table that is also readable as it is. */
public final class Table {
    private final List<String> header;
    private final List<List<String>> rows = new ArrayList<>();

    /** @param header the names of the columns */
    public Table(String... header) {
        this.header = List.of(header);
    }

    /** Adds a row with as many cells as there are columns. */
    public void row(String... cells) {
        if (cells.length != header.size()) {
            throw new IllegalArgumentException("expected " + header.size() + " cells, found " + cells.length);
        }
        rows.add(List.of(cells));
    }

    /** Returns the table, each line with its line end. */
    @Override
    public String toString() {
        int[] widths = new int[header.size()];
        for (int column = 0; column < widths.length; column++) {
            widths[column] = Math.max(3, header.get(column).length());
            for (List<String> row : rows) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        }
        StringBuilder text = new StringBuilder();
        line(text, header, widths);
        for (int column = 0; column < widths.length; column++) {
            // The first column names things, the others are figures.
            text.append(column == 0 ? "| " : " ")
                    .append("-".repeat(widths[column] - (column == 0 ? 0 : 1)))
                    .append(column == 0 ? "" : ":")
                    .append(" |");
        }
        text.append('\n');
        rows.forEach(row -> line(text, row, widths));
        return text.toString();
    }

    private static void line(StringBuilder text, List<String> cells, int[] widths) {
        text.append('|');
        for (int column = 0; column < widths.length; column++) {
            String padding = " ".repeat(widths[column] - cells.get(column).length());
            String cell = cells.get(column);
            text.append(' ')
                    .append(column == 0 ? cell + padding : padding + cell)
                    .append(" |");
        }
        text.append('\n');
    }
}
