package io.patchbay.foundation.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.foundation.database.SettingStore.Setting;
import io.patchbay.foundation.testing.TestDatabase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class SettingStoreTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void storesOnlyWhatNobodyChangedMeanwhile(TestDatabase kind) {
        try (Database database = kind.open(folder)) {
            SettingStore store = new SettingStore(database);
            assertThat(store.find("site")).isEmpty();
            assertThat(store.compareAndSet("site", SettingStore.ABSENT, "{\"title\":\"ü\"}"))
                    .isTrue();
            assertThat(store.compareAndSet("site", SettingStore.ABSENT, "lost")).isFalse();
            assertThat(store.find("site")).contains(new Setting("site", "{\"title\":\"ü\"}", 1));
            assertThat(store.compareAndSet("site", 1, "second")).isTrue();
            assertThat(store.compareAndSet("site", 1, "lost")).isFalse();
            assertThat(store.put("site", "third")).isEqualTo(new Setting("site", "third", 3));
            assertThat(store.put("Site", "other")).isEqualTo(new Setting("Site", "other", 1));
            assertThat(store.all()).extracting(Setting::name).containsExactly("Site", "site");
            assertThat(store.delete("site")).isTrue();
            assertThat(store.delete("site")).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void keepsLongTexts(TestDatabase kind) {
        try (Database database = kind.open(folder)) {
            SettingStore store = new SettingStore(database);
            String text = "漢字 ".repeat(100_000);
            store.put("long", text);
            assertThat(store.find("long").orElseThrow().value()).isEqualTo(text);
        }
    }

    @ParameterizedTest
    @EnumSource
    void losesNoUpdate(TestDatabase kind) throws Exception {
        try (Database database = kind.open(folder);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            SettingStore store = new SettingStore(database);
            List<Future<?>> writers = new ArrayList<>();
            for (int writer = 0; writer < 8; writer++) {
                writers.add(threads.submit(() -> {
                    for (int round = 0; round < 5; round++) {
                        store.update("counter", "0", text -> Integer.toString(Integer.parseInt(text) + 1));
                    }
                }));
            }
            for (Future<?> writer : writers) {
                writer.get(60, TimeUnit.SECONDS);
            }
            assertThat(store.find("counter")).contains(new Setting("counter", "40", 40));
        }
    }
}
