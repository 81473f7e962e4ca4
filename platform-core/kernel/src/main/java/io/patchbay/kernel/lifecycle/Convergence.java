package io.patchbay.kernel.lifecycle;

import io.patchbay.kernel.ObservedState;
import io.patchbay.kernel.PluginEvent.Phase;
import io.patchbay.kernel.PluginEvents;
import io.patchbay.kernel.PluginRejected;
import io.patchbay.kernel.catalogue.InspectedJar;
import io.patchbay.kernel.catalogue.PluginCatalogue;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Moves this node towards rows that are there already: at the start, and after other nodes. Confined to the life-cycle thread. */
final class Convergence {
    private final StoredJars jars;
    private final PluginCatalogue catalogue;
    private final Trials trials;
    private final Swaps swaps;
    private final Operations operations;
    private final PluginEvents events;
    private final Map<String, Slot> slots;

    Convergence(
            StoredJars jars,
            PluginCatalogue catalogue,
            Trials trials,
            Swaps swaps,
            Operations operations,
            PluginEvents events,
            Map<String, Slot> slots) {
        this.jars = jars;
        this.catalogue = catalogue;
        this.trials = trials;
        this.swaps = swaps;
        this.operations = operations;
        this.events = events;
        this.slots = slots;
    }

    /** Makes a plugin run as its row says; what goes wrong is noted and nothing else suffers. */
    void activate(Slot slot, DesiredPlugin row) {
        try {
            InspectedJar jar = jars.read(slot.id, row.current());
            operations.note(slot, row, jar);
            catalogue.checkNeeds(jar);
            swaps.flip(slot, trials.start(jar));
        } catch (PluginRejected e) {
            operations.note(slot, row, null);
            slot.cause = e.text();
            if (slot.current == null) {
                slot.state = ObservedState.FAILED;
            }
            events.publish(slot.id, row.version(), Phase.FAILED, 0, 0, 0, e.text());
        }
    }

    /** Follows a row that another node changed. */
    void follow(DesiredPlugin row) {
        Slot slot = slots.get(row.id());
        if (slot == null) {
            if (row.removed()) {
                return;
            }
            slot = new Slot(row.id());
            slots.put(row.id(), slot);
        }
        if (row.equals(slot.attempted)) {
            return;
        }
        if (!row.removed() && row.enabled() && !runs(slot, row)) {
            activate(slot, row);
            return;
        }
        operations.note(slot, row, readable(row));
        if (row.removed() || !row.enabled()) {
            operations.rest(slot, ObservedState.DISABLED);
        }
        if (row.removed() && slot.draining.isEmpty()) {
            slots.remove(row.id());
        }
    }

    private static boolean runs(Slot slot, DesiredPlugin row) {
        return slot.current != null && slot.current.sha256().equals(row.sha256());
    }

    private @Nullable InspectedJar readable(DesiredPlugin row) {
        try {
            return row.removed() ? null : jars.read(row.id(), row.current());
        } catch (PluginRejected e) {
            return null;
        }
    }

    /** Enters a row into the catalogue before anything starts, so that the order of starting can be told. */
    void enter(DesiredPlugin row) {
        Slot slot = new Slot(row.id());
        slots.put(row.id(), slot);
        try {
            slot.desired = row;
            slot.jar = row.removed() ? null : jars.read(row.id(), row.current());
            if (slot.jar != null) {
                catalogue.enter(slot.jar, row.enabled());
            }
            slot.state = row.enabled() ? ObservedState.INSTALLED : ObservedState.DISABLED;
            slot.attempted = row.enabled() ? null : row;
        } catch (PluginRejected e) {
            slot.state = row.enabled() ? ObservedState.FAILED : ObservedState.DISABLED;
            slot.cause = e.text();
            slot.attempted = row;
            events.publish(row.id(), row.version(), Phase.FAILED, 0, 0, 0, e.text());
        }
    }
}
