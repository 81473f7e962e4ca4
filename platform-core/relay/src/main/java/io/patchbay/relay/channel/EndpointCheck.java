package io.patchbay.relay.channel;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.patchbay.relay.address.AddressRefused;
import io.patchbay.relay.address.ChannelAddresses;
import io.patchbay.relay.address.Server;

/** What can be told of an endpoint before anything is asked. Endpoints that are no addresses are not looked at. */
final class EndpointCheck {
    /** What was found good; the same few endpoints are asked for by every call. */
    private static final Cache<String, Boolean> GOOD =
            Caffeine.newBuilder().maximumSize(1_000).build();

    private EndpointCheck() {}

    /**
     * Checks an endpoint.
     *
     * @throws AddressRefused when it names a server that no site may ask, or names one as a number in a form that
     *     readers do not agree about
     */
    static void check(String endpoint) {
        if (GOOD.getIfPresent(endpoint) == null) {
            Server.of(endpoint).map(Server::host).ifPresent(ChannelAddresses::checkNeverAsked);
            GOOD.put(endpoint, true);
        }
    }
}
