package io.patchbay.relay.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.foundation.database.Database;
import io.patchbay.foundation.testing.TestDatabase;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RequestLogTest {
    private static final Instant AT = Instant.parse("2030-03-10T12:00:00Z");
    private static final int MANY = 2_500;

    /** A sixteenth of the thousand that are taken at a time. */
    private static final int LARGEST_SLICE = 62;

    @TempDir
    Path folder;

    @Test
    void whatIsQueuedIsStoredBeforeItCloses() {
        try (Database database = open()) {
            try (RequestLog log = new RequestLog(database)) {
                for (int i = 0; i < MANY; i++) {
                    log.add(Calls.call("call-" + i, 1, AT));
                }
                log.close();

                assertThat(log.dropped()).isZero();
            }
            assertThat(count(database)).isEqualTo(MANY);
        }
    }

    @Test
    void aRecordThatCannotBeStoredTakesOnlyItsNeighboursAlong() {
        try (Database database = open()) {
            try (RequestLog log = new RequestLog(database)) {
                log.add(Calls.call("call-7", 1, AT));
                for (int i = 0; i < MANY; i++) {
                    log.add(Calls.call("call-" + i, 1, AT));
                }
                log.close();

                assertThat(log.dropped()).isBetween(1L, (long) LARGEST_SLICE);
                assertThat(count(database) + log.dropped()).isEqualTo(MANY + 1);
            }
        }
    }

    private Database open() {
        return TestDatabase.SQLITE.open(folder, Recording.mappers().toArray(Class<?>[]::new));
    }

    private static long count(Database database) {
        return database.read(RequestRecordMapper.class, RequestRecordMapper::count);
    }
}
