package io.patchbay.server.crash;

import io.patchbay.server.crash.Books.Hold;
import io.patchbay.server.crash.Evidence.Sighting;
import io.patchbay.server.crash.Seen.End;
import java.util.Collection;
import java.util.Locale;
import java.util.function.Predicate;

/** Prints one line for each run. Amounts are micro-credits. */
final class CrashTable {
    private static final String COLUMNS =
            "| %9s | %5s | %5s | %8s | %7s | %8s | %7s | %8s | %16s | %14s | %16s | %12s | %10s"
                    + " | %12s | %8s | %8s |%n";

    private CrashTable() {}

    /** Prints the names of the columns. */
    static void head(String database) {
        System.out.printf("kill -9 under mixed load, %s%n", database);
        System.out.printf(
                COLUMNS,
                "seed",
                "kills",
                "calls",
                "accepted",
                "settled",
                "released",
                "refused",
                "complete",
                "upstream's bill",
                "by estimate",
                "ledger",
                "written off",
                "difference",
                "unpaid",
                "recovery",
                "start");
    }

    /** Prints what came of one run. */
    static void row(Evidence evidence, Sums sums) {
        long calls = count(evidence, one -> one.order().gift() == 0 && one.end() != End.UNSENT);
        Collection<Hold> holds = evidence.books().holds().values();
        System.out.printf(
                COLUMNS,
                evidence.seed(),
                evidence.kills(),
                calls,
                holds.size(),
                holds.stream().filter(Hold::settled).count(),
                holds.stream().filter(Hold::released).count(),
                count(evidence, Seen::outOfCredits),
                count(evidence, one -> one.order().gift() == 0 && one.end() == End.COMPLETE),
                number(sums.billed()),
                number(sums.estimated()),
                number(sums.charged()),
                number(sums.writtenOff()),
                sums.difference(),
                number(sums.unpaid()),
                evidence.slowestRecovery().toMillis() + " ms",
                evidence.slowestStart().toMillis() + " ms");
    }

    private static String number(long micro) {
        return String.format(Locale.ROOT, "%,d", micro);
    }

    private static long count(Evidence evidence, Predicate<Seen> which) {
        return evidence.seen().stream().map(Sighting::seen).filter(which).count();
    }
}
