package io.patchbay.relay.trial;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.Balance;
import io.patchbay.spi.ChannelType;
import io.patchbay.spi.ChannelView;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.Flow;
import io.patchbay.spi.ModelInfo;
import io.patchbay.spi.Next;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.testkit.upstream.OpenAiScripts;
import io.patchbay.testkit.upstream.Script;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Lists of models and balances, asked live. */
final class ChannelInquiriesTest {
    private TrialWorld world;

    private void open(ChannelType type) throws Exception {
        world = new TrialWorld(type);
    }

    @AfterEach
    void close() {
        assertThat(world.leases).hasValue(0);
        world.close();
    }

    private ModelListing models(Duration patience) {
        return TrialWorld.soon(world.trials.models().list(world.channel("", Map.of(), "m"), 1, 3, patience));
    }

    private BalanceReport balance() {
        return TrialWorld.soon(world.trials.balance().of(world.channel("", Map.of(), "m"), 0, 3, TrialWorld.PATIENCE));
    }

    /** A vendor with so many models, none of which is asked for over the network. */
    private static ChannelType listing(String... ids) {
        return new TrialToy() {
            @Override
            public Flow<ModelInfo> models(ChannelView channel) {
                return turn -> {
                    List.of(ids).forEach(id -> turn.emit(new ModelInfo(id, "", JsonObject.EMPTY)));
                    return Next.done();
                };
            }
        };
    }

    private static ChannelType paying(Balance... balances) {
        return new TrialToy() {
            @Override
            public Flow<Balance> balance(ChannelView channel) {
                return turn -> {
                    List.of(balances).forEach(turn::emit);
                    return Next.done();
                };
            }
        };
    }

    @Test
    void modelsAreListedInOrderEachOnceWithTheKeyThatIsNamed() throws Exception {
        open(new TrialToy());
        world.upstream.on("GET", "/v1/models", OpenAiScripts.models("b", "a", "b", "", "x".repeat(301)));

        ModelListing listing = models(TrialWorld.PATIENCE);

        assertThat(listing.models()).containsExactly("a", "b");
        assertThat(listing.cut()).isFalse();
        assertThat(listing.fault()).isNull();
        assertThat(listing.facts().key()).isEqualTo(1);
        assertThat(listing.facts().steps())
                .extracting(step -> (step.what() + " " + step.detail()).strip())
                .containsExactly("ready", "asked GET /v1/models", "head 200 application/json", "end ok");
        assertThat(world.upstream.received().getFirst().header("authorization"))
                .isEqualTo("Bearer " + TrialWorld.SECOND_KEY);
        assertThat(TrialJson.of(listing).path("models")).hasSize(2);
    }

    @Test
    void aListEndsAfterTenThousand() throws Exception {
        open(listing(IntStream.range(0, 10_001).mapToObj(i -> "m-" + i).toArray(String[]::new)));
        ModelListing listing = models(TrialWorld.PATIENCE);
        assertThat(listing.models()).hasSize(10_000);
        assertThat(listing.cut()).isTrue();
        close();

        open(listing(IntStream.range(0, 20_000).mapToObj(i -> "m-" + i % 10_000).toArray(String[]::new)));
        assertThat(models(TrialWorld.PATIENCE).cut()).isFalse();
    }

    @Test
    void aListThatDoesNotComeIsGivenUp() throws Exception {
        open(new TrialToy());
        world.upstream.on("GET", "/v1/models", Script.answer().head().stall());

        ModelListing listing = models(Duration.ofMillis(300));

        assertThat(listing.fault().sub()).isEqualTo("timeout");
        assertThat(listing.models()).isEmpty();
        assertThat(TrialJson.of(listing).at("/fault/hint/en").asText()).contains("too slow");
        assertThat(world.upstream.awaitCancelled(1)).hasSize(1);
    }

    @Test
    void balancesAreToldAsTheVendorTellsThem() throws Exception {
        open(paying(
                new Balance(new BigDecimal("74.750"), new BigDecimal("100.5"), new BigDecimal("25.75"), "credits", ""),
                new Balance(new BigDecimal("1E+3"), null, null, "", "granted")));

        BalanceReport report = balance();

        assertThat(report.fault()).isNull();
        assertThat(TrialJson.of(report).path("balances").toString())
                .isEqualTo("[{\"left\":\"74.750\",\"total\":\"100.5\",\"used\":\"25.75\",\"currency\":\"credits\","
                        + "\"part\":\"\"},{\"left\":\"1000\",\"total\":null,\"used\":null,\"currency\":\"\","
                        + "\"part\":\"granted\"}]");
    }

    @Test
    void aVendorThatTellsNoBalanceIsAFault() throws Exception {
        open(paying());
        assertThat(balance().fault().kind()).isEqualTo(FaultKind.UPSTREAM);
        close();

        open(new TrialToy());
        assertThat(balance().fault().kind()).isEqualTo(FaultKind.UNSUPPORTED);
    }
}
