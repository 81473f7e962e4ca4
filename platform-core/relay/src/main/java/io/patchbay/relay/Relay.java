package io.patchbay.relay;

import io.micrometer.core.instrument.MeterRegistry;
import io.patchbay.accounts.AuditLog;
import io.patchbay.billing.admission.Admission;
import io.patchbay.billing.ledger.Ledger;
import io.patchbay.dialects.openai.OpenAiChatCodec;
import io.patchbay.foundation.config.RelayConfig;
import io.patchbay.foundation.crypto.Encryption;
import io.patchbay.foundation.database.Database;
import io.patchbay.foundation.state.Bus;
import io.patchbay.kernel.ChannelTypes;
import io.patchbay.relay.call.Minting;
import io.patchbay.relay.call.RelayServices;
import io.patchbay.relay.call.UserMarks;
import io.patchbay.relay.channel.ChannelAdminResource;
import io.patchbay.relay.channel.ChannelCodec;
import io.patchbay.relay.channel.ChannelMapper;
import io.patchbay.relay.channel.Channels;
import io.patchbay.relay.channel.Router;
import io.patchbay.relay.exchange.Timers;
import io.patchbay.relay.exchange.UpstreamClient;
import io.patchbay.relay.openai.ChatCompletionsResource;
import io.patchbay.relay.openai.ModelsResource;
import io.patchbay.relay.openai.RelayProblemMapper;
import io.patchbay.relay.record.RelayMetrics;
import io.patchbay.relay.record.RequestLog;
import io.patchbay.relay.record.RequestRecordMapper;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/** The parts of this room, put together. */
public final class Relay implements AutoCloseable {
    private final Channels channels;
    private final RelayServices services;

    private Relay(Channels channels, RelayServices services) {
        this.channels = channels;
        this.services = services;
    }

    /** Returns the mappers to open the database with. */
    public static List<Class<?>> mappers() {
        return List.of(ChannelMapper.class, RequestRecordMapper.class);
    }

    /** Loads the channels and opens the way out. */
    public static Relay open(
            RelayConfig config,
            Database database,
            Bus bus,
            Encryption encryption,
            ChannelTypes types,
            Admission admission,
            Ledger ledger,
            MeterRegistry metrics,
            InstantSource clock)
            throws Exception {
        Channels channels = new Channels(database, new ChannelCodec(encryption), bus, clock);
        UpstreamClient client = new UpstreamClient(config, clock);
        Timers timers = new Timers(client.executor());
        RandomGenerator dice = () -> ThreadLocalRandom.current().nextLong();
        RelayServices services = new RelayServices(
                config,
                types,
                new Router(channels, dice),
                admission,
                ledger,
                client,
                timers,
                new Minting(client, timers, clock),
                new UserMarks(encryption),
                new RequestLog(database),
                new RelayMetrics(metrics),
                clock);
        return new Relay(channels, services);
    }

    /** Returns the channels. */
    public Channels channels() {
        return channels;
    }

    /** Returns the meters. */
    public RelayMetrics metrics() {
        return services.metrics();
    }

    /** Returns the administration routes, for registration as instances. */
    public List<Object> adminResources(AuditLog audit) {
        return List.of(new ChannelAdminResource(channels, services.types(), audit));
    }

    /** Returns the model routes and their error mapper, for registration as instances. */
    public List<Object> modelResources(long maxRequestBytes) {
        return List.of(
                new ChatCompletionsResource(services, new OpenAiChatCodec(), maxRequestBytes),
                new ModelsResource(channels),
                new RelayProblemMapper());
    }

    @Override
    public void close() {
        channels.close();
        services.timers().close();
        services.client().close();
        services.records().close();
    }
}
