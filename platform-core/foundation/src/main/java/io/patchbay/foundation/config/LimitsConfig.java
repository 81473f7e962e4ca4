package io.patchbay.foundation.config;

import io.patchbay.foundation.bounds.HeapShare;

/**
 * How much of everything there may be at once. What is over a limit is refused, not queued; docs/bounds.md says how.
 *
 * @param connections open connections of clients; by default one for each 32 KiB of heap, at most 16,384
 * @param apiRequests account and administration requests that are worked on at once
 * @param calls relayed calls at once; by default one for each 64 KiB of heap, at most 4,096
 * @param callsOfUser relayed calls of one user at once; {@link Integer#MAX_VALUE} leaves it to the fair share
 * @param bodyBytes bytes of the request bodies of all relayed calls at once, at least 64 KiB; by default an eighth of
 *     the heap
 */
public record LimitsConfig(int connections, int apiRequests, int calls, int callsOfUser, long bodyBytes) {
    private static final int KIB = 1024;
    private static final long LEAST_BODIES = 64 * KIB;

    static LimitsConfig from(ConfigSource source) {
        int callsOfUser = source.integer("relay.max_calls_per_user", 0, 0, 1_000_000);
        return new LimitsConfig(
                source.integer("server.max_connections", HeapShare.entries(16_384, 32 * KIB, 1), 16, 1_000_000),
                source.integer("server.max_api_requests", 512, 16, 4_096),
                source.integer("relay.max_calls", HeapShare.entries(4_096, 64 * KIB, 1), 1, 1_000_000),
                callsOfUser == 0 ? Integer.MAX_VALUE : callsOfUser,
                source.bytes(
                        "relay.max_body_memory",
                        Math.max(LEAST_BODIES, HeapShare.bytes(Long.MAX_VALUE, 8)),
                        LEAST_BODIES,
                        Long.MAX_VALUE));
    }
}
