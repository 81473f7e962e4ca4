package io.patchbay.benchmarks.run;

import io.patchbay.benchmarks.scenario.Scenario;
import io.patchbay.benchmarks.scenario.Scenarios;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What to run.
 *
 * @param top the folder of the checkout
 * @param only names of scenarios; all when nothing else was said
 * @param quick whether it is only for a look
 * @param mariaDb whether the database is MariaDB and not SQLite
 * @param javaOptions further options for the server's Java
 * @param check whether the options are only looked at and nothing is run
 */
record Options(Path top, Set<String> only, boolean quick, boolean mariaDb, String javaOptions, boolean check) {
    static final String USAGE = """
            Usage: benchmarks/run [--only NAME,NAME...] [--quick] [--database sqlite|mariadb] [--java-opts "OPTIONS"]
                                  [--no-build]

              --only NAMES       only these scenarios:
            %s
              --quick            short times, for a look; not for figures
              --database WHAT    sqlite (default), or mariadb (a real server, unpacked and started for this)
              --java-opts OPTS   further options for the server's Java, such as "-XX:+UseSerialGC -Xmx512m"
              --no-build         measure the distribution that was built last, even if it is stale

              MAVEN_ARGS         further options for Maven
            """.formatted(names());

    private static String names() {
        StringBuilder names = new StringBuilder();
        for (Scenario scenario : Scenarios.all()) {
            names.append(names.isEmpty() ? "" : "\n")
                    .append("                     ")
                    .append(String.format("%-11s", scenario.name()))
                    .append(scenario.about());
        }
        return names.toString();
    }

    /**
     * Reads the command line.
     *
     * @throws IllegalArgumentException with what is wrong with it
     */
    static Options of(String[] arguments) {
        Path top = Path.of("").toAbsolutePath();
        Set<String> only =
                new LinkedHashSet<>(Scenarios.all().stream().map(Scenario::name).toList());
        boolean quick = false;
        boolean mariaDb = false;
        String javaOptions = "";
        boolean check = false;
        for (int i = 0; i < arguments.length; i++) {
            String option = arguments[i];
            if (option.equals("--quick")) {
                quick = true;
                continue;
            }
            if (option.equals("--check")) {
                check = true;
                continue;
            }
            if (i + 1 == arguments.length) {
                throw new IllegalArgumentException("unknown option or no value: " + option);
            }
            String value = arguments[++i];
            switch (option) {
                case "--top" -> top = Path.of(value).toAbsolutePath();
                case "--only" -> only = chosen(value, only);
                case "--java-opts" -> javaOptions = value;
                case "--database" -> {
                    if (!Set.of("sqlite", "mariadb").contains(value)) {
                        throw new IllegalArgumentException("--database: expected sqlite or mariadb, found " + value);
                    }
                    mariaDb = value.equals("mariadb");
                }
                default -> throw new IllegalArgumentException("unknown option " + option);
            }
        }
        return new Options(top, only, quick, mariaDb, javaOptions, check);
    }

    private static Set<String> chosen(String value, Set<String> known) {
        Set<String> names = new LinkedHashSet<>(List.of(value.split(",", -1)));
        if (!known.containsAll(names)) {
            names.removeAll(known);
            throw new IllegalArgumentException("--only: no scenario " + names + "; there are " + known);
        }
        return names;
    }

    /** Returns the unpacked distribution. */
    Path image() {
        return top.resolve("distribution/target/patchbay");
    }
}
