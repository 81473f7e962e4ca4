package io.patchbay.foundation.database;

import java.sql.Connection;
import java.util.function.Function;
import javax.sql.DataSource;

/** Connections of one kind of database, and how a transaction is done on them. */
sealed interface Engine extends AutoCloseable permits SqliteEngine, MySqlEngine {
    Dialect dialect();

    /** Returns where the data is, for messages. */
    String where();

    /** Returns a source of connections outside the pools, for migrations. */
    DataSource plainSource();

    /** Runs work on a connection in which every statement stands for itself. */
    <R> R reading(Function<Connection, R> work);

    /** What a commit waits for. */
    enum Commit {
        /** The disk has it. */
        SYNCED,

        /** The operating system has it; the disk gets it no later than the next commit that is synced. */
        WRITTEN
    }

    /** Runs work as one transaction, perhaps more than once; commits when it returns, rolls back when it throws. */
    <R> R writing(Commit commit, Function<Connection, R> work);

    /** Returns who stands before the connections that read. */
    Gate readGate();

    /** Returns who stands before the connections that write. */
    Gate writeGate();

    @Override
    void close();
}
