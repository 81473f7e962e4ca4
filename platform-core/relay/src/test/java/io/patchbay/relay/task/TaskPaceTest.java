package io.patchbay.relay.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class TaskPaceTest {
    private final TaskPace pace = new TaskPace(new Random(3));

    private long[] many(java.util.function.Supplier<Duration> wait) {
        return IntStream.range(0, 1_000)
                .mapToLong(i -> wait.get().toMillis())
                .sorted()
                .toArray();
    }

    private static void spread(long[] waits, long around) {
        assertThat(waits[0]).isBetween(around * 8 / 10, around * 82 / 100);
        assertThat(waits[waits.length - 1]).isBetween(around * 118 / 100, around * 12 / 10);
    }

    @Test
    void growsFromThreeToTenSecondsAndKeepsTasksOutOfStep() {
        spread(many(() -> pace.next(0, null)), 3_000);
        spread(many(() -> pace.next(2, null)), 4_687);
        spread(many(() -> pace.next(50, null)), 10_000);
    }

    @Test
    void doesAsThePluginWishesWithinReason() {
        spread(many(() -> pace.next(9, Duration.ofSeconds(60))), 60_000);
        spread(many(() -> pace.next(9, Duration.ZERO)), 200);
        spread(many(() -> pace.next(9, Duration.ofDays(1))), 300_000);
    }

    @Test
    void backsOffFromFailuresUpToAMinute() {
        spread(many(() -> pace.afterFailure(1, null)), 5_000);
        spread(many(() -> pace.afterFailure(3, null)), 20_000);
        spread(many(() -> pace.afterFailure(40, null)), 60_000);
        spread(many(() -> pace.afterFailure(1, Duration.ofSeconds(90))), 90_000);
    }
}
