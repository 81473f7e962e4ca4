package io.patchbay.relay.exchange;

import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Whether an exchange is open, and the timer that would cut it. For the serial only. */
final class Openness {
    private boolean over;
    private @Nullable Future<?> limit;

    boolean over() {
        return over;
    }

    void end() {
        over = true;
        if (limit != null) {
            limit.cancel(false);
            limit = null;
        }
    }

    void limit(Future<?> timer) {
        if (over) {
            timer.cancel(false);
        } else {
            limit = timer;
        }
    }
}
