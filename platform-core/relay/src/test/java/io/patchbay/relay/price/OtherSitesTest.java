package io.patchbay.relay.price;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.billing.price.DollarRate;
import io.patchbay.billing.price.PriceRule;
import io.patchbay.billing.price.source.PriceImport;
import io.patchbay.foundation.config.RelayConfig;
import io.patchbay.relay.exchange.UpstreamClient;
import io.patchbay.testkit.upstream.ReceivedRequest;
import io.patchbay.testkit.upstream.Script;
import io.patchbay.testkit.upstream.ScriptedUpstream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Price lists of other sites over real sockets. */
final class OtherSitesTest {
    private static final Duration TIME = Duration.ofSeconds(10);

    @Test
    void thePricesOfAnotherSiteAreFetched() throws Exception {
        try (ScriptedUpstream site = ScriptedUpstream.start();
                UpstreamClient client = client(true)) {
            site.on("GET", "/api/v1/charge", Script.answer(404).json("{}"));
            site.on("GET", "/v1/charge", Script.answer().json("""
                    [{"id":1,"type":"times-billing","models":["a"],"input":0,"output":2,"anonymous":false}]"""));
            PriceImport prices = new PriceImport(new OtherSites(client));

            List<PriceRule> rules = prices.prices(site.endpoint(), "", DollarRate.USUAL);

            assertThat(rules).extracting(PriceRule::models).containsExactly(List.of("a"));
            assertThat(site.received())
                    .extracting(ReceivedRequest::path)
                    .containsExactly("/api/v1/charge", "/v1/charge");
        }
    }

    @Test
    void aSiteOfThisNetworkIsNotAskedWhereChannelsMayNotHaveOne() throws Exception {
        try (ScriptedUpstream site = ScriptedUpstream.start();
                UpstreamClient client = client(false)) {
            PriceImport prices = new PriceImport(new OtherSites(client));

            assertThatThrownBy(() -> prices.prices(site.endpoint(), "newapi", DollarRate.USUAL))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith(site.endpoint() + "/api/pricing is not asked: ");
            assertThat(site.received()).isEmpty();
        }
    }

    private static UpstreamClient client(boolean inside) throws Exception {
        RelayConfig config =
                new RelayConfig(TIME, TIME, TIME, TIME, TIME, 8, RelayConfig.UnmappedFields.REPORT, false, inside);
        return new UpstreamClient(config, InstantSource.system());
    }
}
