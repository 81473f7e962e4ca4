package io.patchbay.relay.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One at a time, in order, and nothing slow on a thread that must not wait. */
final class SerialTest {
    private final Serial serial = new Serial();
    private final ExecutorService others = Executors.newSingleThreadExecutor(task -> new Thread(task, "others"));

    /** What ran, and where; only touched inside the serial. */
    private final List<String> ran = new ArrayList<>();

    @AfterEach
    void stop() {
        others.shutdownNow();
    }

    private Runnable noting(String name) {
        return () -> ran.add(name + " on " + Thread.currentThread().getName());
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Runs on a thread called hurried, and waits for it. */
    private static void onHurried(Runnable work) throws InterruptedException {
        Thread thread = Thread.ofPlatform().name("hurried").start(work);
        assertThat(thread.join(Duration.ofSeconds(20))).isTrue();
    }

    private void awaitQueue() {
        CountDownLatch done = new CountDownLatch(1);
        serial.execute(done::countDown);
        await(done);
    }

    @Test
    void whatOthersBringMeanwhileIsLeftToOthers() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch brought = new CountDownLatch(1);
        Thread bringing = Thread.ofPlatform().name("bringing").start(() -> {
            await(running);
            serial.execute(noting("slow"));
            serial.executeQuickly(noting("quick too"), others);
            brought.countDown();
        });
        onHurried(() -> serial.executeQuickly(
                () -> {
                    noting("quick").run();
                    running.countDown();
                    await(brought);
                },
                others));
        bringing.join();
        awaitQueue();

        assertThat(ran).containsExactly("quick on hurried", "slow on others", "quick too on others");
    }

    @Test
    void aQuickTaskThatComesInTheMeantimeIsRunAtOnce() throws Exception {
        onHurried(() -> serial.executeQuickly(
                () -> {
                    noting("first").run();
                    serial.execute(noting("of its own"));
                    serial.executeQuickly(noting("another"), others);
                },
                others));
        awaitQueue();

        assertThat(ran).containsExactly("first on hurried", "of its own on hurried", "another on hurried");
    }

    @Test
    void theSameThreadMayBringSlowTasksLater() throws Exception {
        onHurried(() -> {
            serial.executeQuickly(noting("quick"), others);
            serial.execute(() -> {
                noting("slow").run();
                serial.execute(noting("its own"));
            });
        });
        awaitQueue();

        assertThat(ran).containsExactly("quick on hurried", "slow on hurried", "its own on hurried");
    }

    @Test
    void whenOthersHaveStoppedNothingIsLost() throws Exception {
        others.shutdown();
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch brought = new CountDownLatch(1);
        Thread bringing = Thread.ofPlatform().start(() -> {
            await(running);
            serial.execute(noting("slow"));
            brought.countDown();
        });
        onHurried(() -> serial.executeQuickly(
                () -> {
                    running.countDown();
                    await(brought);
                },
                others));
        bringing.join();
        awaitQueue();

        assertThat(ran).containsExactly("slow on hurried");
    }

    @Test
    void aTaskThatFailsStopsNoOther() throws Exception {
        onHurried(() -> {
            serial.executeQuickly(
                    () -> {
                        serial.execute(noting("after it"));
                        throw new IllegalStateException("as the test wants it");
                    },
                    others);
            serial.execute(noting("slow"));
        });
        awaitQueue();

        assertThat(ran).containsExactly("after it on hurried", "slow on hurried");
    }

    /** Many threads bring both kinds: each runs once, one at a time, those of one thread in order. */
    @Test
    void manyThreadsOneAtATime() throws Exception {
        int threads = 8;
        int each = 5_000;
        int[] last = new int[threads];
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger wrong = new AtomicInteger();
        CountDownLatch all = new CountDownLatch(threads * each);
        List<Thread> bringing = new ArrayList<>();
        for (int thread = 0; thread < threads; thread++) {
            int mine = thread;
            bringing.add(Thread.ofPlatform().start(() -> {
                for (int i = 1; i <= each; i++) {
                    int number = i;
                    Runnable task = () -> {
                        if (inside.getAndIncrement() != 0 || last[mine] != number - 1) {
                            wrong.incrementAndGet();
                        }
                        last[mine] = number;
                        inside.decrementAndGet();
                        all.countDown();
                    };
                    if ((number + mine) % 3 != 0) {
                        serial.executeQuickly(task, others);
                    } else {
                        serial.execute(task);
                    }
                }
            }));
        }
        for (Thread thread : bringing) {
            thread.join();
        }
        await(all);
        assertThat(wrong).hasValue(0);
    }
}
