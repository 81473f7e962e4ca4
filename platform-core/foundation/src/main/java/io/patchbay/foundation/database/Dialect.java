package io.patchbay.foundation.database;

import java.util.Map;

/** The kinds of database, and the words in which their tables are written. */
public enum Dialect {
    /** One file beside the program. */
    SQLITE("sqlite"),

    /** MySQL 8 or MariaDB. */
    MYSQL("mysql");

    private final String databaseId;

    Dialect(String databaseId) {
        this.databaseId = databaseId;
    }

    /** Returns the name that mappers use where a text differs, {@code sqlite} or {@code mysql}. */
    public String databaseId() {
        return databaseId;
    }

    /** Returns what migrations write as {@code ${id}} and so on. */
    Map<String, String> placeholders() {
        return switch (this) {
            case SQLITE ->
                Map.of(
                        "id", "INTEGER PRIMARY KEY AUTOINCREMENT",
                        "bool", "INTEGER",
                        "text", "TEXT",
                        "blob", "BLOB",
                        "name", "VARCHAR(255)",
                        "key", "VARCHAR(64)",
                        "options", "");
            case MYSQL ->
                Map.of(
                        "id", "BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY",
                        "bool", "TINYINT(1)",
                        "text", "LONGTEXT",
                        "blob", "LONGBLOB",
                        "name", "VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin",
                        "key", "VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin",
                        "options", "ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin");
        };
    }
}
