package io.patchbay.benchmarks.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Timers fire once, not early, and in whichever round of the wheel they are due. */
final class TimerWheelTest {
    private static final long MILLI = 1_000_000;

    private final List<String> fired = new ArrayList<>();
    private final TimerWheel wheel = new TimerWheel(0);

    private Timer timer(String name) {
        return new Timer() {
            @Override
            protected void fire() {
                fired.add(name);
            }
        };
    }

    @Test
    void firesWhatIsDueAndNothingElse() {
        wheel.arm(timer("a"), 5 * MILLI);
        wheel.arm(timer("b"), 5 * MILLI + 1);
        wheel.advance(5 * MILLI - 1);
        assertThat(fired).isEmpty();
        wheel.advance(5 * MILLI);
        assertThat(fired).containsExactly("a");
        wheel.advance(6 * MILLI);
        assertThat(fired).containsExactly("a", "b");
    }

    @Test
    void aTimerOfALaterRoundWaitsInTheSameSlot() {
        wheel.arm(timer("later"), (4_096 + 7) * MILLI);
        wheel.arm(timer("now"), 7 * MILLI);
        wheel.advance(8 * MILLI);
        assertThat(fired).containsExactly("now");
        wheel.advance(5_000 * MILLI);
        assertThat(fired).containsExactly("now", "later");
    }

    @Test
    void movedAndCancelledTimers() {
        Timer moved = timer("moved");
        Timer cancelled = timer("cancelled");
        wheel.arm(moved, 3 * MILLI);
        wheel.arm(cancelled, 3 * MILLI);
        wheel.arm(moved, 10 * MILLI);
        wheel.cancel(cancelled);
        assertThat(cancelled.armed()).isFalse();
        wheel.advance(9 * MILLI);
        assertThat(fired).isEmpty();
        wheel.advance(10 * MILLI);
        assertThat(fired).containsExactly("moved");
        assertThat(moved.armed()).isFalse();
    }

    @Test
    void aTimerMayArmItselfAgain() {
        Timer again = new Timer() {
            @Override
            protected void fire() {
                fired.add("again");
                wheel.arm(this, fired.size() * 2 * MILLI);
            }
        };
        wheel.arm(again, 0);
        wheel.advance(10 * MILLI);
        // At once means at the next tick; then at 2, 4, 6, 8 and 10 ms.
        assertThat(fired).hasSize(6);
    }

    @Test
    void tellsHowLongNothingIsDue() {
        assertThat(wheel.idleMillis(0, 100)).isEqualTo(100);
        wheel.arm(timer("a"), 30 * MILLI);
        assertThat(wheel.idleMillis(10 * MILLI, 100)).isEqualTo(20);
        assertThat(wheel.idleMillis(40 * MILLI, 100)).isZero();
    }
}
