package io.patchbay.relay.trial;

import io.patchbay.billing.tokens.TokenCounter;
import io.patchbay.foundation.config.RelayConfig;
import io.patchbay.foundation.config.RelayConfig.UnmappedFields;
import io.patchbay.foundation.config.SecurityConfig;
import io.patchbay.foundation.crypto.Encryption;
import io.patchbay.foundation.state.Subscription;
import io.patchbay.kernel.ChannelTypes;
import io.patchbay.kernel.Lease;
import io.patchbay.kernel.OfferedType;
import io.patchbay.relay.call.Memos;
import io.patchbay.relay.call.Minting;
import io.patchbay.relay.call.RelayServices;
import io.patchbay.relay.call.UserMarks;
import io.patchbay.relay.channel.Channel;
import io.patchbay.relay.channel.ModelMapping;
import io.patchbay.relay.exchange.ProxySetting;
import io.patchbay.relay.exchange.Timers;
import io.patchbay.relay.exchange.UpstreamClient;
import io.patchbay.spi.ChannelType;
import io.patchbay.testkit.upstream.ScriptedUpstream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A vendor, a plugin, and what trials need of the relay. */
final class TrialWorld implements AutoCloseable {
    static final String KEY = "sk-first-key-0123456789";
    static final String SECOND_KEY = "sk-second-key-9876543210";
    static final Duration PATIENCE = Duration.ofSeconds(20);

    final ScriptedUpstream upstream = ScriptedUpstream.start();
    final AtomicInteger leases = new AtomicInteger();
    final Trials trials;
    private final UpstreamClient client;
    private final Timers timers;

    TrialWorld(@Nullable ChannelType type) throws Exception {
        RelayConfig config = new RelayConfig(
                Duration.ofSeconds(2),
                Duration.ofSeconds(30),
                Duration.ofSeconds(30),
                Duration.ofSeconds(60),
                Duration.ofSeconds(10),
                64,
                UnmappedFields.REPORT,
                false,
                true);
        client = new UpstreamClient(config, InstantSource.system());
        timers = new Timers(client.executor());
        SecurityConfig security =
                new SecurityConfig("a secret of the tests, long enough".getBytes(StandardCharsets.UTF_8), null);
        // What would bill, count or route a call is not there: a trial that touched it would fail.
        trials = Trials.of(new RelayServices(
                config,
                offering(type),
                null,
                null,
                null,
                null,
                new TokenCounter(),
                client,
                timers,
                new Minting(client, timers, InstantSource.system()),
                new UserMarks(new Encryption(security, "trial")),
                new Memos(InstantSource.system()),
                null,
                null,
                null,
                null,
                null,
                InstantSource.system()));
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
                        return "toy";
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

    /** Returns a channel with two keys. */
    Channel channel(String mapping, Map<String, String> extra, String... models) {
        return channel(List.of(KEY, SECOND_KEY), mapping, extra, models);
    }

    Channel channel(List<String> keys, String mapping, Map<String, String> extra, String... models) {
        return new Channel(
                7,
                "the channel",
                "toy",
                0,
                1,
                List.of(models),
                1,
                keys,
                upstream.uri() + "/v1",
                ModelMapping.read(mapping),
                true,
                Set.of(),
                ProxySetting.NONE,
                extra);
    }

    /** Returns an order with the first key. */
    static TrialOrder order(@Nullable String model, boolean stream, Duration patience) {
        return new TrialOrder(model, 0, stream, "Say OK.", 64, patience);
    }

    TrialReport run(Channel channel, TrialOrder order) {
        return soon(trials.chat().run(channel, order, 3));
    }

    static <T> T soon(CompletableFuture<T> running) {
        return running.orTimeout(40, TimeUnit.SECONDS).join();
    }

    @Override
    public void close() {
        timers.close();
        client.close();
        upstream.close();
    }
}
