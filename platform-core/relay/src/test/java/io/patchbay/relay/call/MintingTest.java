package io.patchbay.relay.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.foundation.config.RelayConfig;
import io.patchbay.relay.channel.BoundChannel;
import io.patchbay.relay.channel.Channel;
import io.patchbay.relay.channel.ModelMapping;
import io.patchbay.relay.exchange.ProxySetting;
import io.patchbay.relay.exchange.Timers;
import io.patchbay.relay.exchange.UpstreamClient;
import io.patchbay.spi.ChannelDescriptor;
import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.Flow;
import io.patchbay.spi.Minted;
import io.patchbay.spi.Next;
import io.patchbay.spi.Secret;
import io.patchbay.spi.Text;
import io.patchbay.spi.config.ConfigField;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class MintingTest {
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
    private final AtomicInteger minted = new AtomicInteger();

    private final BoundChannel channel = BoundChannel.bind(
            new Channel(
                    1,
                    "c",
                    "t",
                    0,
                    1,
                    List.of(),
                    1,
                    List.of(),
                    "",
                    ModelMapping.read(""),
                    true,
                    Set.of(),
                    ProxySetting.NONE,
                    Map.of()),
            ChannelDescriptor.builder("t", Text.of("T")).build(),
            "");

    private final Flow<Minted> flow = turn -> Next.pause(Duration.ofMillis(30), () -> {
        turn.emit(Minted.of("token", Secret.of("t" + minted.incrementAndGet()), turn.now(), Duration.ofMinutes(10)));
        return Next.done();
    });

    @Test
    void mintsOnceForManyAndRenewsInTime() throws Exception {
        try (UpstreamClient client = new UpstreamClient(config(), now::get);
                Timers timers = new Timers(client.executor())) {
            Minting minting = new Minting(client, timers, now::get);
            List<CompletableFuture<Minting.Result>> asked = IntStream.range(0, 200)
                    .mapToObj(i -> minting.get(channel, "t", "line", flow))
                    .toList();
            asked.forEach(CompletableFuture::join);
            assertThat(minted).hasValue(1);

            now.set(now.get().plus(Duration.ofMinutes(8)));
            minting.get(channel, "t", "line", flow).join();
            assertThat(minted).hasValue(1);
            now.set(now.get().plus(Duration.ofMinutes(1)).plusSeconds(1));
            minting.get(channel, "t", "line", flow).join();
            assertThat(minted).hasValue(2);
            minting.get(channel, "t", "another line", flow).join();
            assertThat(minted).hasValue(3);
        }
    }

    @Test
    void forgetsOnlyTheTokenThatWasStaleAndRemembersFailuresForSeconds() throws Exception {
        try (UpstreamClient client = new UpstreamClient(config(), now::get);
                Timers timers = new Timers(client.executor())) {
            Minting minting = new Minting(client, timers, now::get);
            Minted first = minting.get(channel, "t", "", flow).join().minted();
            minting.stale(channel, "t", "", first);
            Minted second = minting.get(channel, "t", "", flow).join().minted();
            minting.stale(channel, "t", "", first);
            assertThat(minting.get(channel, "t", "", flow).join().minted()).isSameAs(second);

            AtomicInteger tries = new AtomicInteger();
            Flow<Minted> failing = turn -> {
                tries.incrementAndGet();
                return Next.fail(Fault.of(FaultKind.KEY_DEAD, "no"));
            };
            minting.get(channel, "t", "dead", failing).join();
            minting.get(channel, "t", "dead", failing).join();
            assertThat(tries).hasValue(1);
            now.set(now.get().plusSeconds(6));
            assertThat(minting.get(channel, "t", "dead", failing).join().fault().kind())
                    .isEqualTo(FaultKind.KEY_DEAD);
            assertThat(tries).hasValue(2);
        }
    }

    @Test
    void faultsOfAMintTellNothingOfTheUpstream() throws Exception {
        BoundChannel telling = BoundChannel.bind(
                new Channel(
                        9,
                        "c",
                        "t",
                        0,
                        1,
                        List.of(),
                        1,
                        List.of("the-secret-key"),
                        "https://api.vendor.example/v1",
                        ModelMapping.read(""),
                        true,
                        Set.of(),
                        new ProxySetting(1, "http://user:the-word@proxy.example:1", "", Secret.of("")),
                        Map.of("header_override", "{\"X-Key\":\"operators-own-key\"}")),
                ChannelDescriptor.builder("t", Text.of("T"))
                        .secretPart(ConfigField.builder("key", ConfigField.Kind.SECRET, Text.of("Key"))
                                .build())
                        .build(),
                "the-secret-key");
        Flow<Minted> failing = turn -> Next.fail(Fault.builder(
                        FaultKind.UPSTREAM,
                        "the-secret-key and operators-own-key are wrong at https://api.vendor.example/v1 "
                                + "(help.vendor.example) by proxy.example with the-word, see http://x.example/")
                .vendorCode("new_api")
                .build());
        try (UpstreamClient client = new UpstreamClient(config(), now::get);
                Timers timers = new Timers(client.executor())) {
            Fault fault = new Minting(client, timers, now::get)
                    .get(telling, "t", "the-secret-key", failing)
                    .join()
                    .fault();
            assertThat(fault).isNotNull();
            assertThat(fault.message())
                    .isEqualTo("*** and *** are wrong at channel://9 (channel) by proxy with ***, see [address]");
            assertThat(fault.vendorCode()).isEqualTo("chatnio_upstream");
        }
    }

    private static RelayConfig config() {
        return new RelayConfig(
                Duration.ofSeconds(2),
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                Duration.ofSeconds(30),
                Duration.ofSeconds(10),
                64,
                RelayConfig.UnmappedFields.REPORT,
                false,
                true);
    }
}
