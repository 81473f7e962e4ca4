package io.patchbay.foundation.bounds;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A bounded amount of something that many share: places for calls, bytes of memory. Nobody waits; who comes when too
 * little is left is refused. Safe for use by many threads, without locks.
 *
 * <p>What one of them may hold shrinks as the rest runs out: at most so many times what is left free (the dynamic
 * threshold that switches use for shared buffers; Choudhury and Hahne, 1998). So one alone gets much, though never
 * everything; many get equal parts; and whoever comes new finds something free without anybody being told how many there
 * are.
 *
 * @param <K> who shares
 */
public final class FairShares<K> {
    /** What became of a wish. */
    public enum Verdict {
        /** It was granted, and is to be given back once. */
        IN,
        /** Nothing, or too little, is left for anybody. */
        FULL,
        /** There is something left, and this one holds its share of it. */
        SHARE
    }

    private static final long RETIRED = -1;

    private final long most;
    private final long mostEach;
    private final long few;
    private final int timesFree;
    private final AtomicLong taken = new AtomicLong();
    private final ConcurrentMap<K, AtomicLong> holders = new ConcurrentHashMap<>();

    /**
     * Creates shares of which nothing is taken.
     *
     * @param most what there is in all, at least 1
     * @param mostEach what one may hold however much is free, at least 1
     * @param few who holds less than this gets what is wished for as long as it is there
     * @param timesFree how many times what is free one may hold, at least 1: with 1 one alone gets half of all, with 2 two
     *     thirds
     */
    public FairShares(long most, long mostEach, long few, int timesFree) {
        if (most < 1 || mostEach < 1 || few < 0 || timesFree < 1) {
            throw new IllegalArgumentException("shares must be at least 1");
        }
        this.most = most;
        this.mostEach = mostEach;
        this.few = few;
        this.timesFree = timesFree;
    }

    /**
     * Takes so much for somebody, or nothing. Somebody who holds nothing, or few, gets whatever is free.
     *
     * @param amount at least 1
     */
    public Verdict take(K who, long amount) {
        while (true) {
            AtomicLong held = holders.computeIfAbsent(who, unknown -> new AtomicLong());
            long before = held.get();
            long free = most - taken.get() - amount;
            if (before == RETIRED) {
                holders.remove(who, held);
            } else if (free < 0 || !allows(before, before + amount, free)) {
                retire(who, held);
                return free < 0 ? Verdict.FULL : Verdict.SHARE;
            } else if (held.compareAndSet(before, before + amount)) {
                return takeFree(amount) ? Verdict.IN : takenBack(who, held, amount);
            }
        }
    }

    /** What is refused is never counted, not even for a moment: else many refusals at once would refuse others. */
    private boolean takeFree(long amount) {
        long all = taken.get();
        while (all + amount <= most) {
            if (taken.compareAndSet(all, all + amount)) {
                return true;
            }
            all = taken.get();
        }
        return false;
    }

    private Verdict takenBack(K who, AtomicLong held, long amount) {
        held.addAndGet(-amount);
        retire(who, held);
        return Verdict.FULL;
    }

    private boolean allows(long before, long after, long free) {
        return after <= mostEach && (before == 0 || before < few || after / timesFree <= free);
    }

    /**
     * Gives back what was taken before.
     *
     * @throws IllegalStateException when this one does not hold so much
     */
    public void give(K who, long amount) {
        AtomicLong held = holders.get(who);
        if (held == null || held.addAndGet(-amount) < 0) {
            throw new IllegalStateException("more is given back than was taken");
        }
        retire(who, held);
        taken.addAndGet(-amount);
    }

    /** Forgets one that holds nothing; one that takes something at this moment is asked to begin anew. */
    private void retire(K who, AtomicLong held) {
        if (held.compareAndSet(0, RETIRED)) {
            holders.remove(who, held);
        }
    }

    /** Returns how much there is in all. */
    public long most() {
        return most;
    }

    /** Returns how much is taken at present. */
    public long taken() {
        return taken.get();
    }

    /** Returns how many hold something at present. */
    public int holders() {
        return holders.size();
    }
}
