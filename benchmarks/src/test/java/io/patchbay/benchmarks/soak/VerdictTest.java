package io.patchbay.benchmarks.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

/** What is called flat, and what is not. */
final class VerdictTest {
    private static List<Sample> heaps(double... megabytes) {
        return DoubleStream.of(megabytes)
                .mapToObj(heap -> new Sample(10, 100, 0, Map.of(), 0, 0, 5, heap, 300, 60, 100, 500))
                .toList();
    }

    private static boolean flat(double share, double amount, double... megabytes) {
        Verdict verdict = new Verdict();
        verdict.flat("heap", heaps(megabytes), Sample::heapMb, share, amount);
        return verdict.met();
    }

    @Test
    void theLastThirdIsHeldAgainstTheSecond() {
        assertThat(flat(0.1, 0, 10, 10, 100, 100, 110, 110)).isTrue();
        assertThat(flat(0.1, 0, 100, 100, 100, 100, 111, 111)).isFalse();
        assertThat(flat(0.1, 20, 100, 100, 100, 100, 111, 111)).isTrue();
        assertThat(flat(0.1, 0, 100, 100, 100, 100, 50, 50)).isTrue();
    }

    @Test
    void aFloorIsTheLowestValue() {
        Verdict verdict = new Verdict();
        verdict.flatFloor("heap", heaps(1, 1, 100, 150, 180, 101), Sample::heapMb, 0.1, 0);
        assertThat(verdict.met()).isTrue();
        verdict.flatFloor("heap", heaps(1, 1, 100, 150, 180, 111), Sample::heapMb, 0.1, 0);
        assertThat(verdict.met()).isFalse();
    }

    @Test
    void whatWasNotMeasuredIsNotFlat() {
        assertThat(flat(0.1, 0, 100, 100, 100, 100, Double.NaN, Double.NaN)).isFalse();
        assertThat(flat(0.1, 0, 100, 100, Double.NaN, 100, Double.NaN, 100)).isTrue();
    }

    @Test
    void oneMissedCriterionIsEnough() {
        Verdict verdict = new Verdict();
        verdict.none("failures", 0);
        verdict.some("calls", 3);
        assertThat(verdict.met()).isTrue();
        verdict.none("cut", 1);
        assertThat(verdict.met()).isFalse();
        assertThat(verdict.table().toString()).contains("**no**");
    }
}
