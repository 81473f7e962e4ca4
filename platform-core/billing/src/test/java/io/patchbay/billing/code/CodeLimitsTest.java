package io.patchbay.billing.code;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.foundation.state.SharedState;
import io.patchbay.foundation.testing.SettableClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class CodeLimitsTest {
    private final SettableClock clock = new SettableClock();
    private final CodeLimits limits =
            new CodeLimits(SharedState.inProcess(clock).counters());

    @Test
    void aUserMayFailTwentyTimesFromAnywhere() {
        for (int i = 0; i < CodeLimits.PER_USER; i++) {
            assertThat(fails(7, "192.0.2." + i)).isTrue();
        }
        assertThat(fails(7, "198.51.100.1")).isFalse();
        assertThat(fails(8, "198.51.100.1")).isTrue();

        clock.advance(CodeLimits.MEMORY.plusMillis(1));
        assertThat(fails(7, "198.51.100.1")).isTrue();
    }

    @Test
    void attemptsThatAreNotDecidedYetCountAsFailures() {
        for (int i = 0; i < CodeLimits.PER_USER; i++) {
            assertThat(limits.admits(7, "192.0.2.1")).isTrue();
        }
        assertThat(limits.admits(7, "192.0.2.1")).isFalse();

        limits.succeeded(7);
        assertThat(limits.admits(7, "192.0.2.1")).isTrue();
    }

    @Test
    void anAddressMayFailSixtyTimesAndASuccessDoesNotHelpIt() {
        for (int i = 0; i < CodeLimits.PER_ADDRESS; i++) {
            assertThat(fails(i, "2001:db8::" + (i + 1))).isTrue();
            limits.succeeded(i);
        }
        assertThat(fails(77, "2001:db8::ffff")).as("the same network").isFalse();
        assertThat(fails(77, "2001:db8:0:1::1")).as("another network").isTrue();
        assertThat(fails(78, "")).as("an unknown address").isTrue();
    }

    @Test
    void askingWhileLockedOutDoesNotProlongIt() {
        for (int i = 0; i < CodeLimits.PER_USER; i++) {
            fails(7, "192.0.2.1");
        }
        clock.advance(CodeLimits.MEMORY.minus(Duration.ofSeconds(1)));
        assertThat(fails(7, "192.0.2.1")).isFalse();
        clock.advance(Duration.ofSeconds(2));
        assertThat(fails(7, "192.0.2.1")).isTrue();
    }

    private boolean fails(long user, String address) {
        boolean admitted = limits.admits(user, address);
        if (admitted) {
            limits.failed(address);
        }
        return admitted;
    }
}
