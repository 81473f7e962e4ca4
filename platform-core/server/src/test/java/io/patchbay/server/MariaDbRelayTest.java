package io.patchbay.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.billing.ledger.LedgerAudit;
import io.patchbay.foundation.config.DatabaseConfig;
import io.patchbay.foundation.database.Dialect;
import io.patchbay.foundation.testing.MariaDbServer;
import io.patchbay.testkit.upstream.OpenAiScripts;
import io.patchbay.testkit.upstream.ScriptedUpstream;
import java.nio.file.Path;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The main job once more, on a real MariaDB, across a restart. */
final class MariaDbRelayTest {
    @TempDir
    private Path home;

    @Test
    void relaysAndRemembers() {
        DatabaseConfig.MySql database = MariaDbServer.shared().newDatabase();
        Map<String, String> settings = Map.of(
                "MYSQL_HOST", database.host(),
                "MYSQL_PORT", Integer.toString(database.port()),
                "MYSQL_USER", database.user(),
                "MYSQL_PASSWORD", database.password(),
                "MYSQL_DB", database.database());
        try (ScriptedUpstream upstream = ScriptedUpstream.start()) {
            upstream.on(
                    "POST",
                    "/v1/chat/completions",
                    OpenAiScripts.text("gpt-test", "Hel", "lo").usage(10, 5));
            String key;
            try (TestServer server = TestServer.start(home, settings)) {
                assertThat(server.patchbay().parts().database().dialect()).isEqualTo(Dialect.MYSQL);
                key = server.client().prepare(upstream.endpoint(), "gpt-test");
                chatBothWays(server, key);
                Awaitility.await()
                        .until(() -> server.patchbay().parts().relay().metrics().active() == 0);
            }
            try (TestServer server = TestServer.start(home, settings)) {
                chatBothWays(server, key);
                assertThat(server.patchbay().parts().ledger().balance(1).used()).isEqualTo(4 * 20_000);
                assertThat(new LedgerAudit(server.patchbay().parts().database()).violations())
                        .isEmpty();
            }
        }
    }

    private static void chatBothWays(TestServer server, String key) {
        try (LoadClient client = new LoadClient(server.uri(), key)) {
            assertThat(client.plain("gpt-test")).matches(LoadClient.Result::complete);
            assertThat(client.stream("gpt-test")).matches(LoadClient.Result::complete);
        }
    }
}
