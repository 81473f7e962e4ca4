package io.patchbay.accounts.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.foundation.state.SharedState;
import io.patchbay.foundation.testing.SettableClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class SeedRateLimitsTest {
    private final SettableClock clock = new SettableClock();
    private final SeedRateLimits limits =
            new SeedRateLimits(SharedState.inProcess(clock).counters());

    @Test
    void admitsAsManyAsTheRuleSays() {
        assertThat(admitted("login", "198.51.100.1", 30)).isEqualTo(20);
        assertThat(admitted("quota", "198.51.100.1", 30)).isEqualTo(2);
    }

    @Test
    void prefersTheLongestPrefix() {
        assertThat(admitted("resetkey", "198.51.100.1", 30)).isEqualTo(3);
        assertThat(admitted("reset", "198.51.100.1", 30)).isEqualTo(10);
    }

    @Test
    void sharesOneBudgetUnderAPrefix() {
        assertThat(admitted("conversation/list", "198.51.100.1", 3)).isEqualTo(3);
        assertThat(admitted("conversation/load", "198.51.100.1", 3)).isEqualTo(2);
    }

    @Test
    void keepsAddressesApart() {
        assertThat(admitted("quota", "198.51.100.1", 5)).isEqualTo(2);
        assertThat(admitted("quota", "198.51.100.2", 5)).isEqualTo(2);
        assertThat(admitted("quota", "2001:db8::1", 5)).isEqualTo(2);
        assertThat(admitted("quota", "2001:db8::2", 5)).as("same customer").isZero();
    }

    @Test
    void opensAgainAfterTheWindow() {
        assertThat(admitted("quota", "198.51.100.1", 5)).isEqualTo(2);
        clock.advance(Duration.ofSeconds(1));
        assertThat(admitted("quota", "198.51.100.1", 5)).isEqualTo(2);
    }

    @Test
    void leavesOtherRoutesAlone() {
        assertThat(admitted("v1/chat/completions", "198.51.100.1", 1_000)).isEqualTo(1_000);
        assertThat(admitted("admin/user/list", "198.51.100.1", 1_000)).isEqualTo(1_000);
        assertThat(admitted("state", "198.51.100.1", 1_000)).isEqualTo(1_000);
        assertThat(admitted("userinfo", "198.51.100.1", 1_000)).isEqualTo(1_000);
    }

    private int admitted(String path, String address, int attempts) {
        int admitted = 0;
        for (int attempt = 0; attempt < attempts; attempt++) {
            if (limits.admits(path, address)) {
                admitted++;
            }
        }
        return admitted;
    }
}
