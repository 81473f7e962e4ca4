package io.patchbay.server.crash;

import io.patchbay.server.crash.Evidence.Sighting;
import io.patchbay.server.process.Account;
import io.patchbay.server.process.ServerProcess;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** One site that is killed again and again under load, and what came of it. Used by one thread. */
final class CrashRun {
    private static final long PLENTY = 100_000_000_000_000L;
    private static final long LITTLE = 250_000;

    private final long seed;
    private final Plan plan;
    private final SplittableRandom chance;
    private final Site site;
    private final List<Duration> starts = new ArrayList<>();
    private final List<Recovery> recoveries = new ArrayList<>();
    private int launched;
    private int kills;

    /**
     * How long and how often.
     *
     * @param load how long the server is under load in all
     * @param shortest between its start and its being killed
     * @param longest between its start and its being killed
     * @param killedWhileStarting of 100 starts so many are killed before they let a request in, in the middle of the
     *     recovery for instance
     */
    record Plan(Duration load, Duration shortest, Duration longest, int killedWhileStarting) {}

    private CrashRun(long seed, Plan plan, Site site) {
        this.seed = seed;
        this.plan = plan;
        this.site = site;
        this.chance = new SplittableRandom(seed);
    }

    /**
     * Makes a run.
     *
     * @param home an empty folder
     * @param database see {@link Site#create}
     */
    static Evidence of(long seed, Plan plan, Path home, String database) throws Exception {
        return new CrashRun(seed, plan, Site.create(home, database)).run();
    }

    private Evidence run() throws Exception {
        Orders orders = new Orders();
        Map<User, Account> accounts = site.createUsers();
        Map<User, Long> endowment = new EnumMap<>(User.class);
        List<Sighting> seen = new ArrayList<>();
        try (BillingUpstream upstream = new BillingUpstream(orders);
                HttpClient http = Load.http()) {
            Administrator administrator = null;
            Duration left = plan.load();
            for (int round = 1; left.isPositive(); round++) {
                try (ServerProcess server = ready()) {
                    if (administrator == null) {
                        administrator = Administrator.signIn(http, server.uri());
                        administrator.furnish(upstream.endpoint());
                        for (User user : User.values()) {
                            endowment.put(user, user == User.POOR ? LITTLE : PLENTY + user.ordinal());
                            administrator.give(accounts.get(user).id(), endowment.get(user));
                        }
                    }
                    Duration time = between(plan.shortest(), plan.longest());
                    Load load = new Load(orders, accounts, administrator);
                    seen.addAll(load.untilKilled(server, time, seed, round));
                    kills++;
                    left = left.minus(time);
                }
            }
            try (ServerProcess last = ready()) {
                last.kill();
                kills++;
            }
            return new Evidence(
                    seed,
                    kills,
                    orders,
                    seen,
                    upstream.bill(),
                    read(),
                    site.audit(),
                    accounts,
                    endowment,
                    recoveries,
                    starts);
        }
    }

    private Books read() throws Exception {
        try (Connection sql = site.sql()) {
            return Books.read(sql);
        }
    }

    /** Starts a server and waits until it lets requests in; some do not live so long, and others follow them. */
    private ServerProcess ready() throws InterruptedException {
        while (chance.nextInt(100) < plan.killedWhileStarting()) {
            try (ServerProcess doomed = site.start(++launched)) {
                doomed.letWork(Duration.ofMillis(chance.nextLong(300, 2_000)));
                doomed.kill();
                kills++;
                remember(doomed);
            }
        }
        ServerProcess server = site.start(++launched);
        try {
            starts.add(server.awaitReady());
            remember(server);
            return server;
        } catch (Throwable e) {
            server.close();
            throw e;
        }
    }

    private void remember(ServerProcess server) {
        Recovery recovery = Recovery.toldIn(server.output());
        if (recovery != null) {
            recoveries.add(recovery);
        }
    }

    private Duration between(Duration shortest, Duration longest) {
        return Duration.ofMillis(chance.nextLong(shortest.toMillis(), longest.toMillis() + 1));
    }
}
