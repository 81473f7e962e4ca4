package io.patchbay.server;

import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.patchbay.accounts.Accounts;
import io.patchbay.accounts.RootUser;
import io.patchbay.billing.Billing;
import io.patchbay.billing.admission.Admission;
import io.patchbay.billing.ledger.Ledger;
import io.patchbay.billing.ledger.NodeIdentity;
import io.patchbay.billing.plan.Plans;
import io.patchbay.billing.policy.BillingPolicies;
import io.patchbay.billing.price.PriceBook;
import io.patchbay.foundation.config.LogConfig;
import io.patchbay.foundation.config.PatchbayConfig;
import io.patchbay.foundation.crypto.Encryption;
import io.patchbay.foundation.database.Database;
import io.patchbay.foundation.log.Logging;
import io.patchbay.foundation.state.SharedState;
import io.patchbay.kernel.KernelConfig;
import io.patchbay.kernel.PluginKernel;
import io.patchbay.relay.Relay;
import io.patchbay.relay.record.RequestRecordMapper;
import io.patchbay.server.http.Health;
import io.patchbay.server.http.HttpServer;
import io.patchbay.server.socket.LiveSocket;
import java.io.PrintStream;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running Patchbay. Starting reads top to bottom in the order things happen; stopping is the reverse. */
public final class Patchbay implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Patchbay.class);

    private final PatchbayConfig config;
    private final Closer closer;
    private final HttpServer http;
    private final Parts parts;
    private final Optional<String> generatedRootPassword;

    /** The rooms, for tests that look inside. */
    public record Parts(
            Database database,
            Accounts accounts,
            Ledger ledger,
            PriceBook prices,
            PluginKernel plugins,
            Relay relay,
            Health health) {}

    private Patchbay(
            PatchbayConfig config,
            Closer closer,
            HttpServer http,
            Parts parts,
            Optional<String> generatedRootPassword) {
        this.config = config;
        this.closer = closer;
        this.http = http;
        this.parts = parts;
        this.generatedRootPassword = generatedRootPassword;
    }

    /**
     * Starts everything; what was started is stopped again when a later part fails.
     *
     * @throws Exception when a part cannot start; the message says which and what to do
     */
    public static Patchbay start(PatchbayConfig config, LogConfig logConfig) throws Exception {
        long begun = System.nanoTime();
        Closer closer = new Closer();
        try {
            InstantSource clock = InstantSource.system();
            Instant processStart = clock.instant();
            Logging.configure(config.home(), logConfig);
            JavaLogging.intoOurs();
            closer.add("logging", Logging::close);

            Database database = closer.add("database", Database.open(config.database(), mappers()));
            SharedState state = SharedState.inProcess(clock);

            Plans plans = closer.add("plans", Plans.open(database, state.bus(), clock));
            BillingPolicies policies = closer.add("billing policy", BillingPolicies.open(database, state.bus()));
            Accounts accounts =
                    closer.add("accounts", Accounts.open(database, state, config.security(), plans::group, clock));
            Optional<String> generated =
                    RootUser.ensure(accounts.users(), config.security().rootPassword());

            PriceBook prices = closer.add("prices", PriceBook.open(database, state.bus(), clock));
            NodeIdentity identity = NodeIdentity.load(config.home());
            Ledger ledger = closer.add("ledger", Ledger.start(database, identity, clock));
            ledger.recover(processStart);

            PluginKernel plugins = closer.add(
                    "plugins",
                    PluginKernel.start(KernelConfig.of(config, version(), null), database, state.bus(), clock));

            PrometheusMeterRegistry metrics = metrics();
            database.bindTo(metrics);
            Relay relay = closer.add(
                    "relay",
                    Relay.open(
                            new Relay.Site(
                                    config.home(),
                                    identity.node(),
                                    config.server().publicUrl()),
                            config.relay(),
                            config.limits(),
                            database,
                            state.bus(),
                            new Encryption(config.security(), "channels"),
                            plugins.channelTypes(),
                            plugins.channelFamilies(),
                            new Admission(prices, plans, policies::current, ledger, clock),
                            prices,
                            ledger,
                            metrics,
                            clock));

            Health health = new Health().check("database", () -> answers(database));
            Applications applications = new Applications(
                    config,
                    accounts,
                    new Billing.Parts(database, state, ledger, prices, plans, policies, clock),
                    plugins,
                    relay);
            HttpServer http = closer.add(
                    "http",
                    HttpServer.start(
                            config.server(),
                            config.limits(),
                            new HttpServer.Content(
                                    applications.api(),
                                    applications.relay(),
                                    List.of(LiveSocket.config(accounts.authenticator(), plugins.events())),
                                    health,
                                    metrics)));
            closer.add("readiness", health::stopping);
            health.started();
            log.info(
                    "Patchbay {} started in {} ms on {}",
                    version(),
                    (System.nanoTime() - begun) / 1_000_000,
                    http.uri());
            return new Patchbay(
                    config,
                    closer,
                    http,
                    new Parts(database, accounts, ledger, prices, plugins, relay, health),
                    generated);
        } catch (Exception | Error e) {
            closer.close();
            throw e;
        }
    }

    private static List<Class<?>> mappers() {
        List<Class<?>> mappers = new ArrayList<>();
        mappers.addAll(Accounts.mappers());
        mappers.addAll(Billing.mappers());
        mappers.addAll(PluginKernel.mappers());
        mappers.addAll(Relay.mappers());
        return mappers;
    }

    private static boolean answers(Database database) {
        return database.read(RequestRecordMapper.class, mapper -> mapper.newest(0, 1))
                .isEmpty();
    }

    private static PrometheusMeterRegistry metrics() {
        PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        new JvmMemoryMetrics().bindTo(metrics);
        new JvmGcMetrics().bindTo(metrics);
        new JvmThreadMetrics().bindTo(metrics);
        new ProcessorMetrics().bindTo(metrics);
        return metrics;
    }

    /** Sets the password of the root user in a database that no server uses at the moment. */
    static void setRootPassword(PatchbayConfig config, String password) {
        InstantSource clock = InstantSource.system();
        try (Database database = Database.open(config.database(), mappers());
                Accounts accounts = Accounts.open(database, SharedState.inProcess(clock), config.security(), clock)) {
            RootUser.ensure(accounts.users(), password);
            RootUser.setPassword(accounts.users(), password);
        }
    }

    /** Tells the operator where to go and how to sign in. The password is shown here once and written nowhere. */
    void greet(PrintStream out) {
        out.println();
        out.println("  Patchbay is ready:  " + http.uri());
        out.println("  State is kept in:   " + config.home());
        generatedRootPassword.ifPresentOrElse(
                password -> {
                    out.println("  Sign in as:         root");
                    out.println("  with the password:  " + password);
                    out.println("  It is shown this once; the first sign-in asks for a new one.");
                },
                () -> out.println("  Sign in as:         root, with the password you set"));
        out.println();
        out.flush();
    }

    /** Returns where it serves. */
    public URI uri() {
        return http.uri();
    }

    /** Returns the rooms. */
    public Parts parts() {
        return parts;
    }

    /** Returns the version of this build. */
    static String version() {
        String version = Patchbay.class.getPackage().getImplementationVersion();
        return version == null ? "0.1.0" : version.replace("-SNAPSHOT", "");
    }

    /** Takes no more work, waits for running answers up to the drain time-out, and stops everything. */
    @Override
    public void close() {
        closer.close();
    }
}
