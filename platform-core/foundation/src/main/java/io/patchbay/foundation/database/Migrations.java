package io.patchbay.foundation.database;

import java.util.Arrays;
import java.util.Optional;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.flywaydb.core.api.output.MigrateResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the tables of all rooms up to what the program needs. */
final class Migrations {
    private static final Logger log = LoggerFactory.getLogger(Migrations.class);

    private Migrations() {}

    /**
     * Applies what is missing.
     *
     * @throws DatabaseException when the schema is newer than the program, was changed by hand, or a step fails
     */
    static void run(DataSource source, Dialect dialect, String where) {
        Flyway flyway = Flyway.configure(Migrations.class.getClassLoader())
                .dataSource(source)
                .locations("classpath:db/migration")
                .table("schema_history")
                .placeholders(dialect.placeholders())
                // Rooms number their steps independently, so a later version of one may bring an older number.
                .outOfOrder(true)
                .validateMigrationNaming(true)
                .cleanDisabled(true)
                .loggers("slf4j")
                .load();
        try {
            refuseNewer(flyway, where);
            MigrateResult result = flyway.migrate();
            if (result.migrationsExecuted > 0) {
                log.info("{}: {} migrations applied", where, result.migrationsExecuted);
            }
        } catch (FlywayValidateException e) {
            throw new DatabaseException(
                    "the tables in " + where + " do not fit this program: a step that was applied is missing or has"
                            + " changed. Use the program they were made with, or restore a backup",
                    e);
        } catch (FlywayException e) {
            if (String.valueOf(e.getMessage()).contains("non-empty schema")) {
                throw new DatabaseException(
                        where + " holds tables that this program did not make; give it a database of its own", e);
            }
            throw new DatabaseException("cannot migrate " + where + ": " + firstLine(e), e);
        }
    }

    private static void refuseNewer(Flyway flyway, String where) {
        MigrationInfo[] all = flyway.info().all();
        Optional<MigrationInfo> newest = Arrays.stream(all)
                .filter(step -> step.getState().isApplied() && !step.getState().isResolved())
                .filter(step -> step.getVersion() != null)
                .reduce((before, after) -> after);
        if (newest.isPresent()) {
            throw new DatabaseException(
                    "the tables in " + where + " were made by a newer program: step "
                            + newest.get().getVersion() + " (" + newest.get().getDescription()
                            + ") is not known here. Install that program, or restore a backup",
                    null);
        }
    }

    private static String firstLine(FlywayException failure) {
        String message = String.valueOf(failure.getMessage()).strip();
        return message.lines().findFirst().orElse("no reason given");
    }
}
