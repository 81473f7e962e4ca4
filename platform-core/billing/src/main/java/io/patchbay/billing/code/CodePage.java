package io.patchbay.billing.code;

import java.util.List;

/**
 * A part of a list.
 *
 * @param rows newest first
 * @param total how many rows the whole list has
 */
public record CodePage(List<CodeRow> rows, long total) {
    /** Copies the list. */
    public CodePage {
        rows = List.copyOf(rows);
    }
}
