package io.patchbay.testkit.conformance;

import java.util.List;

/** That a plugin's class files have neither shared state nor threads, sockets or clocks. */
final class ClassScanChecks {
    private ClassScanChecks() {}

    static List<Check> of(Subject subject) {
        return List.of(new Check("classes", "no shared state, threads, sockets, clocks", () -> {
            List<String> problems = ClassScan.problems(subject.type().getClass(), subject.scanned());
            Expect.that(problems.isEmpty(), String.join("\n", problems));
        }));
    }
}
