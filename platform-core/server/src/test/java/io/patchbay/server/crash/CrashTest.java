package io.patchbay.server.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.server.RunsAlone;
import io.patchbay.server.crash.CrashRun.Plan;
import io.patchbay.server.crash.Evidence.Sighting;
import io.patchbay.server.crash.Seen.End;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the server process without warning in the middle of mixed load, again and again, and compares the ledger with
 * the upstream's own bill and with what the clients saw.
 *
 * <p>System properties: {@code patchbay.crash.seeds} runs so many seeds, from {@code patchbay.crash.seed} on;
 * {@code patchbay.crash.seconds} is how long each is under load, with a kill every 3 seconds of it; without it a run is
 * short. {@code patchbay.crash.database} is {@code sqlite} or {@code mariadb}. The script {@code benchmarks/crash} sets
 * them.
 */
@RunsAlone
final class CrashTest {
    private static final long SEED = 20_261_126;

    /** About 25 seconds with all starts. */
    private static final Plan SHORT =
            new Plan(Duration.ofMillis(7_500), Duration.ofMillis(1_500), Duration.ofMillis(2_200), 25);

    private static final int SHOWN = 30;
    private static final Duration EVERY = Duration.ofSeconds(3);
    private static final Duration LONGEST_RECOVERY = Duration.ofSeconds(5);

    @TempDir
    private Path folder;

    @Test
    void theLedgerIsTheUpstreamsBillAfterEveryKill() throws Exception {
        String database = System.getProperty("patchbay.crash.database", "sqlite");
        long first = Long.getLong("patchbay.crash.seed", SEED);
        int seeds = Integer.getInteger("patchbay.crash.seeds", 1);
        Integer seconds = Integer.getInteger("patchbay.crash.seconds");
        Plan plan = seconds == null ? SHORT : new Plan(Duration.ofSeconds(seconds), EVERY, EVERY, 10);
        CrashTable.head(database);
        for (long seed = first; seed < first + seeds; seed++) {
            Evidence evidence = CrashRun.of(seed, plan, folder.resolve("seed-" + seed), database);
            Reckoning reckoning = Reckoning.of(evidence);
            CrashTable.row(evidence, reckoning.sums());
            check(evidence, reckoning);
        }
    }

    private static void check(Evidence evidence, Reckoning reckoning) {
        String seed = "seed " + evidence.seed();
        List<String> findings = reckoning.findings();
        assertThat(findings.stream().limit(SHOWN))
                .as("%s, the first of %d findings", seed, findings.size())
                .isEmpty();
        assertThat(evidence.violations()).as(seed).isEmpty();
        assertThat(reckoning.sums().difference()).as(seed).isZero();
        assertThat(evidence.slowestRecovery()).as(seed).isLessThanOrEqualTo(LONGEST_RECOVERY);
        assertThat(missing(evidence, reckoning))
                .as(seed + " proves nothing without")
                .isEmpty();
    }

    /** Returns what did not happen at all: a right bill of that says nothing. */
    private static List<String> missing(Evidence evidence, Reckoning reckoning) {
        List<String> missing = new ArrayList<>();
        Arrays.stream(Deed.values())
                .filter(deed -> evidence.seen().stream()
                        .noneMatch(one -> one.seen().order().deed() == deed))
                .forEach(deed -> missing.add(deed.name()));
        Arrays.stream(End.values())
                .filter(end -> end != End.UNSENT)
                .filter(end ->
                        evidence.seen().stream().noneMatch(one -> one.seen().end() == end))
                .forEach(end -> missing.add(end.name()));
        require(
                missing,
                "a refusal for lack of credits",
                evidence.seen().stream().map(Sighting::seen).anyMatch(Seen::outOfCredits));
        require(
                missing,
                "a call answered at the second attempt",
                evidence.seen().stream()
                        .map(Sighting::seen)
                        .anyMatch(seen -> seen.order().deed() == Deed.SECOND_ATTEMPT && seen.end() == End.COMPLETE));
        require(
                missing,
                "a reservation released by a recovery",
                evidence.recoveries().stream().anyMatch(recovery -> recovery.reservations() > 0));
        require(
                missing,
                "a recovery after each start that succeeded",
                evidence.recoveries().size() >= evidence.starts().size());
        require(missing, "an estimate", reckoning.sums().estimated() > 0);
        require(missing, "a cost beyond what the user has", reckoning.sums().writtenOff() > 0);
        return missing;
    }

    private static void require(List<String> missing, String what, boolean happened) {
        if (!happened) {
            missing.add(what);
        }
    }
}
