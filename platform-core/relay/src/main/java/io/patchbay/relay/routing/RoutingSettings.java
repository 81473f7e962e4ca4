package io.patchbay.relay.routing;

/**
 * How the site chooses among channels that could answer.
 *
 * @param strategy how one of several channels of the same priority is chosen
 * @param affinity whether a conversation stays with the channel and key that answered it, as long as they are well, so
 *     that the provider's prompt cache stays warm
 * @param hedgeAfterMs after how long without content a second channel is asked too, in milliseconds; 0 for never
 * @param hedgePercent the largest share of calls that may be asked twice, in percent, 1 to 100
 * @param probeSeconds how often resting channels that may be tried again are asked by the server itself, in seconds; 0 for
 *     never: then the next call tries
 */
public record RoutingSettings(
        Strategy strategy, boolean affinity, int hedgeAfterMs, int hedgePercent, int probeSeconds) {
    /** The seed's rule, with affinity. */
    public static final RoutingSettings DEFAULT = new RoutingSettings(Strategy.WEIGHT, true, 0, 5, 0);

    /** How one of several channels of the same priority is chosen. */
    public enum Strategy {
        /** At random by weight, as the seed does. */
        WEIGHT,
        /** Mostly the one whose first content came soonest of late. */
        LATENCY,
        /** The one that costs least; by weight among equals. */
        COST
    }

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException with a sentence that names the field
     */
    public RoutingSettings {
        if (hedgeAfterMs < 0 || hedgeAfterMs > 600_000) {
            throw new IllegalArgumentException(
                    "hedgeAfterMs: expected 0 to 600000 milliseconds, found " + hedgeAfterMs);
        }
        if (hedgePercent < 1 || hedgePercent > 100) {
            throw new IllegalArgumentException("hedgePercent: expected 1 to 100, found " + hedgePercent);
        }
        if (probeSeconds < 0 || probeSeconds > 86_400) {
            throw new IllegalArgumentException("probeSeconds: expected 0 to 86400 seconds, found " + probeSeconds);
        }
    }
}
