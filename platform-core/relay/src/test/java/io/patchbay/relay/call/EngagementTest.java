package io.patchbay.relay.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.billing.tokens.TokenCounter;
import io.patchbay.foundation.config.RelayConfig;
import io.patchbay.foundation.config.RelayConfig.UnmappedFields;
import io.patchbay.foundation.state.Subscription;
import io.patchbay.kernel.ChannelTypes;
import io.patchbay.kernel.Lease;
import io.patchbay.kernel.OfferedType;
import io.patchbay.relay.channel.BoundChannel;
import io.patchbay.relay.channel.Channel;
import io.patchbay.relay.channel.ModelMapping;
import io.patchbay.relay.exchange.ProxySetting;
import io.patchbay.relay.exchange.Serial;
import io.patchbay.relay.exchange.Timers;
import io.patchbay.relay.exchange.UpstreamClient;
import io.patchbay.spi.ChannelDescriptor;
import io.patchbay.spi.ChannelType;
import io.patchbay.spi.ChannelView;
import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.Flow;
import io.patchbay.spi.Memo;
import io.patchbay.spi.Minted;
import io.patchbay.spi.Next;
import io.patchbay.spi.Secret;
import io.patchbay.spi.Text;
import io.patchbay.spi.config.ConfigField;
import io.patchbay.spi.http.HttpRequest;
import io.patchbay.testkit.upstream.Script;
import io.patchbay.testkit.upstream.ScriptedUpstream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A plugin at work: what its flows may ask for, what becomes of its faults, and that its lease comes back. */
final class EngagementTest {
    private static final ChannelDescriptor DESCRIPTOR = ChannelDescriptor.builder("t", Text.of("T"))
            .defaultEndpoint("http://127.0.0.1:9")
            .secretPart(ConfigField.builder("key", ConfigField.Kind.SECRET, Text.of("Key"))
                    .required()
                    .build())
            .build();

    private final List<String> notes = new CopyOnWriteArrayList<>();
    private final AtomicInteger leases = new AtomicInteger();
    private ScriptedUpstream upstream;
    private UpstreamClient client;
    private Timers timers;
    private Memos memos;

    @BeforeEach
    void start() throws Exception {
        upstream = ScriptedUpstream.start();
        client = new UpstreamClient(config(UnmappedFields.REPORT), InstantSource.system());
        timers = new Timers(client.executor());
        memos = new Memos(InstantSource.system());
    }

    @AfterEach
    void stop() {
        timers.close();
        client.close();
        upstream.close();
    }

    private static RelayConfig config(UnmappedFields unmapped) {
        return new RelayConfig(
                Duration.ofSeconds(2),
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                Duration.ofSeconds(30),
                Duration.ofSeconds(10),
                64,
                unmapped,
                false,
                true);
    }

    private static Channel channel(Map<String, String> extra) {
        return channel(extra, "");
    }

    private static Channel channel(Map<String, String> extra, String endpoint) {
        return new Channel(
                7,
                "c",
                "t",
                0,
                1,
                List.of(),
                1,
                List.of("the-secret-key"),
                endpoint,
                ModelMapping.read(""),
                true,
                Set.of(),
                ProxySetting.NONE,
                extra);
    }

    /** A type whose only flow is given. */
    private record Type(Flow<String> flow, @Nullable Flow<Minted> minting) implements ChannelType {
        @Override
        public ChannelDescriptor descriptor() {
            return DESCRIPTOR;
        }

        @Override
        public @Nullable Flow<Minted> mint(ChannelView channel) {
            return minting;
        }
    }

    private ChannelTypes offering(@Nullable ChannelType type) {
        return new ChannelTypes() {
            @Override
            public Optional<Lease<ChannelType>> lease(String id) {
                if (type == null) {
                    return Optional.empty();
                }
                leases.incrementAndGet();
                return Optional.of(new Lease<>() {
                    private boolean open = true;

                    @Override
                    public ChannelType service() {
                        return type;
                    }

                    @Override
                    public String pluginId() {
                        return "plugin";
                    }

                    @Override
                    public String pluginVersion() {
                        return "1.2.3";
                    }

                    @Override
                    public long generation() {
                        return 4;
                    }

                    @Override
                    public void close() {
                        if (open) {
                            open = false;
                            leases.decrementAndGet();
                        }
                    }
                });
            }

            @Override
            public List<OfferedType> all() {
                return List.of();
            }

            @Override
            public Subscription onChange(Runnable listener) {
                throw new UnsupportedOperationException();
            }
        };
    }

    private final class Client implements Engagement.Client {
        final CompletableFuture<String> end = new CompletableFuture<>();
        final Engagement engagement;

        Client(@Nullable Type type, Channel channel, UnmappedFields unmapped, String conversation) {
            engagement = new Engagement(services(type, unmapped), new Serial(), channel, 3, conversation, this);
        }

        @Override
        public void ready(ChannelType type, BoundChannel channel) {
            Flow<String> flow = engagement.guarded("flow", () -> ((Type) type).flow());
            engagement.run(flow, new EngagedHost<String>(engagement) {
                @Override
                public void event(String event) {}

                @Override
                public boolean contentSeen() {
                    return false;
                }

                @Override
                public void note(String key, String value) {
                    notes.add(key + "=" + value);
                }

                @Override
                public void finished() {
                    engagement.finish();
                    end.complete("finished");
                }
            });
        }

        @Override
        public void failed(Fault fault) {
            end.complete(fault + ": " + fault.message());
        }
    }

    /** What has nothing to do with an engagement is not there. */
    private RelayServices services(@Nullable Type type, UnmappedFields unmapped) {
        return new RelayServices(
                config(unmapped),
                offering(type),
                null,
                null,
                null,
                null,
                new TokenCounter(),
                client,
                timers,
                new Minting(client, timers, InstantSource.system()),
                null,
                memos,
                null,
                null,
                null,
                null,
                null,
                InstantSource.system());
    }

    private String run(Flow<String> flow, Map<String, String> extra, UnmappedFields unmapped) {
        Client asker = new Client(new Type(flow, null), channel(extra), unmapped, "");
        return run(asker);
    }

    private String run(Client asker) {
        asker.engagement.start("the-secret-key");
        String end = asker.end.orTimeout(20, TimeUnit.SECONDS).join();
        asker.engagement.release();
        asker.engagement.release();
        assertThat(leases).hasValue(0);
        return end;
    }

    private Flow<String> dropping(String... fields) {
        return turn -> {
            turn.dropped(List.of(fields));
            return Next.ask(HttpRequest.get(upstream.uri() + "/x").build(), answer -> Next.done());
        };
    }

    @Test
    void droppedFieldsAreNotedAndTheCallGoesOut() {
        upstream.on("GET", "/x", Script.answer());
        assertThat(run(dropping("seed", "logit_bias"), Map.of(), UnmappedFields.REPORT))
                .isEqualTo("finished");
        assertThat(notes).containsExactly("dropped=logit_bias, seed");
        assertThat(upstream.received()).hasSize(1);
    }

    @Test
    void aSiteOrAChannelMayRefuseThemBeforeTheCallGoesOut() {
        String refused = "UNSUPPORTED [unsupported_field]: the upstream of this model does not take: logit_bias, seed;"
                + " leave these fields out, or ask for another model";
        assertThat(run(dropping("seed", "logit_bias"), Map.of(), UnmappedFields.REFUSE))
                .isEqualTo(refused);
        assertThat(run(dropping("seed", "logit_bias"), Map.of("unmappedFields", "\"refuse\""), UnmappedFields.REPORT))
                .isEqualTo(refused);
        assertThat(upstream.requests()).isZero();
    }

    @Test
    void theChannelsWordCountsMoreThanTheSites() {
        upstream.on("GET", "/x", Script.answer());
        assertThat(run(dropping("seed"), Map.of("unmappedFields", "\"report\""), UnmappedFields.REFUSE))
                .isEqualTo("finished");
        assertThat(run(dropping(), Map.of(), UnmappedFields.REFUSE)).isEqualTo("finished");
    }

    @Test
    void aFlowFindsWhatAnEarlierCallOfTheConversationRemembered() {
        Memo memo = Memo.ofConversation("id");
        Flow<String> flow = turn -> Next.recall(Set.of(memo), known -> {
            turn.note("known", known.getOrDefault(memo, "nothing"));
            turn.remember(memo, "upstream-id", Duration.ofHours(1));
            return Next.done();
        });
        for (String conversation : List.of("trip", "trip", "work", "", "")) {
            run(new Client(new Type(flow, null), channel(Map.of()), UnmappedFields.REPORT, conversation));
        }
        assertThat(notes)
                .containsExactly(
                        "known=nothing", "known=upstream-id", "known=nothing", "known=nothing", "known=nothing");
    }

    @Test
    void aStaleCredentialIsMintedOnceMore() {
        AtomicInteger minted = new AtomicInteger();
        Flow<Minted> minting = turn -> {
            turn.emit(Minted.of(
                    "token", Secret.of("minted-" + minted.incrementAndGet()), turn.now(), Duration.ofMinutes(10)));
            return Next.done();
        };
        AtomicInteger runs = new AtomicInteger();
        Flow<String> once = turn ->
                runs.incrementAndGet() == 1 ? Next.fail(Fault.of(FaultKind.KEY_STALE, "old token")) : Next.done();
        Flow<String> always = turn -> Next.fail(Fault.of(FaultKind.KEY_STALE, "old token"));

        assertThat(run(new Client(new Type(once, minting), channel(Map.of()), UnmappedFields.REPORT, "")))
                .isEqualTo("finished");
        assertThat(minted).hasValue(2);
        assertThat(run(new Client(new Type(always, minting), channel(Map.of()), UnmappedFields.REPORT, "")))
                .isEqualTo("KEY_DEAD: old token");
    }

    @Test
    void whatAPluginThrowsIsAFaultWithoutSecrets() {
        assertThat(run(
                        turn -> {
                            throw new IllegalStateException("bad the-secret-key at http://127.0.0.1:9");
                        },
                        Map.of(),
                        UnmappedFields.REPORT))
                .isEqualTo("PLUGIN: the plugin failed with IllegalStateException: bad *** at channel://7");
    }

    /** What an upstream that wants to be known may say. */
    private static final String TELLING = "new_api_error of http://127.0.0.1:9/v1 (request id: 2026-ab): "
            + "sk-ab***cd is wrong, see https://vendor.example/keys; the-secret-key, 127.0.0.1";

    private static final String TOLD =
            "chatnio_upstream_error of channel://7/v1: *** is wrong, see [address]; ***, channel";

    @Test
    void noFaultTellsTheUpstream() {
        Fault telling = Fault.builder(FaultKind.UPSTREAM, TELLING)
                .vendorCode("one_api_error")
                .build();
        assertThat(run(turn -> Next.fail(telling), Map.of(), UnmappedFields.REPORT))
                .isEqualTo("UPSTREAM [chatnio_upstream_error]: " + TOLD);
        Type minting = new Type(turn -> Next.done(), turn -> Next.fail(telling));
        assertThat(run(new Client(minting, channel(Map.of()), UnmappedFields.REPORT, "")))
                .isEqualTo("UPSTREAM [chatnio_upstream_error]: " + TOLD);
        assertThat(run(
                        turn -> {
                            throw new IllegalStateException(TELLING);
                        },
                        Map.of(),
                        UnmappedFields.REPORT))
                .isEqualTo("PLUGIN: the plugin failed with IllegalStateException: " + TOLD);
    }

    @Test
    void theOperatorsHeadersGoToTheEndpointAndNoMintElsewhere() {
        upstream.on("POST", "/", Script.answer().json("{}"));
        String elsewhere = upstream.endpoint().replace("127.0.0.1", "localhost");
        Flow<Minted> minting =
                turn -> Next.ask(HttpRequest.post(elsewhere + "/token").build(), answer -> {
                    turn.emit(Minted.of("token", Secret.of("minted"), turn.now(), Duration.ofMinutes(10)));
                    return Next.done();
                });
        Flow<String> flow = turn -> Next.ask(
                HttpRequest.post(upstream.endpoint() + "/chat").build(),
                answer -> Next.fail(Fault.of(FaultKind.UPSTREAM, "operators-own-key is wrong")));
        Channel channel =
                channel(Map.of("header_override", "{\"X-Key\":\"operators-own-key\"}"), upstream.endpoint() + "/v1");

        assertThat(run(new Client(new Type(flow, minting), channel, UnmappedFields.REPORT, "")))
                .isEqualTo("UPSTREAM: *** is wrong");
        assertThat(upstream.received())
                .extracting(request -> request.path() + " " + request.header("x-key"))
                .containsExactly("/token null", "/chat operators-own-key");
    }

    @Test
    void anEndpointNoSiteAsksIsTheOperatorsMatter() {
        Flow<String> flow = turn -> {
            throw new IllegalStateException("the plugin was asked");
        };
        for (String endpoint : List.of("http://169.254.169.254", "http://2852039166/v1", "https://metadata/v1")) {
            assertThat(run(new Client(new Type(flow, null), channel(Map.of(), endpoint), UnmappedFields.REPORT, "")))
                    .as(endpoint)
                    .startsWith("CONFIG")
                    .contains("The server of the upstream has an address of the link");
        }
    }

    @Test
    void withoutAPluginThereIsAFaultAndNoLease() {
        assertThat(run(new Client(null, channel(Map.of()), UnmappedFields.REPORT, "")))
                .isEqualTo("CONFIG/before_sending: no running plugin provides the channel type \"t\"");
    }
}
