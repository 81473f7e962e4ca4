package io.patchbay.relay.routing;

import io.patchbay.relay.channel.Channel;
import io.patchbay.relay.routing.RoutingSettings.Strategy;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Chooses one of several channels of the same priority. */
final class Draw {
    /** One call in so many looks at any channel, so that a slow one can show that it became faster. */
    static final int EXPLORE = 20;

    private Draw() {}

    /** Returns one of the channels; there is at least one. */
    static Channel one(List<Channel> tier, Strategy strategy, String model, Health health, RandomGenerator random) {
        if (tier.size() == 1) {
            return tier.getFirst();
        }
        return switch (strategy) {
            case WEIGHT -> byWeight(tier, random);
            case LATENCY -> byWeight(random.nextInt(EXPLORE) == 0 ? tier : fastest(tier, model, health), random);
            case COST -> byWeight(cheapest(tier), random);
        };
    }

    private static Channel byWeight(List<Channel> tier, RandomGenerator random) {
        long total = tier.stream().mapToLong(Channel::weight).sum();
        long ticket = random.nextLong(total);
        for (Channel channel : tier) {
            ticket -= channel.weight();
            if (ticket < 0) {
                return channel;
            }
        }
        return tier.getLast();
    }

    /** Returns the fastest, or all of which nothing is known yet: they go first. */
    static List<Channel> fastest(List<Channel> tier, String model, Health health) {
        List<Channel> unknown = tier.stream()
                .filter(channel -> latency(channel, model, health) == null)
                .toList();
        if (!unknown.isEmpty()) {
            return unknown;
        }
        Channel best = tier.getFirst();
        double bestMs = Double.MAX_VALUE;
        for (Channel channel : tier) {
            Double ms = latency(channel, model, health);
            if (ms != null && ms < bestMs) {
                best = channel;
                bestMs = ms;
            }
        }
        return List.of(best);
    }

    private static @Nullable Double latency(Channel channel, String model, Health health) {
        return health.of(channel).latency.ms(model);
    }

    /** Returns those that cost least. */
    static List<Channel> cheapest(List<Channel> tier) {
        double least = tier.stream()
                .mapToDouble(channel -> channel.settings().cost())
                .min()
                .orElse(0);
        return tier.stream()
                .filter(channel -> channel.settings().cost() <= least)
                .toList();
    }
}
