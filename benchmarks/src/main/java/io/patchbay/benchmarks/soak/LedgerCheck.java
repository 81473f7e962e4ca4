package io.patchbay.benchmarks.soak;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.patchbay.billing.Billing;
import io.patchbay.billing.ledger.LedgerAudit;
import io.patchbay.foundation.config.DatabaseConfig;
import io.patchbay.foundation.database.Database;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.ibatis.annotations.Select;
import org.slf4j.LoggerFactory;

/** Looks into the tables of a server that has ended. */
final class LedgerCheck {
    private LedgerCheck() {}

    private interface Reservations {
        @Select("SELECT COUNT(*) FROM reservation")
        long all();

        @Select("SELECT COUNT(*) FROM reservation WHERE state = 'OPEN'")
        long open();
    }

    /**
     * What was found.
     *
     * @param calls how many were reserved for
     * @param open how many are still held, which are none after a server has ended in order
     * @param violations what the ledger's audit finds, in words
     */
    record Finding(long calls, long open, List<String> violations) {}

    /** Returns what the audit and a count of open reservations find in the SQLite file of that home. */
    static Finding of(Path home) {
        ((Logger) LoggerFactory.getLogger("io.patchbay")).setLevel(Level.WARN);
        List<Class<?>> mappers = new ArrayList<>(Billing.mappers());
        mappers.add(Reservations.class);
        try (Database database = Database.open(DatabaseConfig.sqlite(home.resolve("db/patchbay.db")), mappers)) {
            return new Finding(
                    database.read(Reservations.class, Reservations::all),
                    database.read(Reservations.class, Reservations::open),
                    new LedgerAudit(database)
                            .violations().stream().map(Object::toString).toList());
        }
    }
}
