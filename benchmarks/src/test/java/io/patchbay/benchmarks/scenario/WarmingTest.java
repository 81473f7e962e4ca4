package io.patchbay.benchmarks.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class WarmingTest {
    private static final Duration LEAST = Duration.ofSeconds(30);

    @Test
    void aServerWithoutACompilerIsWarmAfterTheLeastAndOneLook() {
        List<Duration> pauses = new ArrayList<>();
        Warming warming = new Warming(List.of(Long.MAX_VALUE), LEAST);

        warming.await(pauses::add);

        assertThat(pauses).containsExactly(LEAST, Warming.WINDOW);
        assertThat(warming.took()).isEqualTo(LEAST.plus(Warming.WINDOW));
    }

    @Test
    void aServerThatGoesOnCompilingIsNotWaitedForEndlessly() {
        List<Duration> pauses = new ArrayList<>();
        double[] used = {0};
        Warming warming = new Warming(() -> used[0], LEAST);

        warming.await(pause -> {
            pauses.add(pause);
            used[0] += 0.04 * pause.toSeconds();
        });

        assertThat(warming.took()).isEqualTo(LEAST.multipliedBy(Warming.LONGEST));
        assertThat(pauses.stream().reduce(Duration.ZERO, Duration::plus)).isEqualTo(warming.took());
    }

    @Test
    void aServerIsWarmWhenItsCompilersGetQuiet() {
        double[] used = {0};
        int[] looks = {0};
        Warming warming = new Warming(() -> used[0], LEAST);

        warming.await(pause -> used[0] += looks[0]++ < 3 ? 1 : 0.1);

        assertThat(warming.took()).isEqualTo(LEAST.plus(Warming.WINDOW.multipliedBy(3)));
    }
}
