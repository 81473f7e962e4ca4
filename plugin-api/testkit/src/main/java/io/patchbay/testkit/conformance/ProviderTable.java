package io.patchbay.testkit.conformance;

import io.patchbay.spi.json.Json;
import io.patchbay.spi.json.JsonValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes one page of Markdown of all conformance reports below a folder. */
public final class ProviderTable {
    private static final List<String> ORDER = List.of(
            "chat",
            "tools",
            "parallel-tools",
            "vision",
            "reasoning",
            "json-output",
            "several-choices",
            "web-search",
            "embeddings",
            "rerank",
            "images",
            "image-edits",
            "tasks",
            "speech",
            "transcription",
            "moderation",
            "model-list",
            "balance");

    private static final String SOURCES = "src/main/java";

    private static final Pattern NO_CODE = Pattern.compile("\\s*|\\s*(//|\\*|/\\*).*|(import|package) .*");

    private record Row(
            String type,
            String name,
            Set<String> claimed,
            Set<String> passed,
            long checks,
            long green,
            Set<String> unmapped) {
        /** A type may have several suites, one for each of its surfaces; what failed in one of them has failed. */
        Row with(Row other) {
            Set<String> all = new LinkedHashSet<>(claimed);
            all.addAll(other.claimed);
            Set<String> good = new LinkedHashSet<>(all);
            good.removeIf(one -> failed(one) || other.failed(one));
            Set<String> lost = new TreeSet<>(unmapped);
            lost.addAll(other.unmapped);
            return new Row(type, name, all, good, checks + other.checks, green + other.green, lost);
        }

        private boolean failed(String capability) {
            return claimed.contains(capability) && !passed.contains(capability);
        }

        String fields() {
            return unmapped.stream().map(field -> "`" + field + "`").collect(Collectors.joining(", "));
        }
    }

    private ProviderTable() {}

    /** Prints the page for the folder given as the only argument, in which {@code target/conformance} folders are found. */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 1) {
            throw new IllegalArgumentException("expected one folder with the plugins' builds");
        }
        System.out.write(page(Path.of(arguments[0])).getBytes(StandardCharsets.UTF_8));
        System.out.flush();
    }

    /** Returns the page. */
    static String page(Path plugins) throws IOException {
        TreeMap<String, Row> rows = new TreeMap<>();
        try (Stream<Path> files = Files.find(plugins, 4, (file, attributes) -> isReport(file))) {
            for (Path file : files.sorted().toList()) {
                Row row = row(Json.parse(Files.readAllBytes(file)));
                rows.merge(row.type(), row, Row::with);
            }
        }
        StringBuilder page = new StringBuilder();
        page.append("# Providers\n\n");
        page.append(
                "Made from the conformance runs of the plugins; not to be edited by hand. **✓** claimed and passed, **✗** claimed");
        page.append(" and failed, empty not claimed.\n\n");
        List<String> columns = columns(rows);
        page.append("| Channel type | ").append(String.join(" | ", columns)).append(" | checks |\n");
        page.append("|---|").append("---|".repeat(columns.size())).append("---|\n");
        for (Row row : rows.values()) {
            page.append("| `").append(row.type()).append("` ").append(row.name());
            for (String column : columns) {
                page.append(" | ")
                        .append(
                                !row.claimed().contains(column)
                                        ? ""
                                        : row.passed().contains(column) ? "✓" : "✗");
            }
            page.append(" | ")
                    .append(row.green())
                    .append(" of ")
                    .append(row.checks())
                    .append(" |\n");
        }
        page.append("\n## Request fields that do not reach the vendor\n\n");
        page.append(
                "Sent to one of these types (some only for some models), a field is named in the response header\n");
        page.append("`Patchbay-Dropped-Fields`, or the call is refused where the channel says so.\n\n");
        page.append("| Channel type | Fields |\n|---|---|\n");
        for (Row row : rows.values()) {
            page.append("| `")
                    .append(row.type())
                    .append("` | ")
                    .append(row.fields())
                    .append(" |\n");
        }
        page.append("\n## How much code\n\n");
        page.append(
                "Lines of Java with code in each plugin, without comments, imports and blank lines. A surface is a\n");
        page.append(
                "wire of its own that the conformance kit runs over; what dialects, framing, signing and polling\n");
        page.append("have in common is the host's and the toolkit's.\n\n");
        page.append("| Plugin | surfaces | lines |\n|---|---|---|\n");
        try (Stream<Path> folders = Files.list(plugins)) {
            for (Path folder : folders.filter(one -> Files.isDirectory(one.resolve(SOURCES)))
                    .sorted()
                    .toList()) {
                page.append("| `")
                        .append(folder.getFileName())
                        .append("` | ")
                        .append(surfaces(folder))
                        .append(" | ")
                        .append(linesOfCode(folder.resolve(SOURCES)))
                        .append(" |\n");
            }
        }
        return page.toString();
    }

    private static long surfaces(Path plugin) throws IOException {
        try (Stream<Path> files = Files.find(plugin, 3, (file, attributes) -> isReport(file))) {
            return files.count();
        }
    }

    private static long linesOfCode(Path sources) throws IOException {
        long lines = 0;
        try (Stream<Path> files = Files.find(sources, 20, (file, attributes) -> isSource(file))) {
            for (Path file : files.toList()) {
                lines += Files.readAllLines(file).stream()
                        .filter(line -> !NO_CODE.matcher(line).matches())
                        .count();
            }
        }
        return lines;
    }

    private static boolean isSource(Path file) {
        return file.toString().endsWith(".java") && !file.endsWith("package-info.java");
    }

    private static boolean isReport(Path file) {
        Path folder = file.getParent();
        return folder != null && folder.endsWith(Path.of("target", "conformance"));
    }

    private static List<String> columns(TreeMap<String, Row> rows) {
        Set<String> used = new LinkedHashSet<>();
        rows.values().forEach(row -> used.addAll(row.claimed()));
        List<String> columns = new ArrayList<>(ORDER);
        columns.retainAll(used);
        used.removeAll(columns);
        used.stream().sorted().forEach(columns::add);
        return columns;
    }

    private static Row row(JsonValue report) {
        return new Row(
                report.string("type", ""),
                report.string("name", ""),
                texts(report, "claimed"),
                texts(report, "passed"),
                report.longValue("checks", 0),
                report.longValue("checksPassed", 0),
                texts(report, "unmapped"));
    }

    private static Set<String> texts(JsonValue report, String member) {
        Set<String> texts = new LinkedHashSet<>();
        report.elements(member).forEach(value -> texts.add(String.valueOf(value.string())));
        return texts;
    }
}
