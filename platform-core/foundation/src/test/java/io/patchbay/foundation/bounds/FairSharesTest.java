package io.patchbay.foundation.bounds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.foundation.bounds.FairShares.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class FairSharesTest {
    private static int takeAll(FairShares<String> shares, String who) {
        int got = 0;
        while (shares.take(who, 1) == Verdict.IN) {
            got++;
        }
        return got;
    }

    @Test
    void oneAloneLeavesSomethingForTheNext() {
        FairShares<String> shares = new FairShares<>(90, 1_000, 0, 2);
        assertThat(takeAll(shares, "greedy")).isEqualTo(60);
        assertThat(shares.take("greedy", 1)).isEqualTo(Verdict.SHARE);
        // Of what is free the next gets two thirds again.
        assertThat(takeAll(shares, "second")).isEqualTo(20);
        assertThat(takeAll(shares, "third")).isPositive();
    }

    @Test
    void greedyOnesShareEqually() {
        FairShares<String> shares = new FairShares<>(700, 1_000, 0, 2);
        int[] got = new int[3];
        for (int round = 0; round < 700; round++) {
            for (int who = 0; who < got.length; who++) {
                got[who] += shares.take("user" + who, 1) == Verdict.IN ? 1 : 0;
            }
        }
        // Each holds at most twice what is free: 3 x 200 taken, 100 free.
        assertThat(got).containsOnly(200);
        assertThat(shares.taken()).isEqualTo(600);
    }

    @Test
    void whoHoldsFewIsLetInUntilNothingIsLeft() {
        FairShares<Integer> shares = new FairShares<>(10, 1_000, 2, 1);
        for (int who = 0; who < 5; who++) {
            assertThat(shares.take(who, 1)).isEqualTo(Verdict.IN);
            assertThat(shares.take(who, 1)).isEqualTo(Verdict.IN);
        }
        assertThat(shares.take(99, 1)).isEqualTo(Verdict.FULL);
        shares.give(0, 1);
        assertThat(shares.take(99, 1)).isEqualTo(Verdict.IN);
    }

    @Test
    void nobodyHoldsMoreThanTheLimitOfOne() {
        FairShares<String> shares = new FairShares<>(1_000, 7, 4, 2);
        assertThat(takeAll(shares, "one")).isEqualTo(7);
    }

    @Test
    void whoHoldsNothingGetsAnythingThatFits() {
        FairShares<String> memory = new FairShares<>(100, 1_000, 10, 1);
        assertThat(memory.take("one", 100)).isEqualTo(Verdict.IN);
        memory.give("one", 100);
        assertThat(memory.take("one", 101)).isEqualTo(Verdict.FULL);
        assertThat(memory.take("one", 40)).isEqualTo(Verdict.IN);
        assertThat(memory.take("one", 20)).isEqualTo(Verdict.SHARE);
        assertThat(memory.take("other", 50)).isEqualTo(Verdict.IN);
        assertThat(memory.taken()).isEqualTo(90);
    }

    @Test
    void littleThingsDoNotStandInTheWayOfALargeOne() {
        FairShares<String> memory = new FairShares<>(100, 1_000, 10, 1);
        assertThat(memory.take("one", 9)).isEqualTo(Verdict.IN);
        assertThat(memory.take("one", 80)).isEqualTo(Verdict.IN);
        assertThat(memory.take("one", 1)).isEqualTo(Verdict.SHARE);
    }

    @Test
    void refusalsTakeNothingAndLeaveNoTrace() {
        FairShares<String> shares = new FairShares<>(2, 1, 1, 1);
        assertThat(shares.take("huge", 2)).isEqualTo(Verdict.SHARE);
        assertThat(shares.take("huge", 3)).isEqualTo(Verdict.FULL);
        assertThat(shares.taken()).isZero();
        assertThat(shares.holders()).isZero();
    }

    @Test
    void nothingIsGivenBackThatWasNotTaken() {
        FairShares<String> shares = new FairShares<>(2, 2, 1, 1);
        assertThatThrownBy(() -> shares.give("nobody", 1)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void parallelUseNeverExceedsTheBoundsAndForgetsWhoLeft() throws Exception {
        FairShares<Integer> shares = new FairShares<>(50, 20, 2, 2);
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        try (ExecutorService threads = Executors.newFixedThreadPool(16)) {
            List<Future<?>> users = new ArrayList<>();
            for (int thread = 0; thread < 16; thread++) {
                users.add(threads.submit(() -> {
                    for (int use = 0; use < 20_000; use++) {
                        int who = ThreadLocalRandom.current().nextInt(3);
                        int amount = ThreadLocalRandom.current().nextInt(1, 8);
                        if (shares.take(who, amount) == Verdict.IN) {
                            most.accumulateAndGet(inside.addAndGet(amount), Math::max);
                            inside.addAndGet(-amount);
                            shares.give(who, amount);
                        }
                    }
                }));
            }
            for (Future<?> user : users) {
                user.get();
            }
        }
        assertThat(most.get()).isBetween(1, 50);
        assertThat(shares.taken()).isZero();
        assertThat(shares.holders()).isZero();
    }

    @Test
    void refusalsOfManyAtOnceHarmNobodyElse() throws Exception {
        FairShares<String> shares = new FairShares<>(60, 1_000, 4, 2);
        takeAll(shares, "greedy");
        long held = shares.taken();
        AtomicBoolean over = new AtomicBoolean();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Future<?>> greedy = new ArrayList<>();
            for (int thread = 0; thread < 8; thread++) {
                greedy.add(threads.submit(() -> {
                    while (!over.get()) {
                        assertThat(shares.take("greedy", 1)).isEqualTo(Verdict.SHARE);
                    }
                }));
            }
            for (int use = 0; use < 100_000; use++) {
                assertThat(shares.take("modest", 1)).isEqualTo(Verdict.IN);
                shares.give("modest", 1);
            }
            over.set(true);
            for (Future<?> one : greedy) {
                one.get();
            }
        }
        assertThat(shares.taken()).isEqualTo(held);
    }
}
