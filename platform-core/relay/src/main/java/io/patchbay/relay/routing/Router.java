package io.patchbay.relay.routing;

import io.patchbay.relay.channel.Channel;
import io.patchbay.relay.channel.Channels;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Opens routes: which channels a call may use, in the seed's order of priorities, and by what rule one of several is
 * chosen. Safe for use by many threads.
 */
public final class Router {
    private final Channels channels;
    private final Health health;
    private final Supplier<RoutingSettings> settings;
    private final RandomGenerator random;
    private final Affinity affinity;
    private final HedgeBudget budget = new HedgeBudget();

    /**
     * Creates a router.
     *
     * @param settings the settings of the moment
     * @param random safe for several threads
     */
    public Router(
            Channels channels,
            Health health,
            Supplier<RoutingSettings> settings,
            RandomGenerator random,
            InstantSource clock) {
        this.channels = channels;
        this.health = health;
        this.settings = settings;
        this.random = random;
        this.affinity = new Affinity(clock);
        channels.follow(health::follow);
    }

    /** Returns whether any active channel offers the model to that group. */
    public boolean offers(String model, @Nullable String group) {
        return channels.offering(model).stream().anyMatch(channel -> channel.serves(group));
    }

    /** Opens the route of one call. */
    public Route route(String model, @Nullable String group, CallThread thread) {
        RoutingSettings now = settings.get();
        budget.call(now.hedgePercent());
        List<Channel> serving = channels.offering(model).stream()
                .filter(channel -> channel.serves(group))
                .toList();
        return new Route(new Route.Surroundings(health, affinity, budget, random), now, serving, model, thread);
    }

    /** Takes the trials that are due of channels and keys that rest, so that no client's call has to be one. */
    public List<Probe> due() {
        List<Probe> due = new ArrayList<>();
        for (Channel channel : channels.all()) {
            List<String> models = channel.offered();
            if (channel.active() && !models.isEmpty()) {
                health.due(channel, models.getFirst()).ifPresent(due::add);
            }
        }
        return due;
    }

    /** Returns the settings of the moment. */
    public RoutingSettings settings() {
        return settings.get();
    }

    Health health() {
        return health;
    }
}
