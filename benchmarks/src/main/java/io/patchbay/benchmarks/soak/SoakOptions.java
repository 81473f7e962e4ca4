package io.patchbay.benchmarks.soak;

import java.nio.file.Path;

/**
 * What to run.
 *
 * @param top the folder of the checkout
 * @param minutes how long under load, 1 to 1,440
 * @param javaOptions further options for the server's Java
 * @param check whether the options are only looked at and nothing is run
 */
record SoakOptions(Path top, int minutes, String javaOptions, boolean check) {
    static final String USAGE = """
            Usage: benchmarks/soak [--minutes N] [--java-opts "OPTIONS"] [--no-build]

              --minutes N        how long under load (default 10); below 3 it is only a look
              --java-opts OPTS   further options for the server's Java, such as "-XX:+UseSerialGC -Xmx512m"
              --no-build         run the distribution that was built last, even if it is stale

              MAVEN_ARGS         further options for Maven
            """;

    private static final int LONGEST = 1_440;

    /**
     * Reads the command line.
     *
     * @throws IllegalArgumentException with what is wrong with it
     */
    static SoakOptions of(String[] arguments) {
        Path top = Path.of("").toAbsolutePath();
        int minutes = 10;
        String javaOptions = "";
        boolean check = false;
        for (int i = 0; i < arguments.length; i++) {
            String option = arguments[i];
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
                case "--java-opts" -> javaOptions = value;
                case "--minutes" -> minutes = minutes(value);
                default -> throw new IllegalArgumentException("unknown option " + option);
            }
        }
        return new SoakOptions(top, minutes, javaOptions, check);
    }

    private static int minutes(String value) {
        if (!value.matches("[1-9]\\d{0,3}") || Integer.parseInt(value) > LONGEST) {
            throw new IllegalArgumentException("--minutes: expected 1 to " + LONGEST + ", found " + value);
        }
        return Integer.parseInt(value);
    }

    /** Returns the unpacked distribution. */
    Path image() {
        return top.resolve("distribution/target/patchbay");
    }
}
