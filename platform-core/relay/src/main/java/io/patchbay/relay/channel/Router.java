package io.patchbay.relay.channel;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Decides in which order channels are tried: by priority, and inside one priority by weight, at random. */
public final class Router {
    private final Channels channels;
    private final RandomGenerator random;

    /** Creates a router; the generator must be safe for several threads. */
    public Router(Channels channels, RandomGenerator random) {
        this.channels = channels;
        this.random = random;
    }

    /** Returns every channel that may answer, in the order to try; empty when there is none. */
    public List<Channel> candidates(String model, @Nullable String group) {
        List<Channel> offering = channels.offering(model);
        List<Channel> order = new ArrayList<>(offering.size());
        List<Channel> tier = new ArrayList<>();
        for (Channel channel : offering) {
            if (!channel.serves(group)) {
                continue;
            }
            if (!tier.isEmpty() && tier.getFirst().priority() != channel.priority()) {
                drawInto(order, tier);
            }
            tier.add(channel);
        }
        drawInto(order, tier);
        return order;
    }

    /** Moves the tier into the order, each place drawn by weight among those left. */
    private void drawInto(List<Channel> order, List<Channel> tier) {
        while (tier.size() > 1) {
            long total = tier.stream().mapToLong(Channel::weight).sum();
            long ticket = random.nextLong(total);
            int place = 0;
            while (ticket >= tier.get(place).weight()) {
                ticket -= tier.get(place).weight();
                place++;
            }
            order.add(tier.remove(place));
        }
        order.addAll(tier);
        tier.clear();
    }
}
