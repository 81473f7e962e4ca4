package io.patchbay.relay.reconcile;

import io.patchbay.billing.Credits;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A report as CSV, one line for each day and model. Columns of ours have names that an export may have, so that the
 * file can be taken for one.
 */
final class ReportCsv {
    private ReportCsv() {}

    /** Returns the line with the names of the columns. */
    static String head() {
        return CsvText.line(List.of(
                "day",
                "model",
                "verdict",
                "requests",
                "input_tokens",
                "output_tokens",
                "cached_tokens",
                "credits",
                "estimated",
                "their_model",
                "their_requests",
                "their_input_tokens",
                "their_output_tokens",
                "their_cached_tokens",
                "their_cost",
                "difference_requests",
                "difference_input_tokens",
                "difference_output_tokens"));
    }

    /** Returns one line; what the export does not tell is an empty cell. */
    static String row(ReconcileReport.Line line) {
        OurUsage ours = line.ours();
        TheirUsage theirs = line.theirs();
        ReconcileReport.Difference difference = line.difference();
        return CsvText.line(List.of(
                line.day().toString(),
                CsvText.guarded(line.model()),
                line.verdict().label(),
                Long.toString(ours.requests()),
                Long.toString(ours.input()),
                Long.toString(ours.output()),
                Long.toString(ours.cached()),
                Credits.toDecimal(ours.micro()).toPlainString(),
                Long.toString(ours.estimated()),
                CsvText.guarded(line.theirModel()),
                theirs == null ? "" : number(theirs.requests()),
                theirs == null ? "" : number(theirs.input()),
                theirs == null ? "" : number(theirs.output()),
                theirs == null ? "" : number(theirs.cached()),
                theirs == null || theirs.cost() == null ? "" : theirs.cost().toPlainString(),
                number(difference.requests()),
                number(difference.input()),
                number(difference.output())));
    }

    private static String number(@Nullable Long count) {
        return count == null ? "" : count.toString();
    }
}
