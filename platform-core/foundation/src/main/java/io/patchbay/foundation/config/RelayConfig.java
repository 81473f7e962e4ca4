package io.patchbay.foundation.config;

import java.time.Duration;

/**
 * Time-outs and bounds of calls to upstreams.
 *
 * @param connectTimeout until a connection stands
 * @param firstTokenTimeout until the first byte of an answer
 * @param stallTimeout between two chunks of an answer
 * @param totalTimeout for a whole call
 * @param heartbeat between two comments on a silent stream to the client
 * @param maxConnectionsPerChannel the largest number of connections to one channel's upstream
 */
public record RelayConfig(
        Duration connectTimeout,
        Duration firstTokenTimeout,
        Duration stallTimeout,
        Duration totalTimeout,
        Duration heartbeat,
        int maxConnectionsPerChannel) {
    private static final Duration DEFAULT_TOTAL = Duration.ofMinutes(30);
    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofHours(24);

    static RelayConfig from(ConfigSource source) {
        // In the original product a number of seconds that is not above zero means the default.
        Duration total = source.duration("max_timeout", DEFAULT_TOTAL, Duration.ZERO, LONGEST);
        return new RelayConfig(
                source.duration("relay.connect_timeout", Duration.ofSeconds(10), SHORTEST, Duration.ofMinutes(10)),
                source.duration("relay.first_token_timeout", Duration.ofSeconds(120), SHORTEST, LONGEST),
                source.duration("relay.stall_timeout", Duration.ofSeconds(120), SHORTEST, LONGEST),
                total.isZero() ? DEFAULT_TOTAL : total,
                source.duration("relay.heartbeat", Duration.ofSeconds(12), SHORTEST, Duration.ofMinutes(10)),
                source.integer("relay.max_connections_per_channel", 1_024, 1, 100_000));
    }
}
