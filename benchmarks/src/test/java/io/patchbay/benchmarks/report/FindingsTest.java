package io.patchbay.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;

/** The table of the bars says what is met and what is not. */
final class FindingsTest {
    private final Findings findings = new Findings();

    private String row(String scenario, String what) {
        return findings.table(Set.of(scenario))
                .toString()
                .lines()
                .filter(line -> line.contains(what))
                .findFirst()
                .orElse("no such row");
    }

    @Test
    void enoughIsMetAndMoreReachesTheAim() {
        findings.measured("plain64.ratio", 0.30);
        findings.measured("plain64.idle", 180);
        assertThat(row("plain64", "plain calls")).contains("≥ 0.30 ×", "0.30 ×").endsWith("| met |".substring(1));
        assertThat(row("plain64", "idle")).contains("≤ 350 MB", "180 MB", "met, aim reached");
        assertThat(findings.allMet()).isTrue();
    }

    @Test
    void tooLittleAndTooMuchAreMissed() {
        findings.measured("plain64.ratio", 0.29);
        assertThat(row("plain64", "plain calls")).contains("MISSED");
        findings.measured("start.median", 5.01);
        assertThat(row("start", "start to ready")).contains("5.01 s", "MISSED");
        assertThat(findings.allMet()).isFalse();
    }

    @Test
    void oneFailedCallIsOneTooMany() {
        findings.measured("swap.failed", 0);
        assertThat(row("swap", "failed calls")).contains("met");
        findings.measured("swap.failed", 1);
        assertThat(row("swap", "failed calls")).contains("MISSED");
    }

    @Test
    void figuresOfAScenarioWithFailedCallsAreWorthNothing() {
        findings.measured("streams.ratio", 0.9);
        findings.failed("streams");
        assertThat(row("streams", "unpaced")).contains("MISSED (calls failed)");
        assertThat(findings.allMet()).isFalse();
    }

    @Test
    void whatWasNotMeasuredIsSaid() {
        findings.measured("streams.ratio", Double.NaN);
        assertThat(row("streams", "unpaced")).contains("not measured").doesNotContain("met,");
        assertThat(row("plain10", "p50")).contains("not measured");
        assertThat(row("plain10", "unpaced")).isEqualTo("no such row");
    }

    @Test
    void onlyBarsThereAreCanBeReported() {
        assertThatThrownBy(() -> findings.measured("plain64.rate", 1)).isInstanceOf(IllegalArgumentException.class);
    }
}
