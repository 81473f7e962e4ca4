package io.patchbay.benchmarks.wire;

import org.jspecify.annotations.Nullable;

/**
 * A hashed wheel of timers with ticks of one millisecond: arming, cancelling and firing cost the same for one timer and
 * for thousands. Of one thread only.
 */
final class TimerWheel {
    private static final int SLOTS = 4_096;
    private static final long TICK_NANOS = 1_000_000;

    private final @Nullable Timer[] slots = new Timer[SLOTS];
    private final long origin;
    private long done;
    private int armed;

    TimerWheel(long now) {
        this.origin = now;
    }

    /** Arms that timer, or moves its deadline. A deadline that has passed is due at the next tick. */
    void arm(Timer timer, long deadline) {
        cancel(timer);
        // Rounded up: nothing is ever early.
        long tick = Math.max(done + 1, (deadline - origin + TICK_NANOS - 1) / TICK_NANOS);
        timer.tick = tick;
        int slot = (int) (tick & (SLOTS - 1));
        timer.slot = slot;
        Timer head = slots[slot];
        timer.next = head;
        if (head != null) {
            head.previous = timer;
        }
        slots[slot] = timer;
        armed++;
    }

    void cancel(Timer timer) {
        if (timer.slot < 0) {
            return;
        }
        if (timer.previous == null) {
            slots[timer.slot] = timer.next;
        } else {
            timer.previous.next = timer.next;
        }
        if (timer.next != null) {
            timer.next.previous = timer.previous;
        }
        timer.next = null;
        timer.previous = null;
        timer.slot = -1;
        armed--;
    }

    /** Fires all that is due. */
    void advance(long now) {
        long current = (now - origin) / TICK_NANOS;
        while (done < current) {
            done++;
            if (armed == 0) {
                done = current;
                return;
            }
            Timer timer = slots[(int) (done & (SLOTS - 1))];
            while (timer != null) {
                Timer following = timer.next;
                if (timer.tick <= done) {
                    cancel(timer);
                    timer.fire();
                    // Firing may have changed the slot; begin again, what was fired is gone.
                    following = slots[(int) (done & (SLOTS - 1))];
                }
                timer = following;
            }
        }
    }

    /** Returns how many milliseconds from now the next timer may be due, at most {@code limit}. */
    long idleMillis(long now, long limit) {
        if (armed == 0) {
            return limit;
        }
        long current = (now - origin) / TICK_NANOS;
        for (long tick = done + 1; tick <= current + limit && tick <= done + SLOTS; tick++) {
            if (slots[(int) (tick & (SLOTS - 1))] != null) {
                return Math.max(0, tick - current);
            }
        }
        return limit;
    }
}
