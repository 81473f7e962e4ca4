package io.patchbay.foundation.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.foundation.bounds.HeapShare;
import io.patchbay.foundation.testing.SettableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class InProcessCountersTest {
    private static final Duration WINDOW = Duration.ofSeconds(10);

    private final SettableClock clock = new SettableClock();
    private final Counters counters = SharedState.inProcess(clock).counters();

    @Test
    void windowAllowsItsLimit() {
        for (int use = 0; use < 3; use++) {
            assertThat(counters.tryTake("login", 3, WINDOW)).isTrue();
        }
        assertThat(counters.tryTake("login", 3, WINDOW)).isFalse();
        assertThat(counters.tryTake("other", 3, WINDOW)).isTrue();
    }

    @Test
    void windowIsNotMovedByUsesWithinTheLimit() {
        assertThat(counters.tryTake("k", 2, WINDOW)).isTrue();
        clock.advance(Duration.ofSeconds(9));
        assertThat(counters.tryTake("k", 2, WINDOW)).isTrue();
        clock.advance(Duration.ofSeconds(2));
        assertThat(counters.tryTake("k", 2, WINDOW)).isTrue();
        assertThat(counters.tryTake("k", 2, WINDOW)).isTrue();
    }

    @Test
    void whoKeepsTryingStaysRefused() {
        assertThat(counters.tryTake("k", 1, WINDOW)).isTrue();
        for (int second = 0; second < 30; second++) {
            assertThat(counters.tryTake("k", 1, WINDOW)).isFalse();
            clock.advance(Duration.ofSeconds(1));
        }
        clock.advance(WINDOW);
        assertThat(counters.tryTake("k", 1, WINDOW)).isTrue();
    }

    @Test
    void failuresAreForgottenAfterTheLastOfThem() {
        assertThat(counters.failures("ip")).isZero();
        assertThat(counters.fail("ip", WINDOW)).isEqualTo(1);
        clock.advance(Duration.ofSeconds(9));
        assertThat(counters.fail("ip", WINDOW)).isEqualTo(2);
        clock.advance(Duration.ofSeconds(9));
        assertThat(counters.failures("ip")).isEqualTo(2);
        clock.advance(Duration.ofSeconds(2));
        assertThat(counters.failures("ip")).isZero();
    }

    @Test
    void aFailureIsTakenBackWithoutStartingTheTimeAnew() {
        counters.forgive("k");
        assertThat(counters.failures("k")).isZero();
        counters.fail("k", WINDOW);
        counters.fail("k", WINDOW);
        clock.advance(Duration.ofSeconds(9));
        counters.forgive("k");
        assertThat(counters.failures("k")).isEqualTo(1);
        clock.advance(Duration.ofSeconds(2));
        assertThat(counters.failures("k")).isZero();
        counters.fail("k", WINDOW);
        counters.forgive("k");
        counters.forgive("k");
        assertThat(counters.fail("k", WINDOW)).isEqualTo(1);
    }

    @Test
    void clearForgetsBoth() {
        counters.fail("k", WINDOW);
        counters.tryTake("k", 1, WINDOW);
        counters.clear("k");
        assertThat(counters.failures("k")).isZero();
        assertThat(counters.tryTake("k", 1, WINDOW)).isTrue();
    }

    @Test
    void parallelUsesPassExactlyTheLimit() throws Exception {
        AtomicInteger passed = new AtomicInteger();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> users = new ArrayList<>();
            for (int user = 0; user < 50; user++) {
                users.add(threads.submit(() -> {
                    for (int use = 0; use < 100; use++) {
                        if (counters.tryTake("shared", 1_000, WINDOW)) {
                            passed.incrementAndGet();
                        }
                        counters.fail("shared", WINDOW);
                    }
                }));
            }
            for (Future<?> user : users) {
                user.get(30, TimeUnit.SECONDS);
            }
        }
        assertThat(passed).hasValue(1_000);
        assertThat(counters.failures("shared")).isEqualTo(5_000);
    }

    @Test
    void aFloodOfKeysIsForgottenInPart() {
        InProcessCounters flooded = new InProcessCounters(clock);
        int most = HeapShare.entries(200_000, 320, 16);
        for (int key = 0; key < most + 50_000; key++) {
            flooded.fail("address" + key, WINDOW);
        }
        assertThat(flooded.size()).isBetween(1L, (long) most);
    }

    @Test
    void longKeysAreDifferentKeys() {
        String same = "accounts.sign-in:account:" + "x".repeat(250);
        assertThat(counters.fail(same + "a", WINDOW)).isEqualTo(1);
        assertThat(counters.fail(same + "b", WINDOW)).isEqualTo(1);
        assertThat(counters.fail(same + "a", WINDOW)).isEqualTo(2);
        assertThat(counters.failures(same + "b")).isEqualTo(1);
        assertThat(counters.tryTake(same, 1, WINDOW)).isTrue();
        assertThat(counters.tryTake(same, 1, WINDOW)).isFalse();
        counters.clear(same);
        assertThat(counters.tryTake(same, 1, WINDOW)).isTrue();
    }
}
