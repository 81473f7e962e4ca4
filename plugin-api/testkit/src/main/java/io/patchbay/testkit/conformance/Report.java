package io.patchbay.testkit.conformance;

import io.patchbay.spi.Capability;
import io.patchbay.spi.ChannelDescriptor;
import io.patchbay.spi.json.JsonArray;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** What came of a conformance run, kept as a file for the table of all providers. */
final class Report {
    private static final Path BUILD = Path.of("target");
    private static final Path FOLDER = BUILD.resolve("conformance");

    private final String suite;
    private final ChannelDescriptor descriptor;
    private final Set<Capability> claimed;
    private final Set<String> failedGroups = ConcurrentHashMap.newKeySet();
    private final AtomicInteger run = new AtomicInteger();
    private final AtomicInteger passed = new AtomicInteger();

    Report(Subject subject, String suite) {
        this.suite = suite;
        this.descriptor = subject.type().descriptor();
        this.claimed = subject.claimed();
    }

    /** Runs a check and remembers how it went. */
    void run(Check check) {
        run.incrementAndGet();
        try {
            check.body().run();
            passed.incrementAndGet();
        } catch (AssertionError | RuntimeException e) {
            failedGroups.add(check.group());
            throw e;
        }
    }

    /** Writes the file where a build keeps such things; without a build folder nothing is written. */
    void write() {
        if (!Files.isDirectory(BUILD)) {
            return;
        }
        try {
            Files.createDirectories(FOLDER);
            Files.write(FOLDER.resolve(descriptor.id() + "." + suite + ".json"), json().toBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the conformance report", e);
        }
    }

    private JsonObject json() {
        List<JsonValue> names = new ArrayList<>();
        List<JsonValue> shown = new ArrayList<>();
        for (Capability capability : claimed) {
            names.add(JsonValue.of(capability.id()));
            if (!failedGroups.contains("capability " + capability.id())) {
                shown.add(JsonValue.of(capability.id()));
            }
        }
        List<JsonValue> unmapped =
                new TreeSet<>(descriptor.unmapped()).stream().map(JsonValue::of).toList();
        return JsonObject.builder()
                .put("type", descriptor.id())
                .put("name", descriptor.name().byLanguage().getOrDefault("en", descriptor.id()))
                .put("claimed", new JsonArray(names))
                .put("passed", new JsonArray(shown))
                .put("checks", run.get())
                .put("checksPassed", passed.get())
                .put("unmapped", new JsonArray(unmapped))
                .build();
    }
}
