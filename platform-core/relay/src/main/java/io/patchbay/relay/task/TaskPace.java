package io.patchbay.relay.task;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** When a task is asked for again: soon at first, then less often, never all tasks in step. */
final class TaskPace {
    private static final Duration FIRST = Duration.ofSeconds(3);
    private static final Duration LONGEST = Duration.ofSeconds(10);
    private static final double GROWTH = 1.25;
    private static final Duration LEAST_WISH = Duration.ofMillis(200);
    private static final Duration MOST_WISH = Duration.ofMinutes(5);
    private static final Duration FIRST_BACKOFF = Duration.ofSeconds(5);
    private static final Duration LONGEST_BACKOFF = Duration.ofMinutes(1);
    private static final double JITTER = 0.2;

    private final RandomGenerator dice;

    TaskPace(RandomGenerator dice) {
        this.dice = dice;
    }

    /**
     * Returns how long to wait after a check that went well.
     *
     * @param checks how many there were
     * @param wish what the plugin asked for
     */
    Duration next(int checks, @Nullable Duration wish) {
        if (wish != null) {
            return spread(clamped(wish, LEAST_WISH, MOST_WISH));
        }
        double grown = FIRST.toMillis() * Math.pow(GROWTH, Math.clamp(checks, 0, 100));
        return spread(clamped(Duration.ofMillis((long) grown), FIRST, LONGEST));
    }

    /**
     * Returns how long to wait after a check that failed.
     *
     * @param failures how many in a row, at least 1
     * @param wish what the upstream asked for
     */
    Duration afterFailure(int failures, @Nullable Duration wish) {
        Duration backoff = clamped(
                FIRST_BACKOFF.multipliedBy(1L << Math.clamp(failures - 1, 0, 10)), FIRST_BACKOFF, LONGEST_BACKOFF);
        Duration wanted = wish == null ? backoff : clamped(wish, backoff, MOST_WISH);
        return spread(wanted);
    }

    /** Returns a wait for a task found at the start of the process, so that not all are asked for at once. */
    Duration atStart() {
        return Duration.ofMillis(dice.nextLong(LONGEST.toMillis()));
    }

    private Duration spread(Duration wait) {
        return Duration.ofMillis((long) (wait.toMillis() * (1 - JITTER + 2 * JITTER * dice.nextDouble())));
    }

    private static Duration clamped(Duration wait, Duration least, Duration most) {
        return wait.compareTo(least) < 0 ? least : wait.compareTo(most) > 0 ? most : wait;
    }
}
