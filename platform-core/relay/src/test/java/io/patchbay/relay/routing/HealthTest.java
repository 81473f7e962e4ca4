package io.patchbay.relay.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.relay.channel.Channel;
import io.patchbay.relay.routing.Standing.Phase;
import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class HealthTest {
    private final Fleet fleet = new Fleet();
    private final Channel channel = Fleet.channel(1, 0, 1, List.of("a"), Map.of());

    private Permit enter() {
        return Objects.requireNonNull(fleet.health.enter(channel, "a", "m", false), "the call must go elsewhere");
    }

    private void fail(FaultKind kind) {
        fail(Fault.of(kind, kind + " happened"));
    }

    private void fail(Fault fault) {
        Permit permit = enter();
        permit.failed(fault);
        permit.close();
    }

    private void answer() {
        Permit permit = enter();
        permit.answered();
        permit.close();
    }

    private boolean open() {
        return fleet.health.open(channel, "m", fleet.now);
    }

    private Standing channelStanding() {
        return fleet.health.of(channel).breaker.standing();
    }

    private Standing keyStanding() {
        return Objects.requireNonNull(fleet.health.of(channel).key("a")).breaker.standing();
    }

    @Test
    void aChannelRestsAfterThreeFaultsInARowAndComesBackByATrial() {
        fail(FaultKind.UPSTREAM);
        fail(FaultKind.RETRY);
        assertThat(open()).isTrue();
        fail(FaultKind.TRUNCATED);
        assertThat(open()).isFalse();
        assertThat(channelStanding().until()).isEqualTo(fleet.now.plusSeconds(5));
        assertThat(channelStanding().reason()).isEqualTo("TRUNCATED happened");

        fleet.pass(Duration.ofSeconds(5));
        Permit trial = enter();
        assertThat(open()).as("others wait for the trial").isFalse();
        trial.content();
        assertThat(open()).as("content is proof enough").isTrue();
        assertThat(channelStanding().phase()).isEqualTo(Phase.GOOD);
    }

    @Test
    void eachFailedTrialDoublesTheRestUpToFiveMinutes() {
        for (int i = 0; i < 3; i++) {
            fail(FaultKind.UPSTREAM);
        }
        List<Long> rests = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            Instant until = Objects.requireNonNull(channelStanding().until());
            rests.add(Duration.between(fleet.now, until).toSeconds());
            fleet.now = until;
            fail(FaultKind.UPSTREAM);
        }

        assertThat(rests).containsExactly(5L, 10L, 20L, 40L, 80L, 160L, 300L, 300L, 300L);
    }

    @Test
    void aHalfBrokenChannelRestsToo() {
        int calls = 0;
        while (open() && calls < 100) {
            if (calls++ % 2 == 0) {
                fail(FaultKind.UPSTREAM);
            } else {
                answer();
            }
        }

        assertThat(calls).isBetween(10, 11);
    }

    @Test
    void aChannelThatSeldomFailsGoesOn() {
        for (int i = 0; i < 1_000; i++) {
            if (i % 5 == 0) {
                fail(FaultKind.UPSTREAM);
            } else {
                answer();
            }
        }

        assertThat(open()).isTrue();
    }

    @Test
    void aRestSoonAfterComingBackIsLonger() {
        for (int i = 0; i < 3; i++) {
            fail(FaultKind.UPSTREAM);
        }
        fleet.pass(Duration.ofSeconds(5));
        answer();
        for (int i = 0; i < 3; i++) {
            fail(FaultKind.UPSTREAM);
        }
        assertThat(channelStanding().rested()).isEqualTo(Duration.ofSeconds(10));

        fleet.pass(Duration.ofSeconds(10));
        answer();
        fleet.pass(Duration.ofMinutes(10));
        for (int i = 0; i < 3; i++) {
            fail(FaultKind.UPSTREAM);
        }
        assertThat(channelStanding().rested()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void aDeadKeyRestsLongAndRecoversByItself() {
        fail(FaultKind.KEY_DEAD);
        assertThat(open()).isFalse();
        assertThat(keyStanding().until()).isEqualTo(fleet.now.plus(Duration.ofMinutes(10)));
        assertThat(channelStanding().phase()).isEqualTo(Phase.GOOD);

        fleet.pass(Duration.ofMinutes(10));
        fail(FaultKind.KEY_DEAD);
        assertThat(keyStanding().until()).isEqualTo(fleet.now.plus(Duration.ofMinutes(20)));

        fleet.pass(Duration.ofMinutes(20));
        answer();
        assertThat(keyStanding().phase()).isEqualTo(Phase.GOOD);
        assertThat(open()).isTrue();
    }

    @Test
    void whatTheUpstreamAsksForIsKept() {
        fail(Fault.builder(FaultKind.RATE, "slow down")
                .after(Duration.ofSeconds(73))
                .build());
        assertThat(open()).isFalse();
        assertThat(fleet.health.enter(channel, "a", "m", true))
                .as("not even in need")
                .isNull();
        fleet.pass(Duration.ofSeconds(73));
        assertThat(open()).isTrue();
    }

    @Test
    void aLimitThatNobodyTimedIsTriedInNeed() {
        fail(FaultKind.RATE);

        assertThat(open()).isFalse();
        assertThat(fleet.health.enter(channel, "a", "m", true)).isNotNull();
        assertThat(fleet.health.open(channel, "other", fleet.now)).isTrue();
    }

    @Test
    void lateFaultsOfCallsUnderWayDoNotAddUp() {
        List<Permit> running = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            running.add(enter());
        }
        running.forEach(permit -> permit.failed(Fault.of(FaultKind.QUOTA, "no balance")));

        assertThat(keyStanding().strikes()).isEqualTo(1);
        assertThat(keyStanding().until()).isEqualTo(fleet.now.plus(Duration.ofMinutes(5)));
    }

    @Test
    void aModelThatAKeyMayNotUseDoesNotStopTheOthers() {
        fail(FaultKind.NO_ACCESS);

        assertThat(open()).isFalse();
        assertThat(fleet.health.open(channel, "other", fleet.now)).isTrue();
        fleet.pass(Duration.ofMinutes(10));
        answer();
        assertThat(open()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(names = {"BAD_REQUEST", "TOO_LONG", "CONTENT", "UNSUPPORTED"})
    void whatIsTheClientsFaultHarmsNobody(FaultKind kind) {
        for (int i = 0; i < 20; i++) {
            fail(kind);
        }

        assertThat(open()).isTrue();
        assertThat(fleet.health.of(channel).answered.sum()).isEqualTo(20);
    }

    @Test
    void aTrialWhoseClientLeavesTellsNothing() {
        fail(FaultKind.KEY_DEAD);
        fleet.pass(Duration.ofMinutes(10));
        enter().close();

        assertThat(open()).isTrue();
        assertThat(keyStanding().strikes()).isEqualTo(1);
    }

    @Test
    void aTrialThatIsLostDoesNotShutTheDoorForEver() {
        fail(FaultKind.KEY_DEAD);
        fleet.pass(Duration.ofMinutes(10));
        Permit lost = enter();

        assertThat(open()).isFalse();
        fleet.pass(Duration.ofSeconds(121));
        assertThat(open()).isTrue();
        assertThat(enter()).isNotSameAs(lost);
    }

    @Test
    void aChangedKeyBeginsAnewAndAnUnchangedOneDoesNot() {
        fail(FaultKind.KEY_DEAD);
        fleet.health.follow(List.of(Fleet.channel(1, 3, 9, List.of("a"), Map.of())));
        assertThat(open()).isFalse();

        Channel renewed = Fleet.channel(1, 0, 1, List.of("a", "b"), Map.of());
        fleet.health.follow(List.of(renewed));
        assertThat(fleet.health.open(renewed, "m", fleet.now)).isTrue();
        assertThat(keyStanding().phase()).isEqualTo(Phase.RESTING);

        fleet.health.revive(renewed);
        assertThat(keyStanding().phase()).isEqualTo(Phase.GOOD);
    }

    @Test
    void onlyTheFirstVerdictCounts() {
        Permit permit = enter();
        permit.answered();
        permit.failed(Fault.of(FaultKind.KEY_DEAD, "late"));
        permit.close();
        permit.close();

        assertThat(open()).isTrue();
        assertThat(fleet.health.of(channel).throttle.running()).isZero();
    }
}
