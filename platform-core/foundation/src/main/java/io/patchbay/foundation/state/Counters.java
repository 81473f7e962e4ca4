package io.patchbay.foundation.state;

import java.time.Duration;

/** Counters that limit how often something may happen. Safe for use by many threads; every call is atomic. */
public interface Counters {
    /**
     * Counts one use of a key and returns whether it is within the limit.
     *
     * <p>The first use opens a window. A use above the limit is refused and opens the window anew, so that somebody who
     * keeps trying stays refused.
     *
     * @param limit the uses that a window allows; at least 1
     * @param window longer than zero
     */
    boolean tryTake(String key, int limit, Duration window);

    /** Returns how many failures of a key are remembered. */
    long failures(String key);

    /**
     * Counts one failure of a key and returns how many there are now.
     *
     * @param forgetAfter how long after the last failure all of them are forgotten
     */
    long fail(String key, Duration forgetAfter);

    /** Takes back one failure of a key, which was none after all; does nothing where none is remembered. */
    void forgive(String key);

    /** Forgets the uses and failures of a key. */
    void clear(String key);
}
