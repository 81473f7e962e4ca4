package io.patchbay.relay.routing;

import io.patchbay.relay.channel.Channel;
import io.patchbay.relay.channel.ChannelSettings.Cap;
import io.patchbay.relay.routing.RoutingSettings.Strategy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why calls for a model go where they go, at this moment and on this node.
 *
 * @param group the user group it was asked for, empty for any
 * @param verdict one sentence about the channel that was asked about
 * @param channels all channels, those that would be tried first before the others
 */
public record Explanation(String model, String group, String strategy, String verdict, List<Line> channels) {
    /**
     * One channel.
     *
     * @param considered whether a call could go there now
     * @param order the place of its priority among those that could answer, from 1; 0 when it is left out
     * @param share the part of the calls it gets among the channels of its order, 0 to 1, as far as the rule says
     * @param latencyMs average time to the first content, {@code null} when none is known
     * @param reasons why it is left out, or what speaks for it
     */
    public record Line(
            long id,
            String name,
            String type,
            int priority,
            int weight,
            double cost,
            @Nullable Double latencyMs,
            boolean considered,
            int order,
            double share,
            List<String> reasons) {}

    /**
     * Explains.
     *
     * @param all all channels of the site
     * @param subject the channel asked about
     * @param group {@code null} for any
     */
    static Explanation of(
            List<Channel> all,
            Channel subject,
            String model,
            @Nullable String group,
            Strategy strategy,
            Health health) {
        List<Channel> sorted = all.stream()
                .sorted(Comparator.comparingInt(Channel::priority).reversed())
                .toList();
        List<Channel> able = sorted.stream()
                .filter(channel -> obstacles(channel, model, group, health).isEmpty())
                .toList();
        List<Integer> priorities =
                able.stream().map(Channel::priority).distinct().toList();
        List<Line> lines = new ArrayList<>();
        for (Channel channel : sorted) {
            List<String> obstacles = obstacles(channel, model, group, health);
            int order = obstacles.isEmpty() ? priorities.indexOf(channel.priority()) + 1 : 0;
            List<Channel> tier = able.stream()
                    .filter(other -> other.priority() == channel.priority())
                    .toList();
            double share = order == 0 ? 0 : share(channel, tier, model, strategy, health);
            lines.add(new Line(
                    channel.id(),
                    channel.name(),
                    channel.type(),
                    channel.priority(),
                    channel.weight(),
                    channel.settings().cost(),
                    health.of(channel).latency.ms(model),
                    order > 0,
                    order,
                    Math.round(share * 10_000) / 10_000.0,
                    order > 0 ? List.of(favour(order, share, strategy)) : obstacles));
        }
        lines.sort(Comparator.comparing((Line line) -> line.order() == 0)
                .thenComparing(Line::order)
                .thenComparing(line -> -line.share()));
        Line asked = lines.stream()
                .filter(line -> line.id() == subject.id())
                .findFirst()
                .orElseThrow();
        String verdict = asked.considered()
                ? "Calls can go to this channel: " + asked.reasons().getFirst()
                : "No call goes to this channel: " + String.join("; ", asked.reasons());
        return new Explanation(model, group == null ? "" : group, strategy.name(), verdict, lines);
    }

    private static String favour(int order, double share, Strategy strategy) {
        String part = Math.round(share * 1000) / 10.0 + " % of the calls by "
                + strategy.name().toLowerCase(java.util.Locale.ROOT);
        return order == 1 ? "tried first, " + part : "tried when all of higher priority fail, then " + part;
    }

    private static List<String> obstacles(Channel channel, String model, @Nullable String group, Health health) {
        List<String> reasons = new ArrayList<>();
        if (!channel.active()) {
            reasons.add("it is switched off");
        }
        if (!channel.offered().contains(model)) {
            reasons.add("it does not offer " + model);
        }
        if (group != null && !channel.serves(group)) {
            reasons.add("it does not serve the group " + group);
        }
        Instant now = health.now();
        ChannelHealth known = health.of(channel);
        Standing standing = known.breaker.standing();
        if (!standing.open(now)) {
            reasons.add("it " + resting(standing));
        }
        Cap cap = channel.settings().channelCap();
        if (!known.throttle.free(cap, now.toEpochMilli())) {
            reasons.add("it is at its own limit: " + known.throttle.running() + " calls under way");
        }
        if (known.keys().values().stream().noneMatch(key -> health.open(channel, key, model, now))) {
            known.keys().values().forEach(key -> reasons.add(obstacle(channel, key, model, now)));
        }
        return reasons.stream().distinct().toList();
    }

    private static String obstacle(Channel channel, KeyHealth key, String model, Instant now) {
        Breaker troubled = key.model(model);
        if (!key.breaker.open(now)) {
            return "a key " + resting(key.breaker.standing());
        }
        if (troubled != null && !troubled.open(now)) {
            return "for " + model + " a key " + resting(troubled.standing());
        }
        return "a key is at its own limit: " + key.throttle.running() + " calls under way, "
                + channel.settings().keyCap().perMinute() + " a minute allowed";
    }

    private static String resting(Standing standing) {
        return standing.phase() == Standing.Phase.TRIAL
                ? "is being tried by one call, after " + standing.kind() + ": " + standing.reason()
                : "rests until " + standing.until() + ", after " + standing.kind() + ": " + standing.reason();
    }

    private static double share(Channel channel, List<Channel> tier, String model, Strategy strategy, Health health) {
        return switch (strategy) {
            case WEIGHT -> byWeight(channel, tier);
            case COST -> {
                List<Channel> cheapest = Draw.cheapest(tier);
                yield cheapest.contains(channel) ? byWeight(channel, cheapest) : 0;
            }
            case LATENCY -> {
                double explored = tier.size() == 1 ? 0 : 1.0 / Draw.EXPLORE;
                List<Channel> fastest = Draw.fastest(tier, model, health);
                yield (fastest.contains(channel) ? (1 - explored) * byWeight(channel, fastest) : 0)
                        + explored * byWeight(channel, tier);
            }
        };
    }

    private static double byWeight(Channel channel, List<Channel> among) {
        return (double) channel.weight()
                / among.stream().mapToLong(Channel::weight).sum();
    }
}
