package io.patchbay.foundation.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.foundation.config.DatabaseConfig;
import io.patchbay.foundation.config.DatabaseConfig.MySql;
import io.patchbay.foundation.testing.MariaDbServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.ibatis.annotations.Select;
import org.junit.jupiter.api.Test;

/** Connections to a server that encrypts, with a certificate that it has made itself. */
final class MySqlEncryptionTest {
    private static final MySql KNOWN = MariaDbServer.encrypting().newDatabase();

    interface SessionMapper {
        @Select("SELECT VARIABLE_VALUE FROM information_schema.SESSION_STATUS WHERE VARIABLE_NAME = 'SSL_CIPHER'")
        String cipher();
    }

    @Test
    void encryptsWhereTheServerCan() {
        try (Database database = open(KNOWN)) {
            assertThat(database.read(SessionMapper.class, SessionMapper::cipher))
                    .isNotEmpty();
        }
        try (Database database = open(MariaDbServer.shared().newDatabase())) {
            assertThat(database.read(SessionMapper.class, SessionMapper::cipher))
                    .as("where it cannot")
                    .isEmpty();
        }
    }

    @Test
    void refusesACertificateThatNobodyVouchesForAndDoesNotWait() {
        MySql verified =
                new MySql(KNOWN.host(), KNOWN.port(), "root", "", KNOWN.database(), true, 4, Duration.ofMinutes(10));

        assertThatThrownBy(() -> open(verified))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining(
                        "MySQL at 127.0.0.1:" + KNOWN.port() + " has a certificate that cannot be verified")
                .hasMessageContaining("it must name \"127.0.0.1\"");
    }

    private static Database open(MySql config) {
        return Database.open(new DatabaseConfig(config, Path.of("unused.db")), List.of(SessionMapper.class));
    }
}
