package io.patchbay.foundation.setting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.patchbay.foundation.database.Database;
import io.patchbay.foundation.database.SettingStore;
import io.patchbay.foundation.state.Bus;
import io.patchbay.foundation.state.SharedState;
import io.patchbay.foundation.testing.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class LiveSettingTest {
    private static final Lamp OFF = new Lamp("off", 0);

    private final Bus bus = SharedState.inProcess(InstantSource.system()).bus();

    @TempDir
    private Path folder;

    /** A setting that checks itself. */
    record Lamp(@Nullable String colour, int watts) {
        Lamp {
            colour = colour == null ? "white" : colour;
            if (watts < 0) {
                throw new IllegalArgumentException("watts must be at least 0; found " + watts);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void hasItsInitialValueUntilItIsChangedAndKeepsTheChange(TestDatabase kind) {
        try (Database database = kind.open(folder)) {
            try (LiveSetting<Lamp> lamp = lamp(database)) {
                assertThat(lamp.current()).isEqualTo(OFF);
                assertThat(lamp.update(before -> new Lamp("red", before.watts() + 5)))
                        .isEqualTo(new Lamp("red", 5));
                assertThat(lamp.current()).isEqualTo(new Lamp("red", 5));
            }
            try (LiveSetting<Lamp> later = lamp(database)) {
                assertThat(later.current()).isEqualTo(new Lamp("red", 5));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void tellsOtherNodes(TestDatabase kind) {
        try (Database database = kind.open(folder);
                LiveSetting<Lamp> here = lamp(database);
                LiveSetting<Lamp> there = lamp(database)) {
            here.update(before -> new Lamp("green", 7));
            await().untilAsserted(() -> assertThat(there.current()).isEqualTo(new Lamp("green", 7)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void announcesUnderItsNameAfterTheChangeIsInForce(TestDatabase kind) {
        try (Database database = kind.open(folder);
                LiveSetting<Lamp> lamp = lamp(database)) {
            List<String> heard = new CopyOnWriteArrayList<>();
            bus.subscribe(
                    "lamp", message -> heard.add(message + " " + lamp.current().colour()));
            lamp.update(before -> new Lamp("blue", 1));
            assertThat(heard).containsExactly("1 blue");
        }
    }

    @ParameterizedTest
    @EnumSource
    void findsAChangeWhoseMessageWasLost(TestDatabase kind) {
        Bus silent = SharedState.inProcess(InstantSource.system()).bus();
        try (Database database = kind.open(folder);
                LiveSetting<Lamp> here = lamp(database);
                LiveSetting<Lamp> there = LiveSetting.open(
                        new SettingStore(database), silent, "lamp", Lamp.class, OFF, Duration.ofMillis(20))) {
            here.update(before -> new Lamp("amber", 3));
            await().untilAsserted(() -> assertThat(there.current()).isEqualTo(new Lamp("amber", 3)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void isLeftAsItIsByARefusedChange(TestDatabase kind) {
        try (Database database = kind.open(folder);
                LiveSetting<Lamp> lamp = lamp(database)) {
            lamp.update(before -> new Lamp("red", 5));
            assertThatThrownBy(() -> lamp.update(before -> new Lamp("red", -1)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("watts must be at least 0; found -1");
            assertThat(lamp.current()).isEqualTo(new Lamp("red", 5));
            assertThat(new SettingStore(database).find("lamp").orElseThrow().version())
                    .isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void keepsWhatIsInForceWhenTheStoredTextIsNotValid(TestDatabase kind) {
        try (Database database = kind.open(folder);
                LiveSetting<Lamp> lamp = lamp(database)) {
            SettingStore store = new SettingStore(database);
            lamp.update(before -> new Lamp("red", 5));
            for (String broken : List.of("{\"watts\":-1}", "{\"watts\":", "null")) {
                store.put("lamp", broken);
                bus.publish("lamp", "");
                assertThat(lamp.update(before -> new Lamp("mended", before.watts())))
                        .isEqualTo(new Lamp("mended", 5));
            }
            store.put("lamp", "nonsense");
            try (LiveSetting<Lamp> opened = lamp(database)) {
                assertThat(opened.current()).isEqualTo(OFF);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void givesAbsentMembersTheMeaningOfTheType(TestDatabase kind) {
        try (Database database = kind.open(folder)) {
            new SettingStore(database).put("lamp", "{\"later\":1}");
            try (LiveSetting<Lamp> lamp = lamp(database)) {
                assertThat(lamp.current()).isEqualTo(new Lamp("white", 0));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void returnsToItsInitialValueWhenItIsRemoved(TestDatabase kind) {
        try (Database database = kind.open(folder);
                LiveSetting<Lamp> lamp = lamp(database)) {
            lamp.update(before -> new Lamp("red", 5));
            new SettingStore(database).delete("lamp");
            bus.publish("lamp", "");
            await().untilAsserted(() -> assertThat(lamp.current()).isEqualTo(OFF));
        }
    }

    @ParameterizedTest
    @EnumSource
    void losesNoChangeOfTwoNodes(TestDatabase kind) throws Exception {
        try (Database database = kind.open(folder);
                LiveSetting<Lamp> here = lamp(database);
                LiveSetting<Lamp> there = lamp(database);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> changes = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                LiveSetting<Lamp> node = i % 2 == 0 ? here : there;
                changes.add(threads.submit(() -> node.update(before -> new Lamp(before.colour(), before.watts() + 1))));
            }
            for (Future<?> change : changes) {
                change.get(60, TimeUnit.SECONDS);
            }
            await().untilAsserted(() -> {
                assertThat(here.current().watts()).isEqualTo(10);
                assertThat(there.current().watts()).isEqualTo(10);
            });
        }
    }

    private LiveSetting<Lamp> lamp(Database database) {
        return LiveSetting.open(new SettingStore(database), bus, "lamp", Lamp.class, OFF);
    }
}
