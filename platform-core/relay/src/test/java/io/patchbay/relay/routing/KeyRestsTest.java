package io.patchbay.relay.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.foundation.config.DatabaseConfig;
import io.patchbay.foundation.config.SecurityConfig;
import io.patchbay.foundation.crypto.Encryption;
import io.patchbay.foundation.database.Database;
import io.patchbay.foundation.state.Bus;
import io.patchbay.foundation.state.SharedState;
import io.patchbay.relay.channel.Channel;
import io.patchbay.relay.channel.ChannelCodec;
import io.patchbay.relay.channel.ChannelMapper;
import io.patchbay.relay.channel.Channels;
import io.patchbay.relay.routing.Standing.Phase;
import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes on one database and one bus. */
final class KeyRestsTest {
    private final InstantSource clock = () -> Instant.parse("2026-11-25T12:00:00Z");
    private final Encryption encryption = new Encryption(new SecurityConfig(new byte[32], null), "channels");
    private Database database;
    private Bus bus;
    private Channels channels;
    private Channel channel;

    @BeforeEach
    void open(@TempDir Path folder) {
        database = Database.open(
                DatabaseConfig.sqlite(folder.resolve("test.db")), List.of(ChannelMapper.class, KeyRestMapper.class));
        bus = SharedState.inProcess(clock).bus();
        channels = new Channels(database, new ChannelCodec(encryption), bus, clock);
        channel = channels.create(Fleet.channel(0, 0, 1, List.of("a", "b"), Map.of()));
    }

    @AfterEach
    void close() {
        channels.close();
        database.close();
    }

    private Routing node() {
        return Routing.open(database, bus, channels, encryption, new Random(1), clock);
    }

    private Standing key(Routing node, String line) {
        return Objects.requireNonNull(node.health().of(channel).key(line))
                .breaker
                .standing();
    }

    private void fail(Routing node, String line, FaultKind kind) {
        Permit permit = Objects.requireNonNull(node.health().enter(channel, line, "m", false));
        permit.failed(Fault.of(kind, "refused"));
        permit.close();
    }

    private int rows() {
        return database.read(KeyRestMapper.class, KeyRestMapper::all).size();
    }

    @Test
    void aRestIsKnownToOtherNodesAndAfterARestart() {
        try (Routing here = node();
                Routing there = node()) {
            fail(here, "a", FaultKind.KEY_DEAD);

            Awaitility.await().until(() -> key(there, "a").phase() == Phase.RESTING);
            assertThat(key(there, "a").reason()).isEqualTo("refused");
            assertThat(key(there, "b").phase()).isEqualTo(Phase.GOOD);
        }
        try (Routing later = node()) {
            assertThat(key(later, "a").phase()).isEqualTo(Phase.RESTING);
            assertThat(key(later, "a").until()).isEqualTo(Instant.parse("2026-11-25T12:10:00Z"));
        }
    }

    @Test
    void whatTheOperatorRevivesOnOneNodeIsBackOnAll() {
        try (Routing here = node();
                Routing there = node()) {
            fail(here, "a", FaultKind.QUOTA);
            Awaitility.await().until(() -> key(there, "a").phase() == Phase.RESTING);

            there.health().revive(channel);

            Awaitility.await().until(() -> key(here, "a").phase() == Phase.GOOD);
            assertThat(key(there, "a").phase()).isEqualTo(Phase.GOOD);
            assertThat(rows()).isZero();
        }
    }

    @Test
    void newsIsNeverTakenForWhatAnotherNodeEnded() {
        try (Routing here = node()) {
            for (int round = 0; round < 200; round++) {
                here.health().revive(channel);
                fail(here, "a", FaultKind.KEY_DEAD);
                assertThat(key(here, "a").phase()).as("round " + round).isEqualTo(Phase.RESTING);
            }
            Awaitility.await().until(() -> rows() == 1);
            bus.publish("relay.key-rests", "look again");
            fail(here, "b", FaultKind.KEY_DEAD);
            Awaitility.await().until(() -> rows() == 2);

            assertThat(key(here, "a").phase()).isEqualTo(Phase.RESTING);
            assertThat(key(here, "b").phase()).isEqualTo(Phase.RESTING);
        }
    }

    @Test
    void otherRestsStayWithTheNodeThatSawThem() {
        try (Routing here = node();
                Routing there = node()) {
            fail(here, "a", FaultKind.RATE);
            fail(here, "b", FaultKind.KEY_DEAD);
            Awaitility.await().until(() -> key(there, "b").phase() == Phase.RESTING);

            assertThat(rows()).isEqualTo(1);
            assertThat(there.health().open(channel, "m", clock.instant())).isTrue();
        }
    }
}
