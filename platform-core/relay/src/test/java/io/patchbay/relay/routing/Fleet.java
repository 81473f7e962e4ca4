package io.patchbay.relay.routing;

import io.patchbay.relay.channel.Channel;
import io.patchbay.relay.channel.ModelMapping;
import io.patchbay.relay.exchange.ProxySetting;
import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Channels, their health and a clock that tests move. */
final class Fleet {
    Instant now = Instant.parse("2026-11-25T12:00:00Z");
    final InstantSource clock = () -> now;
    final Health health = new Health(key -> "mark of " + key, clock);
    final Affinity affinity = new Affinity(clock);
    final HedgeBudget budget = new HedgeBudget();
    RandomGenerator random = new Random(7);
    RoutingSettings settings = RoutingSettings.DEFAULT;
    final List<Channel> channels = new ArrayList<>();

    /** A channel that offers model {@code m}. */
    static Channel channel(long id, int priority, int weight, List<String> keys, Map<String, String> extra) {
        return channel(id, priority, weight, 1, keys, extra);
    }

    static Channel channel(
            long id, int priority, int weight, int attempts, List<String> keys, Map<String, String> extra) {
        return new Channel(
                id,
                "c" + id,
                "openai",
                priority,
                weight,
                List.of("m"),
                attempts,
                keys,
                "http://c" + id,
                ModelMapping.read(""),
                true,
                Set.of(),
                ProxySetting.NONE,
                extra);
    }

    Fleet with(Channel channel) {
        channels.add(channel);
        return this;
    }

    /** Adds a channel with one key and one attempt. */
    Fleet with(long id, int priority, int weight) {
        return with(channel(id, priority, weight, List.of("key" + id), Map.of()));
    }

    Route route() {
        return route(CallThread.NONE);
    }

    Route route(CallThread thread) {
        budget.call(settings.hedgePercent());
        List<Channel> sorted = channels.stream()
                .sorted(java.util.Comparator.comparingInt(Channel::priority).reversed())
                .toList();
        return new Route(new Route.Surroundings(health, affinity, budget, random), settings, sorted, "m", thread);
    }

    /** One call that tells that fault at its first attempt and gives up. */
    Choice failing(FaultKind kind) {
        Choice choice = route().first().orElseThrow();
        choice.permit().failed(Fault.of(kind, kind + " happened"));
        choice.permit().close();
        return choice;
    }

    /** One call that is answered at its first attempt. */
    Choice answering() {
        Route route = route();
        Choice choice = route.first().orElseThrow();
        choice.permit().answered();
        route.answered(choice);
        choice.permit().close();
        return choice;
    }

    void pass(Duration time) {
        now = now.plus(time);
    }
}
