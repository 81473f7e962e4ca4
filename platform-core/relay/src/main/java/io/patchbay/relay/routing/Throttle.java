package io.patchbay.relay.routing;

import io.patchbay.relay.channel.ChannelSettings.Cap;

/**
 * Counts the calls to a channel or a key, and holds them to a cap. The cap comes with each call, so that a change of it
 * counts at once. Counts are those of this node. Safe for use by many threads.
 */
final class Throttle {
    private static final long MINUTE_MS = 60_000;

    private int running;
    private long[] begun = new long[0];
    private int next;

    /** Returns whether a call would be let in. */
    synchronized boolean free(Cap cap, long nowMs) {
        return (cap.concurrent() == 0 || running < cap.concurrent())
                && (cap.perMinute() == 0 || !full(cap.perMinute(), nowMs));
    }

    /** Lets a call in, or returns false. */
    synchronized boolean enter(Cap cap, long nowMs) {
        if (!free(cap, nowMs)) {
            return false;
        }
        force(cap, nowMs);
        return true;
    }

    /** Lets a call in whatever the cap says, because it cannot go elsewhere. */
    synchronized void force(Cap cap, long nowMs) {
        running++;
        if (cap.perMinute() > 0) {
            fit(cap.perMinute());
            begun[next] = nowMs;
            next = (next + 1) % begun.length;
        }
    }

    synchronized void leave() {
        running--;
    }

    synchronized int running() {
        return running;
    }

    /** Returns when a further call may begin within the minute's cap, in epoch milliseconds; now at the earliest. */
    synchronized long freeAtMs(Cap cap, long nowMs) {
        return cap.perMinute() > 0 && full(cap.perMinute(), nowMs) ? begun[next] + MINUTE_MS : nowMs;
    }

    /** Looks at the call that began as many calls ago as the cap allows in a minute. */
    private boolean full(int perMinute, long nowMs) {
        fit(perMinute);
        return begun[next] != 0 && nowMs - begun[next] < MINUTE_MS;
    }

    /** A changed cap forgets the minute so far. */
    private void fit(int perMinute) {
        if (begun.length != perMinute) {
            begun = new long[perMinute];
            next = 0;
        }
    }
}
