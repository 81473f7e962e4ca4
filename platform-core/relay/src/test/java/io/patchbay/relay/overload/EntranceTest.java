package io.patchbay.relay.overload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.patchbay.foundation.config.LimitsConfig;
import io.patchbay.foundation.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

final class EntranceTest {
    private static final long GREEDY = 1;
    private static final int MIB = 1 << 20;

    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final Entrance entrance =
            new Entrance(new LimitsConfig(100, 100, 90, Integer.MAX_VALUE, 64 * MIB)).measured(metrics);

    private static void assertRefused(ThrowingCallable what, Problem.Kind kind, String code) {
        assertThatThrownBy(what).isInstanceOfSatisfying(Problem.class, problem -> {
            assertThat(problem.kind()).isEqualTo(kind);
            assertThat(problem.fields()).containsEntry("code", code);
            assertThat(problem.kind().retryAfterSeconds()).isPositive();
        });
    }

    private List<Place> enter(long user, int count) {
        List<Place> places = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            places.add(entrance.enter(user));
        }
        return places;
    }

    private double refused(String limit) {
        return metrics.get("patchbay.relay.refused")
                .tag("limit", limit)
                .functionCounter()
                .count();
    }

    @Test
    void aGreedyUserLeavesPlacesToOthers() {
        List<Place> places = enter(GREEDY, 60);
        assertRefused(() -> entrance.enter(GREEDY), Problem.Kind.TOO_MANY, "too_many_concurrent_requests");
        for (long user = 2; user < 12; user++) {
            enter(user, 2);
        }
        assertThat(entrance.inside()).isEqualTo(80);
        places.getFirst().close();
        // What became free is for those who hold less.
        assertRefused(() -> entrance.enter(GREEDY), Problem.Kind.TOO_MANY, "too_many_concurrent_requests");
        enter(12, 1);
        assertThat(refused("share")).isEqualTo(2);
    }

    @Test
    void aFullSiteRefusesEverybody() {
        for (long user = 0; user < 30; user++) {
            enter(user, 3);
        }
        assertRefused(() -> entrance.enter(99), Problem.Kind.UNAVAILABLE, "overloaded");
        assertThat(refused("full")).isEqualTo(1);
        assertThat(metrics.get("patchbay.relay.places").gauge().value()).isEqualTo(90);
    }

    @Test
    void aUsersOwnLimitHoldsInAnEmptySite() {
        Entrance narrow = new Entrance(new LimitsConfig(100, 100, 90, 5, MIB));
        for (int i = 0; i < 5; i++) {
            narrow.enter(GREEDY);
        }
        assertRefused(() -> narrow.enter(GREEDY), Problem.Kind.TOO_MANY, "too_many_concurrent_requests");
    }

    @Test
    void bodiesAreHeldUntilTheirCallsAreOver() {
        Place first = entrance.enter(GREEDY);
        first.hold(20 * MIB);
        // A body that turns out to be longer holds that instead.
        first.hold(25 * MIB);
        Place second = entrance.enter(GREEDY);
        // Half of the memory is for others.
        assertRefused(() -> second.hold(20 * MIB), Problem.Kind.UNAVAILABLE, "overloaded");
        Place other = entrance.enter(2);
        other.hold(30 * MIB);
        assertRefused(() -> entrance.enter(3).hold(10 * MIB), Problem.Kind.UNAVAILABLE, "overloaded");
        assertThat(refused("body")).isEqualTo(2);
        assertThat(entrance.bodyBytes()).isEqualTo(55 * MIB);
        first.close();
        first.close();
        assertThat(entrance.bodyBytes()).isEqualTo(30 * MIB);
        assertThat(entrance.inside()).isEqualTo(3);
        second.hold(20 * MIB);
    }

    @Test
    void aBodyThatComesAfterTheEndHoldsNothing() {
        Place place = entrance.enter(GREEDY);
        place.close();
        assertThatThrownBy(() -> place.hold(1)).isInstanceOf(IllegalStateException.class);
        assertThat(entrance.bodyBytes()).isZero();
        assertThat(entrance.inside()).isZero();
    }
}
