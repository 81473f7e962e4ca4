package io.patchbay.benchmarks.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Under what the figures were taken. */
public final class Conditions {
    private Conditions() {}

    /**
     * Returns what is known before anything is started, as lines of a list.
     *
     * @param top the folder of the checkout
     * @param more further conditions, in order
     */
    public static String text(Path top, Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put(
                "taken",
                DateTimeFormatter.ISO_INSTANT.format(
                        ZonedDateTime.now(Clock.systemUTC()).withNano(0).withZoneSameInstant(ZoneOffset.UTC)));
        all.put("commit", commit(top));
        all.put(
                "machine",
                processorModel() + ", " + Runtime.getRuntime().availableProcessors() + " processors, " + memory()
                        + ", load before " + loadBefore());
        all.put(
                "system",
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"));
        all.put("Java", System.getProperty("java.vendor") + " " + System.getProperty("java.runtime.version"));
        all.putAll(more);
        StringBuilder text = new StringBuilder();
        all.forEach((name, value) ->
                text.append("* ").append(name).append(": ").append(value).append('\n'));
        return text.toString();
    }

    private static String commit(Path top) {
        String head = ask(top, "git", "rev-parse", "--short=12", "HEAD");
        if (head.isEmpty()) {
            return "no checkout";
        }
        return ask(top, "git", "status", "--porcelain").isEmpty() ? head : head + " with uncommitted changes";
    }

    private static String processorModel() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown processor");
        } catch (IOException e) {
            return "unknown processor";
        }
    }

    private static String memory() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/meminfo"))) {
            double kilobytes = lines.filter(line -> line.startsWith("MemTotal:"))
                    .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")))
                    .sum();
            return String.format(Locale.ROOT, "%.1f GB of memory", kilobytes / 1024 / 1024);
        } catch (IOException e) {
            return "unknown memory";
        }
    }

    private static String loadBefore() {
        try {
            return Files.readString(Path.of("/proc/loadavg"), StandardCharsets.US_ASCII)
                    .split(" ", 2)[0];
        } catch (IOException e) {
            return "unknown";
        }
    }

    private static String ask(Path folder, String... command) {
        try {
            Process process = new ProcessBuilder(List.of(command))
                    .directory(folder.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0 ? text.strip() : "";
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
