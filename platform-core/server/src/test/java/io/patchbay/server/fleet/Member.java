package io.patchbay.server.fleet;

import java.util.List;
import java.util.Map;

/**
 * A channel of a fleet with its upstream.
 *
 * @param what its trouble, in words
 * @param keys the channel's keys
 * @param models what it offers beside {@link #own()}
 * @param settings further fields of the channel's form
 */
public record Member(
        FleetUpstream upstream,
        String what,
        int priority,
        int weight,
        List<String> keys,
        List<String> models,
        Map<String, Object> settings) {
    /** Returns the channel's name, which is the upstream's. */
    public String name() {
        return upstream.name();
    }

    /** Returns the name of a model that only this channel offers. */
    public String own() {
        return "only-" + name();
    }
}
