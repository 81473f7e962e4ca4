package io.patchbay.foundation.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.foundation.testing.SettableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class InProcessStateTest {
    private static final Duration LEASE = Duration.ofSeconds(30);

    private final SettableClock clock = new SettableClock();
    private final SharedState state = SharedState.inProcess(clock);

    @Test
    void messagesAreHandledWhenPublishReturns() {
        List<String> heard = new ArrayList<>();
        state.bus().subscribe("prices", heard::add);
        state.bus().subscribe("other", message -> heard.add("wrong " + message));
        state.bus().publish("prices", "7");
        assertThat(heard).containsExactly("7");
    }

    @Test
    void failingSubscriberKeepsNobodyFromTheMessage() {
        List<String> heard = new ArrayList<>();
        state.bus().subscribe("t", message -> {
            throw new IllegalStateException("expected in this test");
        });
        state.bus().subscribe("t", heard::add);
        state.bus().publish("t", "m");
        assertThat(heard).containsExactly("m");
    }

    @Test
    void closedSubscriptionHearsNothing() {
        List<String> heard = new ArrayList<>();
        Subscription first = state.bus().subscribe("t", heard::add);
        state.bus().subscribe("t", heard::add);
        first.close();
        first.close();
        state.bus().publish("t", "m");
        assertThat(heard).containsExactly("m");
    }

    @Test
    void oneHoldsALockAtATime() {
        Locks.Held held = state.locks().tryLock("l", LEASE).orElseThrow();
        assertThat(state.locks().tryLock("l", LEASE)).isEmpty();
        assertThat(state.locks().tryLock("m", LEASE)).isPresent();
        held.close();
        assertThat(state.locks().tryLock("l", LEASE)).isPresent();
    }

    @Test
    void leaseRunsOutUnlessRenewed() {
        Locks.Held held = state.locks().tryLock("l", LEASE).orElseThrow();
        clock.advance(Duration.ofSeconds(20));
        assertThat(held.renew(LEASE)).isTrue();
        clock.advance(Duration.ofSeconds(20));
        assertThat(state.locks().tryLock("l", LEASE)).isEmpty();
        clock.advance(Duration.ofSeconds(11));
        assertThat(held.renew(LEASE)).isFalse();
        Locks.Held next = state.locks().tryLock("l", LEASE).orElseThrow();
        // The first holder lost it and must not take it from the second.
        assertThat(held.renew(LEASE)).isFalse();
        held.close();
        assertThat(state.locks().tryLock("l", LEASE)).isEmpty();
        next.close();
    }
}
