package io.patchbay.kernel.generation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class LeaseGateTest {

    @Test
    void letsCallsInUntilItIsShutAndTellsWhenTheLastHasLeft() {
        AtomicInteger drained = new AtomicInteger();
        LeaseGate gate = new LeaseGate(drained::incrementAndGet);

        assertThat(gate.enter()).isTrue();
        assertThat(gate.enter()).isTrue();
        gate.shut();
        gate.shut();

        assertThat(gate.enter()).isFalse();
        assertThat(gate.held()).isEqualTo(2);
        assertThat(gate.empty()).isFalse();
        gate.leave();
        assertThat(drained).hasValue(0);
        gate.leave();
        assertThat(drained).hasValue(1);
        assertThat(gate.empty()).isTrue();
    }

    @Test
    void tellsAtOnceWhenNobodyIsInside() {
        AtomicInteger drained = new AtomicInteger();
        LeaseGate gate = new LeaseGate(drained::incrementAndGet);

        gate.shut();

        assertThat(drained).hasValue(1);
    }

    @Test
    void canBeOpenedAgain() {
        LeaseGate gate = new LeaseGate(() -> {});
        gate.enter();
        gate.shut();

        gate.open();

        assertThat(gate.enter()).isTrue();
        assertThat(gate.held()).isEqualTo(2);
        gate.leave();
        gate.leave();
        assertThat(gate.empty()).isFalse();
    }

    @Test
    void neverLetsACallInAfterTheEndWasTold() throws InterruptedException {
        for (int round = 0; round < 200; round++) {
            AtomicBoolean told = new AtomicBoolean();
            AtomicInteger late = new AtomicInteger();
            AtomicInteger inside = new AtomicInteger();
            LeaseGate gate = new LeaseGate(() -> {
                late.addAndGet(inside.get());
                told.set(true);
            });
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                threads.add(Thread.ofPlatform().start(() -> {
                    while (gate.enter()) {
                        inside.incrementAndGet();
                        if (told.get()) {
                            late.incrementAndGet();
                        }
                        inside.decrementAndGet();
                        gate.leave();
                    }
                }));
            }

            gate.shut();
            for (Thread thread : threads) {
                thread.join();
            }

            assertThat(told).isTrue();
            assertThat(late).hasValue(0);
            assertThat(gate.empty()).isTrue();
        }
    }
}
