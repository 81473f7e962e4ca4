package io.patchbay.relay.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.patchbay.relay.routing.RoutingSettings.Strategy;
import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class RouteTest {
    private final Fleet fleet = new Fleet();

    private static Fault fault(FaultKind kind) {
        return Fault.of(kind, "x");
    }

    /** Returns the channels a call goes to when every attempt fails that way, and closes the permits. */
    private List<Long> way(FaultKind kind) {
        Route route = fleet.route();
        List<Long> way = new ArrayList<>();
        Optional<Choice> choice = route.first();
        while (choice.isPresent()) {
            Choice current = choice.get();
            way.add(current.channel().id());
            current.permit().failed(fault(kind));
            choice = route.after(current, fault(kind));
            current.permit().close();
        }
        return way;
    }

    @Test
    void triesHigherPrioritiesFirstAndEveryChannelOfOne() {
        fleet.with(1, 5, 1).with(2, 9, 1).with(3, 9, 1).with(4, 1, 1);

        List<Long> way = way(FaultKind.RETRY);

        assertThat(way.subList(0, 2)).containsExactlyInAnyOrder(2L, 3L);
        assertThat(way.subList(2, 4)).containsExactly(1L, 4L);
        assertThat(way).hasSize(4);
    }

    @Test
    void weightsHoldWithinTwoPercent() {
        fleet.with(1, 0, 1).with(2, 0, 2).with(3, 0, 3).with(4, 0, 4);
        Map<Long, Integer> drawn = new TreeMap<>();

        for (int i = 0; i < 200_000; i++) {
            drawn.merge(fleet.answering().channel().id(), 1, Integer::sum);
        }

        drawn.forEach((id, count) -> assertThat(count / 200_000.0).isCloseTo(id / 10.0, within(0.002)));
    }

    @Test
    void weightsHoldAmongThoseThatAreLeft() {
        fleet.with(1, 0, 1).with(2, 0, 5).with(3, 0, 3);
        fleet.health.enter(fleet.channels.get(1), "key2", "m", false).failed(fault(FaultKind.KEY_DEAD));
        Map<Long, Integer> drawn = new TreeMap<>();

        for (int i = 0; i < 40_000; i++) {
            drawn.merge(fleet.answering().channel().id(), 1, Integer::sum);
        }

        assertThat(drawn.keySet()).containsExactly(1L, 3L);
        assertThat(drawn.get(1L) / 40_000.0).isCloseTo(0.25, within(0.01));
    }

    @Test
    void repeatsAChannelOnPassingFaultsAsOftenAsItSays() {
        fleet.with(Fleet.channel(1, 9, 1, 3, List.of("a"), Map.of())).with(2, 0, 1);

        assertThat(way(FaultKind.UPSTREAM)).containsExactly(1L, 1L, 1L, 2L);
    }

    @Test
    void triesTheOtherKeysOfAChannelWhenOneIsRefused() {
        fleet.with(Fleet.channel(1, 9, 1, List.of("a", "b", "c", "d"), Map.of()))
                .with(2, 0, 1);
        Route route = fleet.route();
        Set<String> keys = new HashSet<>();

        Choice choice = route.first().orElseThrow();
        while (choice.channel().id() == 1) {
            keys.add(choice.key());
            choice.permit().failed(fault(FaultKind.KEY_DEAD));
            choice = route.after(choice, fault(FaultKind.KEY_DEAD)).orElseThrow();
        }

        assertThat(keys).hasSize(3);
        assertThat(choice.channel().id()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(names = {"BAD_REQUEST", "TOO_LONG", "CONTENT", "UNKNOWN_OUTCOME"})
    void neverRepeatsWhatNobodyWouldTake(FaultKind kind) {
        fleet.with(Fleet.channel(1, 0, 1, 5, List.of("a"), Map.of())).with(2, 0, 1);

        assertThat(way(kind)).hasSize(1);
    }

    @Test
    void leavesRestingChannelsAloneAndGoesThereOnlyInNeed() {
        fleet.with(1, 9, 1).with(2, 0, 1);
        for (int i = 0; i < 3; i++) {
            fleet.failing(FaultKind.UPSTREAM);
        }

        assertThat(fleet.answering().channel().id()).isEqualTo(2);
        assertThat(way(FaultKind.UPSTREAM)).containsExactly(2L, 1L);
        assertThat(fleet.route().first().orElseThrow().why()).contains("weight");
    }

    @Test
    void neverGoesToARefusedKeyEvenInNeed() {
        fleet.with(1, 0, 1);
        fleet.failing(FaultKind.KEY_DEAD);
        Route route = fleet.route();

        assertThat(route.first()).isEmpty();
        assertThat(route.nothing().kind()).isEqualTo(FaultKind.CONFIG);
    }

    @Test
    void tellsWhenALimitedKeyMayBeUsedAgain() {
        fleet.with(1, 0, 1);
        Choice choice = fleet.route().first().orElseThrow();
        choice.permit()
                .failed(Fault.builder(FaultKind.RATE, "slow down")
                        .after(Duration.ofSeconds(40))
                        .build());
        fleet.pass(Duration.ofSeconds(10));
        Route route = fleet.route();

        assertThat(route.first()).isEmpty();
        assertThat(route.nothing().kind()).isEqualTo(FaultKind.RATE);
        assertThat(route.nothing().after()).isEqualTo(Duration.ofSeconds(30));

        fleet.pass(Duration.ofSeconds(30));
        assertThat(fleet.route().first()).isPresent();
    }

    @Test
    void givesUpAtLast() {
        for (int id = 1; id <= 40; id++) {
            fleet.with(id, 0, 1);
        }

        assertThat(way(FaultKind.RETRY)).hasSize(25).doesNotHaveDuplicates();
    }

    @Test
    void holdsChannelsToTheirCaps() {
        fleet.with(Fleet.channel(1, 9, 1, List.of("a"), Map.of("max_concurrency", "2")))
                .with(2, 0, 1);
        Choice first = fleet.route().first().orElseThrow();
        Choice second = fleet.route().first().orElseThrow();

        assertThat(List.of(first.channel().id(), second.channel().id())).containsExactly(1L, 1L);
        assertThat(fleet.route().first().orElseThrow().channel().id()).isEqualTo(2);
        second.permit().close();
        assertThat(fleet.route().first().orElseThrow().channel().id()).isEqualTo(1);
    }

    @Test
    void holdsKeysToTheirMinute() {
        fleet.with(Fleet.channel(1, 0, 1, List.of("a", "b"), Map.of("key_max_per_minute", "3")));
        Map<String, Integer> used = new HashMap<>();
        for (int i = 0; i < 6; i++) {
            used.merge(fleet.answering().key(), 1, Integer::sum);
            fleet.pass(Duration.ofSeconds(1));
        }

        assertThat(used).containsOnly(Map.entry("a", 3), Map.entry("b", 3));
        Route full = fleet.route();
        assertThat(full.first()).isEmpty();
        assertThat(full.nothing().kind()).isEqualTo(FaultKind.RATE);
        fleet.pass(Duration.ofSeconds(54));
        assertThat(fleet.route().first()).isPresent();
    }

    @Test
    void routesByCostAndByLatency() {
        fleet.with(Fleet.channel(1, 0, 9, List.of("a"), Map.of("cost", "2")))
                .with(Fleet.channel(2, 0, 1, List.of("b"), Map.of("cost", "0.5")));
        fleet.settings = new RoutingSettings(Strategy.COST, true, 0, 5, 0);
        for (int i = 0; i < 50; i++) {
            assertThat(fleet.answering().channel().id()).isEqualTo(2);
        }

        fleet.settings = new RoutingSettings(Strategy.LATENCY, true, 0, 5, 0);
        int fast = 0;
        for (int i = 0; i < 1_000; i++) {
            Choice choice = fleet.route().first().orElseThrow();
            fleet.pass(Duration.ofMillis(choice.channel().id() == 1 ? 20 : 200));
            choice.permit().answered();
            choice.permit().close();
            fast += choice.channel().id() == 1 ? 1 : 0;
        }
        assertThat(fast).isBetween(950, 999);
    }

    @Test
    void aConversationStaysWhereItWasAnswered() {
        for (int id = 1; id <= 10; id++) {
            fleet.with(Fleet.channel(id, 0, 1, List.of("a" + id, "b" + id), Map.of()));
        }
        Route first = fleet.route(new CallThread(List.of(), "turn 1"));
        Choice begun = first.first().orElseThrow();
        begun.permit().answered();
        first.answered(begun);
        begun.permit().close();

        for (int i = 0; i < 20; i++) {
            Choice next = fleet.route(new CallThread(List.of("turn 1"), "turn 2"))
                    .first()
                    .orElseThrow();
            assertThat(next.channel().id()).isEqualTo(begun.channel().id());
            assertThat(next.key()).isEqualTo(begun.key());
            next.permit().close();
        }
    }

    @Test
    void aConversationDoesNotFollowToALowerPriority() {
        fleet.with(1, 0, 1);
        Route first = fleet.route(new CallThread(List.of(), "turn 1"));
        Choice begun = first.first().orElseThrow();
        begun.permit().answered();
        first.answered(begun);
        fleet.with(2, 9, 1);

        Choice next =
                fleet.route(new CallThread(List.of("turn 1"), "turn 2")).first().orElseThrow();

        assertThat(next.channel().id()).isEqualTo(2);
    }

    @Test
    void asksASecondChannelWithinTheBudgetOnly() {
        fleet.with(1, 9, 1).with(2, 0, 1);
        fleet.settings = new RoutingSettings(Strategy.WEIGHT, true, 100, 10, 0);
        int doubled = 0;
        for (int i = 0; i < 1_000; i++) {
            Route route = fleet.route();
            Choice first = route.first().orElseThrow();
            Optional<Choice> second = route.beside();
            doubled += second.isPresent() ? 1 : 0;
            second.ifPresent(choice -> {
                assertThat(choice.channel().id()).isNotEqualTo(first.channel().id());
                choice.permit().close();
            });
            first.permit().close();
        }

        assertThat(doubled).isBetween(95, 100);
        assertThat(fleet.route().patience()).isEqualTo(Duration.ofMillis(100));
    }

    @Test
    void aBudgetIsNotSpentWhereNobodyElseCanBeAsked() {
        fleet.with(1, 0, 1);
        fleet.settings = new RoutingSettings(Strategy.WEIGHT, true, 100, 100, 0);
        Route alone = fleet.route();
        Choice first = alone.first().orElseThrow();
        assertThat(alone.beside()).isEmpty();
        assertThat(fleet.budget.take()).isTrue();
        first.permit().close();
    }

    @Test
    void whatFailedBesideASlowOneIsNotAskedAgain() {
        fleet.with(1, 9, 1).with(2, 0, 1);
        fleet.settings = new RoutingSettings(Strategy.WEIGHT, true, 100, 100, 0);
        Route route = fleet.route();
        Choice slow = route.first().orElseThrow();
        Choice second = route.beside().orElseThrow();
        second.permit().failed(fault(FaultKind.UPSTREAM));
        route.left(second);
        slow.permit().failed(fault(FaultKind.RETRY));

        assertThat(route.after(slow, fault(FaultKind.RETRY))).isEmpty();
    }
}
