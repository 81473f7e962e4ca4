package io.patchbay.benchmarks.jmh;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.patchbay.foundation.config.DatabaseConfig;
import io.patchbay.foundation.database.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/** An empty database on SQLite in a folder of its own below {@code java.io.tmpdir}. */
record ScratchDatabase(Path folder, Database database) {
    static ScratchDatabase open(List<Class<?>> mappers) throws IOException {
        // It would tell that it was opened, and the standard output belongs to the table.
        ((Logger) LoggerFactory.getLogger("io.patchbay")).setLevel(Level.WARN);
        Path folder = Files.createTempDirectory("patchbay-jmh");
        return new ScratchDatabase(
                folder, Database.open(DatabaseConfig.sqlite(folder.resolve("patchbay.db")), mappers));
    }

    /** Closes the database and deletes its files. */
    void close() throws IOException {
        database.close();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
