package io.patchbay.foundation.config;

import java.time.Duration;
import java.util.Locale;

/**
 * Time-outs and bounds of calls to upstreams.
 *
 * @param connectTimeout until a connection stands
 * @param firstTokenTimeout until the first byte of an answer
 * @param stallTimeout between two chunks of an answer
 * @param totalTimeout for a whole call
 * @param heartbeat between two comments on a silent stream to the client
 * @param maxConnectionsPerChannel the largest number of connections to one channel's upstream
 * @param unmappedFields what happens with a request of which an upstream cannot take everything, unless its channel says
 *     otherwise
 * @param fetchPrivate whether pictures that clients name by URL are fetched from private addresses too
 * @param channelPrivate whether channels may have their upstream at a private address, such as a model server in this
 *     network; addresses of the link and of a cloud's metadata are refused in any case
 */
public record RelayConfig(
        Duration connectTimeout,
        Duration firstTokenTimeout,
        Duration stallTimeout,
        Duration totalTimeout,
        Duration heartbeat,
        int maxConnectionsPerChannel,
        UnmappedFields unmappedFields,
        boolean fetchPrivate,
        boolean channelPrivate) {
    /** What happens with a request of which an upstream cannot take everything. */
    public enum UnmappedFields {
        /** It goes out without, and the client is told in a header. */
        REPORT,
        /** It is refused. */
        REFUSE
    }

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
                source.integer("relay.max_connections_per_channel", 1_024, 1, 100_000),
                unmappedFields(source),
                source.flag("relay.fetch_private", false),
                source.flag("relay.channel_private", true));
    }

    private static UnmappedFields unmappedFields(ConfigSource source) {
        String key = "relay.unmapped_fields";
        String value = source.text(key, "report");
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "report" -> UnmappedFields.REPORT;
            case "refuse" -> UnmappedFields.REFUSE;
            default -> {
                source.complain(key, "expected report or refuse, found \"" + value + "\"");
                yield UnmappedFields.REPORT;
            }
        };
    }
}
