package io.patchbay.accounts.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.foundation.state.SharedState;
import io.patchbay.foundation.testing.SettableClock;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SignInLimitsTest {
    private final SettableClock clock = new SettableClock();
    private final SignInLimits limits =
            new SignInLimits(SharedState.inProcess(clock).counters());

    @Test
    void stopsAnAddressThatGuessesOneAccount() {
        assertThat(guesses("ann", "198.51.100.1", 100)).isEqualTo(SignInLimits.PER_ACCOUNT_AND_ADDRESS);
        assertThat(limits.admits("ann", "198.51.100.2")).as("her own address").isTrue();
        assertThat(limits.admits("bob", "198.51.100.1")).as("another account").isTrue();
    }

    @Test
    void takesDifferentSpellingsAsOneAccount() {
        assertThat(guesses("ann", "198.51.100.1", 6) + guesses(" ANN ", "198.51.100.1", 6))
                .isEqualTo(SignInLimits.PER_ACCOUNT_AND_ADDRESS);
    }

    @Test
    void stopsAnAddressThatTriesOnePasswordOnManyAccounts() {
        int passed = IntStream.range(0, 500)
                .map(user -> guesses("user" + user, "198.51.100.1", 1))
                .sum();

        assertThat(passed).isEqualTo(SignInLimits.PER_ADDRESS);
    }

    @Test
    void stopsManyAddressesThatGuessOneAccount() {
        int passed = IntStream.range(0, 500)
                .map(host -> guesses("ann", "10.0." + host / 250 + "." + host % 250, 1))
                .sum();

        assertThat(passed).isEqualTo(SignInLimits.PER_ACCOUNT);
    }

    @Test
    void forgetsTheFailuresOfAnOwnerWhoKnowsThePassword() {
        guesses("ann", "198.51.100.1", 9);
        assertThat(limits.admits("ann", "198.51.100.1")).isTrue();
        limits.succeeded("ann", "198.51.100.1");

        assertThat(guesses("ann", "198.51.100.1", 5)).isEqualTo(5);
    }

    @Test
    void takesBackWhatWasNeverLookedAt() {
        for (int i = 0; i < 500; i++) {
            assertThat(limits.admits("ann", "198.51.100.1")).isTrue();
            limits.undecided("ann", "198.51.100.1");
        }

        assertThat(guesses("ann", "198.51.100.1", 100)).isEqualTo(SignInLimits.PER_ACCOUNT_AND_ADDRESS);
    }

    @Test
    void doesNotLetAnOwnAccountPayForGuessesOnOthers() {
        int passed = 0;
        for (int user = 0; user < 500; user++) {
            passed += guesses("user" + user, "198.51.100.1", 1);
            if (limits.admits("mallory", "198.51.100.1")) {
                limits.succeeded("mallory", "198.51.100.1");
            }
        }

        assertThat(passed).isEqualTo(SignInLimits.PER_ADDRESS);
    }

    @Test
    void opensAgainWithTime() {
        guesses("ann", "198.51.100.1", 100);
        clock.advance(SignInLimits.MEMORY);

        assertThat(limits.admits("ann", "198.51.100.1")).isTrue();
    }

    @Test
    void countsParallelAttempts() {
        AtomicInteger passed = new AtomicInteger();
        IntStream.range(0, 200).parallel().forEach(_ -> {
            if (limits.admits("ann", "198.51.100.1")) {
                passed.incrementAndGet();
            }
        });

        assertThat(passed).hasValue(SignInLimits.PER_ACCOUNT_AND_ADDRESS);
    }

    private int guesses(String login, String address, int attempts) {
        int passed = 0;
        for (int attempt = 0; attempt < attempts; attempt++) {
            if (limits.admits(login, address)) {
                passed++;
                limits.failed(login, address);
            }
        }
        return passed;
    }
}
