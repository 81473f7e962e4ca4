package io.patchbay.testkit.conformance;

import java.util.ArrayList;
import java.util.List;

/** All checks of the kit, for those who do not run them by {@link ChannelTypeConformance}. */
public final class Conformance {
    private Conformance() {}

    /**
     * What was found wrong.
     *
     * @param check which check
     * @param why what it expected and found
     */
    public record Problem(Check check, String why) {}

    /** Returns all checks of a subject, in a good order to read. */
    public static List<Check> checks(Subject subject) {
        List<Check> all = new ArrayList<>();
        all.addAll(DescriptorChecks.of(subject));
        all.addAll(OfferChecks.of(subject));
        all.addAll(ClassScanChecks.of(subject));
        all.addAll(CapabilityChecks.of(subject));
        all.addAll(FieldChecks.of(subject));
        all.addAll(TaskChecks.of(subject));
        all.addAll(FixtureChecks.of(subject));
        all.addAll(TruncationChecks.of(subject));
        all.addAll(IsolationChecks.of(subject));
        all.addAll(DialectChecks.of(subject));
        all.addAll(RefusalChecks.of(subject));
        all.addAll(HostileChecks.of(subject));
        all.addAll(TwistedChecks.of(subject));
        return all;
    }

    /** Runs all checks and returns what was found wrong. */
    public static List<Problem> problems(Subject subject) {
        List<Problem> problems = new ArrayList<>();
        for (Check check : checks(subject)) {
            try {
                check.body().run();
            } catch (AssertionError | RuntimeException e) {
                problems.add(new Problem(check, String.valueOf(e.getMessage())));
            }
        }
        return problems;
    }
}
