package io.patchbay.relay.record;

/**
 * A place in lines that are ordered from new to old.
 *
 * @param at the time of the line before it, in epoch milliseconds
 * @param id what tells that line apart from others of the same time; empty before all lines of that time
 */
record RecordCursor(long at, String id) {
    /** Returns the place before the newest line that is asked for. */
    static RecordCursor start(RecordQuery query) {
        return new RecordCursor(query.until(), "");
    }

    /** Returns the id of a line that is numbered from 1. */
    long number() {
        return id.isEmpty() ? 0 : Long.parseLong(id);
    }
}
