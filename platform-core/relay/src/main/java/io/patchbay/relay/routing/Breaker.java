package io.patchbay.relay.routing;

import io.patchbay.relay.routing.Standing.Phase;
import io.patchbay.spi.FaultKind;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Keeps calls away from something that fails, and lets one call at a time find out whether it is good again. Looking is
 * one volatile read. Safe for use by many threads.
 */
final class Breaker {
    /** A trial that has told nothing for so long is taken for lost, and another one may begin. */
    static final Duration LONGEST_TRIAL = Duration.ofMinutes(2);

    /** A rest within twice the last one, and at least this long, after coming back counts as a further strike. */
    private static final Duration SHORTEST_MEMORY = Duration.ofMinutes(1);

    /** How a call came in. */
    enum Entry {
        /** As one of many. */
        ORDINARY,
        /** As the one that finds out. */
        TRIAL,
        /** In need, although it rests. */
        FORCED
    }

    private volatile Standing standing;

    Breaker(Standing standing) {
        this.standing = standing;
    }

    Standing standing() {
        return standing;
    }

    /** Takes over what another node or an earlier process found out, unless this node knows better meanwhile. */
    synchronized void replace(Standing seen, Standing known) {
        if (standing.equals(seen)) {
            standing = known;
        }
    }

    boolean open(Instant now) {
        return standing.open(now);
    }

    /** Lets a call in because it has nowhere better to go; {@code null} when even then it must not. */
    @Nullable
    Entry enterInNeed(Instant now) {
        Entry ordinary = enter(now);
        return ordinary == null && standing.openInNeed(now) ? Entry.FORCED : ordinary;
    }

    /** Lets a call in; {@code null} when it must go elsewhere. */
    @Nullable
    Entry enter(Instant now) {
        return standing.phase() == Phase.GOOD ? Entry.ORDINARY : enterAsTrial(now);
    }

    private synchronized @Nullable Entry enterAsTrial(Instant now) {
        Standing current = standing;
        if (current.phase() == Phase.GOOD) {
            return Entry.ORDINARY;
        }
        if (!current.open(now)) {
            return null;
        }
        standing = moved(current, Phase.TRIAL, now, null);
        return Entry.TRIAL;
    }

    private static Standing moved(Standing from, Phase phase, Instant since, @Nullable Instant until) {
        return new Standing(
                phase, from.strikes(), since, until, from.rested(), from.told(), from.kind(), from.reason());
    }

    /** A call that came in that way went well; returns whether that brought it back. */
    boolean succeeded(@Nullable Entry entry, Instant now) {
        return entry != null && entry != Entry.ORDINARY && standing.phase() != Phase.GOOD && comeBack(now);
    }

    private synchronized boolean comeBack(Instant now) {
        boolean away = standing.phase() != Phase.GOOD;
        if (away) {
            standing = moved(standing, Phase.GOOD, now, null);
        }
        return away;
    }

    /**
     * A call failed so that a rest is due. Calls that were under way when the rest began do not make it longer, unless the
     * upstream asks for more.
     *
     * @return whether a rest began or became longer
     */
    synchronized boolean rest(@Nullable Entry entry, Rest rest, FaultKind kind, String reason, Instant now) {
        Standing current = standing;
        boolean late = current.phase() == Phase.RESTING || (current.phase() == Phase.TRIAL && entry != Entry.TRIAL);
        int strikes = late ? current.strikes() : strikes(current, now);
        Instant until = now.plus(rest.length(strikes));
        Instant before = current.until();
        if (late && (rest.told() == null || (before != null && !until.isAfter(before)))) {
            return false;
        }
        standing = new Standing(
                Phase.RESTING, strikes, now, until, Duration.between(now, until), rest.told() != null, kind, reason);
        return true;
    }

    private static int strikes(Standing current, Instant now) {
        if (current.phase() != Phase.GOOD) {
            return current.strikes() + 1;
        }
        Duration memory = current.rested().multipliedBy(2);
        if (memory.compareTo(SHORTEST_MEMORY) < 0) {
            memory = SHORTEST_MEMORY;
        }
        return current.strikes() > 0 && current.since().plus(memory).isAfter(now) ? current.strikes() + 1 : 1;
    }

    /** A trial ended without telling anything, as when its client left: the next call tries. */
    synchronized void left(@Nullable Entry entry, Instant now) {
        if (entry == Entry.TRIAL && standing.phase() == Phase.TRIAL) {
            standing = moved(standing, Phase.RESTING, standing.since(), now);
        }
    }
}
