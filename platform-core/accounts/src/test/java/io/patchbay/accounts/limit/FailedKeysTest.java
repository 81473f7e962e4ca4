package io.patchbay.accounts.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.foundation.state.SharedState;
import io.patchbay.foundation.testing.SettableClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class FailedKeysTest {
    private final SettableClock clock = new SettableClock();
    private final SharedState state = SharedState.inProcess(clock);
    private final FailedKeys here = new FailedKeys(state.counters(), state.bus(), clock);
    private final FailedKeys there = new FailedKeys(state.counters(), state.bus(), clock);

    @Test
    void blocksAfterFiftyFailuresOnAllNodes() {
        fail(here, "198.51.100.1", 25);
        fail(there, "198.51.100.1", 25);
        assertThat(here.blocks("198.51.100.1")).isFalse();

        fail(here, "198.51.100.1", 1);
        assertThat(here.blocks("198.51.100.1")).isTrue();
        assertThat(there.blocks("198.51.100.1")).isTrue();
        assertThat(here.blocks("198.51.100.2")).isFalse();
    }

    @Test
    void opensAgainTwentyMinutesAfterTheLastFailure() {
        fail(here, "198.51.100.1", 51);
        clock.advance(Duration.ofMinutes(19));
        assertThat(here.blocks("198.51.100.1")).isTrue();
        clock.advance(Duration.ofMinutes(1));

        assertThat(here.blocks("198.51.100.1")).isFalse();
    }

    @Test
    void forgetsFailuresThatStopped() {
        fail(here, "198.51.100.1", 50);
        clock.advance(Duration.ofMinutes(20));
        fail(here, "198.51.100.1", 50);

        assertThat(here.blocks("198.51.100.1")).isFalse();
    }

    @Test
    void takesANetworkOfOneCustomerAsOneAddress() {
        for (int host = 0; host < 51; host++) {
            here.failed("2001:db8:0:1::" + Integer.toHexString(host));
        }

        assertThat(here.blocks("2001:db8:0:1:ffff::9")).isTrue();
        assertThat(here.blocks("2001:db8:0:2::9")).isFalse();
    }

    private static void fail(FailedKeys keys, String address, int times) {
        for (int time = 0; time < times; time++) {
            keys.failed(address);
        }
    }
}
