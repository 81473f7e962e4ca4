package io.patchbay.relay.price;

import io.patchbay.billing.price.source.PriceSource;
import io.patchbay.relay.exchange.PlainFetch;
import io.patchbay.relay.exchange.UpstreamClient;
import java.net.URI;
import java.time.Duration;

/** Other sites, where upstreams of channels may be: servers of this network only where channels may have them. */
public final class OtherSites implements PriceSource {
    private final PlainFetch pages;

    /** Asks through a client, which stays its owner's. */
    public OtherSites(UpstreamClient client) {
        this.pages = new PlainFetch(client);
    }

    @Override
    public Fetched fetch(URI address, int maxBytes, Duration timeout) throws Unfetched {
        try {
            PlainFetch.Page page = pages.get(address, maxBytes, timeout);
            return new Fetched(page.status(), page.body());
        } catch (PlainFetch.Failed e) {
            throw new Unfetched(String.valueOf(e.getMessage()));
        }
    }
}
