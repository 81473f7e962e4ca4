package io.patchbay.benchmarks.scenario;

import io.patchbay.benchmarks.load.ChatBodies;
import io.patchbay.benchmarks.load.Failures;
import io.patchbay.benchmarks.load.Load;
import io.patchbay.benchmarks.load.LoadPlan;
import io.patchbay.benchmarks.process.Program;
import io.patchbay.benchmarks.report.Report;
import io.patchbay.benchmarks.site.Bare;
import io.patchbay.benchmarks.site.MariaDb;
import io.patchbay.benchmarks.site.Nginx;
import io.patchbay.benchmarks.site.PatchbayServer;
import io.patchbay.benchmarks.site.Route;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What scenarios work with: the upstream and nginx, which run all the time, and Patchbays of their own.
 *
 * @param image the unpacked distribution
 * @param folder for everything that is made on the way
 * @param javaOptions of Patchbay
 * @param upstream the scripted vendor's address
 * @param vendor its process
 * @param nginx null where there is none
 * @param mariaDb null when SQLite is used
 */
public record Lab(
        Path image,
        Path folder,
        String javaOptions,
        URI upstream,
        Program vendor,
        @Nullable Nginx nginx,
        @Nullable MariaDb mariaDb,
        Pace pace,
        Report report) {
    static final String DIRECT = "direct";
    static final String NGINX = "nginx";
    static final String BARE = "Jetty and Jersey alone";
    static final String PATCHBAY = "Patchbay";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Starts a Patchbay in an empty folder. */
    PatchbayServer start() {
        try {
            Path home = Files.createTempDirectory(folder, "home");
            Map<String, String> database = mariaDb == null ? Map.of() : mariaDb.newDatabase();
            return PatchbayServer.start(image, home, database, javaOptions);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts a Patchbay in an empty folder, with a channel for each route. */
    PatchbayServer start(Route... routes) {
        PatchbayServer server = start();
        try {
            server.setUp(upstream, List.of(routes));
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
        return server;
    }

    /** Lets a server that has just started get warm by these plans, one after another; see {@link Warming}. */
    void warm(Program server, LoadPlan... plans) {
        for (LoadPlan plan : plans) {
            report.progress("warming up");
            Warming warming = new Warming(server.pids(), pace.warmup().dividedBy(plans.length));
            try (Load load = Load.start(plan)) {
                warming.await(Load::pause);
                Failures failures = load.mark().getFirst().failures();
                failures = failures.and(load.finish(PATIENCE).getFirst().failures());
                if (failures.total() > 0) {
                    report.line("Failed while warming up: " + failures);
                }
            }
            report.progress("warm after " + warming.took().toSeconds() + " s");
        }
    }

    /** Returns the plan of that many connections over that route through Patchbay. */
    LoadPlan plan(PatchbayServer server, Route route, int connections) {
        return plan(server.chat(), server.key(), route, connections);
    }

    /** Returns the same load without Patchbay, through nginx when there is one, and through Patchbay. */
    List<Side> sides(PatchbayServer server, Route route, int connections, boolean direct) {
        List<Side> sides = new ArrayList<>();
        String path = route.path() + "/v1/chat/completions";
        if (direct) {
            sides.add(new Side(DIRECT, plan(upstream.resolve(path), "", route, connections), null));
        }
        if (nginx != null) {
            sides.add(new Side(NGINX, plan(nginx.uri().resolve(path), "", route, connections), nginx.program()));
        }
        sides.add(new Side(PATCHBAY, plan(server, route, connections), server.program()));
        return sides;
    }

    private static LoadPlan plan(URI target, String key, Route route, int connections) {
        List<byte[]> bodies = ChatBodies.small(route.model(), route.stream());
        return route.stream()
                ? LoadPlan.streams(target, key, bodies, connections, route.events())
                : LoadPlan.plain(target, key, bodies, connections);
    }

    /** Starts the libraries Patchbay is built on, with nothing of it between them, in front of that route. */
    Bare bare(Route route) {
        return Bare.start(folder, upstream.resolve(route.path() + "/v1/chat/completions"));
    }

    /** Returns the same load through the bare proxy. */
    Side side(Bare bare, Route route, int connections) {
        return new Side(BARE, plan(bare.chat(), "", route, connections), bare.program());
    }

    /** Prints what else is to be said of these: failed calls, and where the tools were the limit. */
    void remarks(Scenario scenario, List<Measured> all) {
        for (Measured measured : all) {
            if (!measured.limitedBy().isEmpty()) {
                report.line(measured.name() + ": the limit was the " + measured.limitedBy() + ".");
            }
            failures(scenario, measured.name(), measured.failures());
        }
    }

    /** Prints failed calls, if there are any, and remembers that the scenario had some. */
    void failures(Scenario scenario, String name, Failures failures) {
        if (failures.total() > 0) {
            report.line("\nFailed calls, " + name + ": " + failures);
            report.findings().failed(scenario.name());
        }
    }

    /** Returns what that side measured. */
    static Measured side(List<Measured> all, String name) {
        return all.stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
    }

    /** Tells whether that side was measured. */
    static boolean has(List<Measured> all, String name) {
        return all.stream().anyMatch(one -> one.name().equals(name));
    }
}
