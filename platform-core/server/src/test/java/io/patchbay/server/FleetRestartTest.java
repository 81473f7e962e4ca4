package io.patchbay.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.server.fleet.FleetUpstream;
import io.patchbay.server.fleet.Temper;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What was learned of keys outlives the process. */
@RunsAlone
@Timeout(60)
final class FleetRestartTest {
    private static final String MODEL = "kept";

    @TempDir
    private static Path home;

    @Test
    void aRestartedServerLeavesADeadKeyAlone() {
        Temper well = Temper.answering(Duration.ZERO);
        try (FleetUpstream dead = FleetUpstream.start("dead", Temper.refusing(Set.of("sk-fleet-dead"), well));
                FleetUpstream next = FleetUpstream.start("next", well)) {
            String key;
            try (TestServer server = TestServer.start(home)) {
                server.client().signIn();
                server.client().price(MODEL);
                FleetCalls.create(
                        server.client(),
                        FleetCalls.form("dead", dead.endpoint(), List.of(MODEL)).put("priority", 10));
                FleetCalls.create(server.client(), FleetCalls.form("next", next.endpoint(), List.of(MODEL)));
                key = server.client().apiKey();
                assertThat(new FleetCalls(server.client(), key)
                                .ask(MODEL, "call", true)
                                .text())
                        .isEqualTo("next: answer to call.");
                assertThat(dead.requests()).isEqualTo(1);
            }
            try (TestServer again = TestServer.start(home)) {
                FleetCalls calls = new FleetCalls(again.client(), key);
                for (int i = 0; i < 10; i++) {
                    assertThat(calls.ask(MODEL, "again " + i, false).text())
                            .isEqualTo("next: answer to again " + i + ".");
                }
                assertThat(dead.requests()).as("nobody asked it again").isEqualTo(1);
            }
        }
    }
}
