package io.patchbay.kernel.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.foundation.database.Database;
import io.patchbay.foundation.state.Bus;
import io.patchbay.foundation.state.SharedState;
import io.patchbay.foundation.state.Subscription;
import io.patchbay.foundation.testing.TestDatabase;
import io.patchbay.kernel.lifecycle.DesiredPlugin.Origin;
import io.patchbay.kernel.lifecycle.DesiredPlugin.Version;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class DesiredStateTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-24T10:00:00.123456Z"));
    private static final Version ONE = new Version("1.0.0", "1.0.0-aaaaaaaa.jar", "a".repeat(64));
    private static final Version TWO = new Version("2.0.0", "2.0.0-bbbbbbbb.jar", "b".repeat(64));

    @ParameterizedTest
    @EnumSource
    void keepsRowsExactly(TestDatabase kind, @TempDir Path folder) {
        try (Database database = kind.open(folder, PluginMapper.class)) {
            DesiredState desired =
                    new DesiredState(database, SharedState.inProcess(CLOCK).bus(), CLOCK);
            DesiredPlugin fresh = DesiredPlugin.fresh("acme", ONE, Origin.BUNDLED, desired.now());
            DesiredPlugin other = DesiredPlugin.fresh("other", TWO, Origin.OPERATOR, desired.now());
            desired.save(other);
            desired.save(fresh);
            assertThat(desired.all()).containsExactly(fresh, other);

            DesiredPlugin updated =
                    fresh.to(TWO, Origin.OPERATOR, desired.now()).enabled(false, desired.now());
            desired.save(updated);
            desired.save(updated);
            assertThat(desired.all()).containsExactly(updated, other);
            assertThat(updated.previous()).isEqualTo(ONE);
            assertThat(updated.current()).isEqualTo(TWO);

            desired.save(updated.removed(desired.now()));
            assertThat(desired.all().getFirst().removed()).isTrue();
            assertThat(desired.all().getFirst().previous()).isNull();
        }
    }

    @ParameterizedTest
    @EnumSource(names = "SQLITE")
    void tellsOtherNodesOnlyAndSurvivesABusThatFails(TestDatabase kind, @TempDir Path folder) {
        try (Database database = kind.open(folder, PluginMapper.class)) {
            Bus bus = SharedState.inProcess(CLOCK).bus();
            DesiredState here = new DesiredState(database, bus, CLOCK);
            DesiredState there = new DesiredState(database, bus, CLOCK);
            AtomicInteger heardHere = new AtomicInteger();
            AtomicInteger heardThere = new AtomicInteger();
            try (Subscription one = here.onForeignChange(heardHere::incrementAndGet);
                    Subscription two = there.onForeignChange(heardThere::incrementAndGet)) {
                here.save(DesiredPlugin.fresh("acme", ONE, Origin.OPERATOR, here.now()));
            }
            assertThat(heardHere).hasValue(0);
            assertThat(heardThere).hasValue(1);

            DesiredState cutOff = new DesiredState(database, new BrokenBus(), CLOCK);
            DesiredPlugin row = DesiredPlugin.fresh("other", TWO, Origin.OPERATOR, here.now());
            cutOff.save(row);
            assertThat(here.all()).contains(row);
        }
    }

    private static final class BrokenBus implements Bus {
        @Override
        public void publish(String topic, String message) {
            throw new IllegalStateException("no connection");
        }

        @Override
        public Subscription subscribe(String topic, Consumer<String> handler) {
            return () -> {};
        }
    }
}
