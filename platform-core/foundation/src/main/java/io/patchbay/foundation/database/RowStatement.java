package io.patchbay.foundation.database;

import org.jspecify.annotations.Nullable;

/**
 * A statement that is run for many rows, in the words in which each database is fastest.
 *
 * @param each runs once for each row and has a {@code ?} for each value
 * @param joined what MySQL gets instead, if anything: runs once for all rows, its only {@code ?} being a JSON array of
 *     them, each an array of its values. MySQL makes one statement out of many inserts by itself, but not of updates
 */
public record RowStatement(String each, @Nullable String joined) {
    /** Returns a statement that both databases run for each row. */
    public static RowStatement of(String each) {
        return new RowStatement(each, null);
    }
}
