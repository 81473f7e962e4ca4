package io.patchbay.relay;

import io.micrometer.core.instrument.MeterRegistry;
import io.patchbay.accounts.Accounts;
import io.patchbay.accounts.AuditLog;
import io.patchbay.billing.admission.Admission;
import io.patchbay.billing.ledger.Ledger;
import io.patchbay.billing.price.PriceBook;
import io.patchbay.billing.price.source.PriceSource;
import io.patchbay.billing.tokens.TokenCounter;
import io.patchbay.foundation.config.LimitsConfig;
import io.patchbay.foundation.config.RelayConfig;
import io.patchbay.foundation.crypto.Encryption;
import io.patchbay.foundation.database.Database;
import io.patchbay.foundation.state.Bus;
import io.patchbay.kernel.ChannelFamilies;
import io.patchbay.kernel.ChannelTypes;
import io.patchbay.relay.artifact.ArtifactDelivery;
import io.patchbay.relay.artifact.ArtifactResource;
import io.patchbay.relay.artifact.Artifacts;
import io.patchbay.relay.cache.AnswerCache;
import io.patchbay.relay.cache.CacheAdminResource;
import io.patchbay.relay.call.EngagedTasks;
import io.patchbay.relay.call.Memos;
import io.patchbay.relay.call.Minting;
import io.patchbay.relay.call.RelayErrors;
import io.patchbay.relay.call.RelayServices;
import io.patchbay.relay.call.UserMarks;
import io.patchbay.relay.channel.ChannelAdminResource;
import io.patchbay.relay.channel.ChannelCodec;
import io.patchbay.relay.channel.ChannelMapper;
import io.patchbay.relay.channel.Channels;
import io.patchbay.relay.exchange.Timers;
import io.patchbay.relay.exchange.UpstreamClient;
import io.patchbay.relay.openai.ModelRoutes;
import io.patchbay.relay.overload.Entrance;
import io.patchbay.relay.picture.PictureFetcher;
import io.patchbay.relay.picture.Pictures;
import io.patchbay.relay.price.OtherSites;
import io.patchbay.relay.profile.ProfileAdminResource;
import io.patchbay.relay.profile.ProfileMapper;
import io.patchbay.relay.profile.ProfiledChannelTypes;
import io.patchbay.relay.profile.Profiles;
import io.patchbay.relay.reconcile.ReconcileResource;
import io.patchbay.relay.reconcile.Reconciliation;
import io.patchbay.relay.record.Recording;
import io.patchbay.relay.record.RelayMetrics;
import io.patchbay.relay.record.RequestLog;
import io.patchbay.relay.routing.Routing;
import io.patchbay.relay.routing.RoutingResource;
import io.patchbay.relay.task.TaskChannels;
import io.patchbay.relay.task.TaskHookResource;
import io.patchbay.relay.task.TaskResource;
import io.patchbay.relay.task.Tasks;
import io.patchbay.relay.trial.ChannelTrialResource;
import io.patchbay.relay.trial.Prober;
import io.patchbay.relay.trial.Trials;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/** The parts of this room, put together. */
public final class Relay implements AutoCloseable {
    /**
     * The installation this room works for.
     *
     * @param home the folder for what is stored as files
     * @param node the name of the installation, the same after each restart
     * @param publicUrl the address of the site as others know it, without a slash at the end; empty when it is not
     *     known
     */
    public record Site(Path home, String node, String publicUrl) {}

    private final Channels channels;
    private final Vendors vendors;
    private final Routing routing;
    private final RelayServices services;
    private final Entrance entrance;
    private final Recording recording;
    private final Reconciliation reconciliation;
    private final Trials trials;
    private final Prober prober;

    private Relay(
            Channels channels,
            Vendors vendors,
            Routing routing,
            RelayServices services,
            Entrance entrance,
            Recording recording,
            Reconciliation reconciliation) {
        this.channels = channels;
        this.vendors = vendors;
        this.routing = routing;
        this.services = services;
        this.entrance = entrance;
        this.recording = recording;
        this.reconciliation = reconciliation;
        this.trials = Trials.of(services);
        this.prober = Prober.start(routing.router(), trials.chat(), services.timers(), services.clock());
    }

    /** Channel types as plugins provide them, and the data administrators add to them. */
    private record Vendors(Profiles profiles, ChannelTypes provided, ChannelFamilies families) {
        ChannelTypes types() {
            return new ProfiledChannelTypes(provided, families, profiles);
        }
    }

    /** Returns the mappers to open the database with. */
    public static List<Class<?>> mappers() {
        List<Class<?>> mappers = new ArrayList<>(Tasks.mappers());
        mappers.add(ChannelMapper.class);
        mappers.add(ProfileMapper.class);
        mappers.addAll(Routing.mappers());
        mappers.addAll(Recording.mappers());
        mappers.addAll(Reconciliation.mappers());
        return mappers;
    }

    /** Loads the channels, opens the way out, and takes up the tasks an earlier process left. */
    public static Relay open(
            Site site,
            RelayConfig config,
            LimitsConfig limits,
            Database database,
            Bus bus,
            Encryption encryption,
            ChannelTypes types,
            ChannelFamilies families,
            Admission admission,
            PriceBook prices,
            Ledger ledger,
            MeterRegistry metrics,
            InstantSource clock)
            throws Exception {
        RandomGenerator dice = () -> ThreadLocalRandom.current().nextLong();
        Channels channels = new Channels(database, new ChannelCodec(encryption), bus, clock);
        Routing routing = Routing.open(database, bus, channels, encryption, dice, clock);
        Vendors vendors = new Vendors(new Profiles(database, bus, clock), types, families);
        UpstreamClient client = new UpstreamClient(config, clock);
        Timers timers = new Timers(client.executor());
        Artifacts artifacts = new Artifacts(site.home(), site.publicUrl());
        Tasks tasks = new Tasks(new Tasks.Surroundings(
                database,
                ledger,
                prices,
                artifacts,
                new TaskChannels(channels, encryption),
                timers,
                clock,
                dice,
                site.node(),
                site.publicUrl()));
        RelayServices services = new RelayServices(
                config,
                vendors.types(),
                routing.router(),
                AnswerCache.open(database, bus, metrics, clock),
                admission,
                ledger,
                new TokenCounter(),
                client,
                timers,
                new Minting(client, timers, clock),
                new UserMarks(encryption),
                new Memos(clock),
                new Pictures(PictureFetcher.open(config.fetchPrivate()), client.executor()),
                artifacts,
                tasks,
                new RequestLog(database),
                new RelayMetrics(metrics),
                clock);
        tasks.start(new EngagedTasks(services, tasks.channels()));
        return new Relay(
                channels,
                vendors,
                routing,
                services,
                new Entrance(limits).measured(metrics),
                Recording.open(database, bus, clock),
                new Reconciliation(database));
    }

    /** Returns the channels. */
    public Channels channels() {
        return channels;
    }

    /** Returns the answers that are kept to be given again. */
    public AnswerCache answers() {
        return services.answers();
    }

    /** Returns what lets calls in. */
    public Entrance entrance() {
        return entrance;
    }

    /** Returns the meters. */
    public RelayMetrics metrics() {
        return services.metrics();
    }

    /** Returns the way to price lists of other sites. */
    public PriceSource otherSites() {
        return new OtherSites(services.client());
    }

    /** Returns the administration routes, for registration as instances. */
    public List<Object> adminResources(AuditLog audit) {
        return List.of(
                new ChannelAdminResource(channels, services.types(), audit),
                new RoutingResource(routing, channels, audit),
                new CacheAdminResource(services.answers(), audit),
                new RoutingResource.ChannelExplainResource(routing, channels),
                new ChannelTrialResource(channels, trials, audit),
                new ReconcileResource(reconciliation),
                new ProfileAdminResource(vendors.profiles(), vendors.provided(), vendors.families(), channels, audit));
    }

    /** Returns the routes of the request log, for registration as instances. */
    public List<Object> recordResources(Accounts accounts) {
        return recording.resources(accounts);
    }

    /** Returns the routes of tasks and what they made, for registration as instances. */
    public List<Object> taskResources() {
        return List.of(
                new TaskResource(
                        services.tasks(), fault -> RelayErrors.of(fault).message()),
                new TaskHookResource(services.tasks()),
                new ArtifactResource(new ArtifactDelivery(
                        services.artifacts(), services.tasks().promisedFiles())));
    }

    /** Returns the model routes and their error mapper, for registration as instances. */
    public List<Object> modelResources(long maxRequestBytes) {
        return ModelRoutes.of(services, channels, entrance, maxRequestBytes);
    }

    @Override
    public void close() {
        recording.close();
        prober.close();
        routing.close();
        services.answers().close();
        channels.close();
        vendors.profiles().close();
        services.tasks().close();
        services.timers().close();
        services.pictures().close();
        services.client().close();
        services.records().close();
    }
}
