package io.patchbay.toolkit.data;

import io.patchbay.spi.FaultKind;
import io.patchbay.spi.FaultRule;
import io.patchbay.toolkit.VendorFaults;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/** Reads what a vendor's errors mean: a list of rules, the first of which that fits counts. */
public final class ErrorTable {
    /** What only the host may say of a call is no reading of an answer. */
    private static final List<String> KINDS = Stream.of(FaultKind.values())
            .filter(kind -> kind != FaultKind.UNKNOWN_OUTCOME && kind != FaultKind.PLUGIN)
            .map(FaultKind::name)
            .toList();

    private ErrorTable() {}

    /**
     * Reads the rules of a plugin's own file.
     *
     * @param errors a list of {@linkplain #rule rules}; none when it is missing
     * @param noise a regular expression of what is left out of the vendor's words, such as request ids; maybe missing
     */
    static VendorFaults read(Node errors, Node noise) {
        VendorFaults faults = VendorFaults.of(errors.each(ErrorTable::own));
        return noise.isMissing() ? faults : faults.silencing(pattern(noise));
    }

    private static FaultRule own(Node rule) {
        rule.get("kind").text();
        return rule(rule, KINDS);
    }

    /**
     * Reads one rule, such as {@code {"kind": "QUOTA", "codes": ["1113", "Arrear*"]}}; {@code words} or {@code status}
     * narrow it.
     *
     * @param kinds the names of the kinds that may stand in it, the first for a rule that says none
     */
    public static FaultRule rule(Node rule, List<String> kinds) {
        Node status = rule.get("status");
        FaultRule read = new FaultRule(
                FaultKind.valueOf(rule.get("kind").word(kinds)),
                rule.get("codes").texts(),
                (int) status.whole(0, 599),
                status.isMissing() ? rule.get("words").text("") : "");
        if (!status.isMissing() && !rule.get("words").isMissing()) {
            throw rule.wrong("either a status or words");
        }
        rule.closed();
        return read;
    }

    /** Returns the regular expression that stands in a place. */
    static Pattern pattern(Node node) {
        try {
            return Pattern.compile(node.text());
        } catch (PatternSyntaxException e) {
            throw node.wrong("a regular expression (" + e.getDescription() + ")");
        }
    }
}
