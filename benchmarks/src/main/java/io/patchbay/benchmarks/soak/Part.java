package io.patchbay.benchmarks.soak;

import io.patchbay.benchmarks.load.ChatBodies;
import io.patchbay.benchmarks.load.FailureKind;
import io.patchbay.benchmarks.load.Failures;
import io.patchbay.benchmarks.load.LoadPlan;
import io.patchbay.benchmarks.load.Phase;
import io.patchbay.benchmarks.site.PatchbayServer;
import io.patchbay.benchmarks.site.Route;
import java.net.URI;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One kind of traffic.
 *
 * @param name for people
 * @param expected how its calls must fail, because the upstream does; empty where they must not
 */
record Part(String name, LoadPlan plan, Set<FailureKind> expected) {
    static final Route PACED = Route.paced(100);
    static final Route FAILING = new Route("fault-500", "/fault/500", "openai", 0);
    static final Route BREAKING = new Route("fault-cut", "/fault/cut/20/50000", "openai", 20);
    static final Route SILENT = new Route("silent", "/slow/60000", "openai", 0);

    /** All that lead to a channel. */
    static final List<Route> ROUTES =
            List.of(PACED, Route.PLAIN, Route.STREAM, Route.CLAUDE, FAILING, BREAKING, SILENT);

    /** A stream that did not end as it should, by what its client saw. */
    private static final Set<FailureKind> CUTS =
            EnumSet.of(FailureKind.CUT, FailureKind.INCOMPLETE, FailureKind.WRONG_COUNT, FailureKind.ERROR_EVENT);

    private static final int PACED_STREAMS = 300;
    private static final int LARGE_BYTES = 400_000;
    private static final Duration RAMP = Duration.ofSeconds(5);

    /** Returns what is sent, all at once. */
    static List<Part> all(PatchbayServer server) {
        return List.of(
                new Part("paced streams", plan(server, PACED, PACED_STREAMS).over(RAMP), Set.of()),
                new Part("plain calls", plan(server, Route.PLAIN, 64).rate(100), Set.of()),
                new Part("unpaced streams", plan(server, Route.STREAM, 16).rate(20), Set.of()),
                new Part("converted streams", plan(server, Route.CLAUDE, 16).rate(20), Set.of()),
                new Part("large prompts", large(server).rate(0.5), Set.of()),
                new Part("upstream answers 500", plan(server, FAILING, 4).rate(2), EnumSet.of(FailureKind.STATUS)),
                // While the channel rests it is not asked, and its model has no other.
                new Part(
                        "upstream breaks off",
                        plan(server, BREAKING, 16).rate(2),
                        EnumSet.of(FailureKind.ERROR_EVENT, FailureKind.STATUS)));
    }

    private static LoadPlan plan(PatchbayServer server, Route route, int connections) {
        URI target = server.chat();
        List<byte[]> bodies = ChatBodies.small(route.model(), route.stream());
        return route.stream()
                ? LoadPlan.streams(target, server.key(), bodies, connections, route.events())
                : LoadPlan.plain(target, server.key(), bodies, connections);
    }

    private static LoadPlan large(PatchbayServer server) {
        return LoadPlan.plain(
                server.chat(), server.key(), ChatBodies.ofSize(Route.PLAIN.model(), false, LARGE_BYTES, 4), 2);
    }

    /** Returns how many failed as they must. */
    long foreseen(Phase phase) {
        return sum(phase.failures(), expected);
    }

    /** Returns the streams that were cut although nothing was wrong with the upstream. */
    long cut(Phase phase) {
        return plan.stream() && expected.isEmpty() ? sum(phase.failures(), CUTS) : 0;
    }

    /** Returns what else did not end as it must, by kind; answers where none can be are told as a wrong count. */
    Map<FailureKind, Long> unforeseen(Phase phase) {
        Map<FailureKind, Long> found = new EnumMap<>(FailureKind.class);
        phase.failures().counts().forEach((kind, count) -> {
            boolean cut = plan.stream() && expected.isEmpty() && CUTS.contains(kind);
            if (!cut && !expected.contains(kind)) {
                found.put(kind, count);
            }
        });
        if (!expected.isEmpty() && phase.calls() > 0) {
            found.merge(FailureKind.WRONG_COUNT, phase.calls(), Long::sum);
        }
        return found;
    }

    private static long sum(Failures failures, Set<FailureKind> kinds) {
        return failures.counts().entrySet().stream()
                .filter(entry -> kinds.contains(entry.getKey()))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }
}
