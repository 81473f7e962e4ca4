package io.patchbay.kernel.lifecycle;

import io.patchbay.kernel.ObservedState;
import io.patchbay.kernel.PluginStatus;
import io.patchbay.kernel.PluginStatus.Draining;
import io.patchbay.kernel.PluginStatus.Provided;
import io.patchbay.kernel.PluginStatus.Uncollected;
import io.patchbay.kernel.catalogue.InspectedJar;
import io.patchbay.kernel.generation.Generation;
import io.patchbay.kernel.generation.LeakWatch;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes down for operators what the life-cycle knows. */
final class Statuses {
    private Statuses() {}

    static PluginStatus of(Slot.View view, List<LeakWatch.Entry> uncollected) {
        DesiredPlugin desired = view.desired();
        InspectedJar jar = view.jar();
        Generation current = view.current();
        return new PluginStatus(
                view.id(),
                jar == null ? view.id() : jar.name(),
                jar == null ? "" : jar.description(),
                jar == null ? "" : jar.provider(),
                jar == null ? "" : jar.license(),
                jar == null ? "*" : jar.requires(),
                jar == null ? List.of() : jar.dependencies(),
                desired == null ? null : desired.version(),
                desired != null && desired.enabled(),
                desired == null
                        ? view.state() == ObservedState.FAILED
                        : desired.origin() == DesiredPlugin.Origin.BUNDLED,
                desired == null ? null : desired.previousVersion(),
                view.state(),
                current == null ? null : current.version(),
                current == null ? 0 : current.number(),
                current == null ? 0 : current.leases(),
                provides(current),
                view.draining().stream().map(Statuses::draining).toList(),
                uncollected.stream()
                        .filter(entry -> entry.pluginId().equals(view.id()))
                        .map(entry -> new Uncollected(entry.version(), entry.generation(), entry.since()))
                        .toList(),
                current == null ? 0 : current.lent(),
                view.cause(),
                desired == null ? null : desired.updatedAt());
    }

    private static List<Provided> provides(@Nullable Generation current) {
        if (current == null) {
            return List.of();
        }
        return current.provided().stream()
                .map(provided -> new Provided(provided.kind().label(), provided.id()))
                .sorted(Comparator.comparing(Provided::kind).thenComparing(Provided::id))
                .toList();
    }

    private static Draining draining(Generation generation) {
        Instant since = generation.retiredAt();
        return new Draining(
                generation.version(), generation.number(), generation.leases(), since == null ? Instant.EPOCH : since);
    }
}
