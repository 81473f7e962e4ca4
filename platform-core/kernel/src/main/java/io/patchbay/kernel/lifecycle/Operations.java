package io.patchbay.kernel.lifecycle;

import io.patchbay.kernel.Installed;
import io.patchbay.kernel.ObservedState;
import io.patchbay.kernel.PluginEvent.Phase;
import io.patchbay.kernel.PluginEvents;
import io.patchbay.kernel.PluginRejected;
import io.patchbay.kernel.RejectionCode;
import io.patchbay.kernel.catalogue.InspectedJar;
import io.patchbay.kernel.catalogue.PluginCatalogue;
import io.patchbay.kernel.catalogue.PluginStore;
import io.patchbay.kernel.catalogue.Versions;
import io.patchbay.kernel.generation.Generation;
import io.patchbay.kernel.lifecycle.DesiredPlugin.Origin;
import io.patchbay.kernel.lifecycle.DesiredPlugin.Version;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an operator can do to a plugin.
 *
 * <p>Every change follows one order: check, bring the new generation to life, store the desired state durably, lead calls over. What
 * fails before the last step leaves things as they were. Confined to the life-cycle thread.
 */
final class Operations {
    private final DesiredState desired;
    private final StoredJars jars;
    private final PluginCatalogue catalogue;
    private final Trials trials;
    private final Swaps swaps;
    private final PluginEvents events;
    private final Map<String, Slot> slots;
    private final Versions versions = new Versions();

    Operations(
            DesiredState desired,
            StoredJars jars,
            PluginCatalogue catalogue,
            Trials trials,
            Swaps swaps,
            PluginEvents events,
            Map<String, Slot> slots) {
        this.desired = desired;
        this.jars = jars;
        this.catalogue = catalogue;
        this.trials = trials;
        this.swaps = swaps;
        this.events = events;
        this.slots = slots;
    }

    /** Installs a received and inspected jar, or replaces another version by it. */
    Installed.Change install(InspectedJar jar, Origin by) {
        Slot slot = slots.computeIfAbsent(jar.id(), Slot::new);
        try {
            return installInto(slot, jar, by);
        } catch (PluginRejected e) {
            refused(slot, jar, by, e);
            throw e;
        }
    }

    private Installed.Change installInto(Slot slot, InspectedJar jar, Origin by) {
        DesiredPlugin before = slot.live();
        if (before != null && before.sha256().equals(jar.sha256()) && atGoal(slot, before)) {
            return Installed.Change.UNCHANGED;
        }
        if (before != null) {
            refuseOtherContent(jar, by, before);
            if (before.enabled()) {
                catalogue.checkNeededBy(jar.id(), jar.version());
            }
        }
        events.publish(
                jar.id(),
                jar.version(),
                Phase.FOUND,
                0,
                0,
                0,
                "found, SHA-256 " + jar.sha256().substring(0, 8) + "…");
        catalogue.checkNeeds(jar);
        Generation next = trials.start(jar);
        Version version = new Version(jar.version(), PluginStore.fileName(jar), jar.sha256());
        DesiredPlugin after = before == null
                ? DesiredPlugin.fresh(jar.id(), version, by, desired.now())
                : before.to(version, by, desired.now());
        adopt(slot, () -> jars.keep(jar), after, next);
        return before == null ? Installed.Change.ADDED : Installed.Change.UPDATED;
    }

    private static boolean atGoal(Slot slot, DesiredPlugin row) {
        Generation current = slot.current;
        if (slot.jar == null) {
            return false;
        }
        return !row.enabled() || (current != null && current.sha256().equals(row.sha256()));
    }

    private void refuseOtherContent(InspectedJar jar, Origin by, DesiredPlugin before) {
        // A bundled jar is what the distribution says it is; a pre-release is rebuilt under its name all day.
        if (by == Origin.OPERATOR
                && before.version().equals(jar.version())
                && !before.sha256().equals(jar.sha256())
                && !versions.preRelease(jar.version())) {
            throw new PluginRejected(
                    RejectionCode.SAME_VERSION_DIFFERENT_CONTENT,
                    "%s %s is installed with other content. Raise its Plugin-Version; only pre-releases such as 1.2.0-dev may change."
                            .formatted(jar.id(), jar.version()));
        }
    }

    private void refused(Slot slot, InspectedJar jar, Origin by, PluginRejected e) {
        events.publish(jar.id(), jar.version(), Phase.FAILED, 0, 0, 0, "refused: " + e.text());
        if (slot.live() != null) {
            slot.cause = e.text();
        } else if (by == Origin.BUNDLED) {
            slot.state = ObservedState.FAILED;
            slot.cause = e.text();
            slot.jar = jar;
        } else if (slot.draining.isEmpty() && slot.desired == null) {
            slots.remove(slot.id);
        }
    }

    /** Stores what is wanted and leads calls over; takes the new generation down again when storing fails. */
    private void adopt(Slot slot, Keeping keeping, DesiredPlugin after, Generation next) {
        boolean stored = false;
        InspectedJar jar;
        try {
            jar = keeping.keep();
            desired.save(after);
            stored = true;
        } finally {
            if (!stored) {
                trials.abandon(next);
                jars.prune(slot);
            }
        }
        note(slot, after, jar);
        if (after.enabled()) {
            swaps.flip(slot, next);
        } else {
            trials.abandon(next);
            slot.cause = null;
        }
        jars.prune(slot);
    }

    /** Puts a jar where it stays. */
    private interface Keeping {
        InspectedJar keep();
    }

    /** Takes a row over as acted upon. */
    void note(Slot slot, DesiredPlugin row, @Nullable InspectedJar jar) {
        slot.desired = row;
        slot.attempted = row;
        slot.jar = jar == null ? slot.jar : jar;
        if (row.removed()) {
            catalogue.drop(slot.id);
        } else if (slot.jar != null) {
            catalogue.enter(slot.jar, row.enabled());
        }
    }

    /** Switches a plugin on; one that failed is tried again. */
    void enable(String id) {
        Slot slot = require(id);
        DesiredPlugin row = requireRow(slot);
        if (row.enabled() && atGoal(slot, row)) {
            return;
        }
        changing(slot, row.version(), () -> {
            InspectedJar jar = jars.read(id, row.current());
            catalogue.checkNeeds(jar);
            Generation next = trials.start(jar);
            adopt(slot, () -> jar, row.enabled(true, desired.now()), next);
        });
    }

    /** Switches a plugin off; running calls may end. */
    void disable(String id) {
        Slot slot = require(id);
        DesiredPlugin row = requireRow(slot);
        if (!row.enabled()) {
            return;
        }
        catalogue.checkNeededBy(id, null);
        DesiredPlugin after = row.enabled(false, desired.now());
        desired.save(after);
        note(slot, after, null);
        events.publish(id, row.version(), Phase.DISABLED, 0, 0, 0, "was disabled");
        rest(slot, ObservedState.DISABLED);
    }

    /** Removes a plugin and its jars; running calls may end. */
    void remove(String id) {
        Slot slot = require(id);
        DesiredPlugin row = slot.live();
        catalogue.checkNeededBy(id, null);
        if (row != null) {
            DesiredPlugin after = row.removed(desired.now());
            desired.save(after);
            note(slot, after, null);
            events.publish(id, row.version(), Phase.REMOVED, 0, 0, 0, "was removed");
        }
        rest(slot, ObservedState.DRAINING);
        jars.prune(slot);
        if (slot.draining.isEmpty()) {
            slots.remove(id);
        }
    }

    /** Leads calls away from a plugin; it is as told once the last one has ended. */
    void rest(Slot slot, ObservedState quiet) {
        slot.cause = null;
        swaps.withdraw(slot);
        slot.state = slot.draining.isEmpty() ? quiet : ObservedState.DRAINING;
    }

    /** Goes back to the version before the present one, from its stored jar. */
    void rollback(String id) {
        Slot slot = require(id);
        DesiredPlugin row = requireRow(slot);
        Version previous = row.previous();
        if (previous == null) {
            throw new PluginRejected(
                    RejectionCode.NOTHING_TO_ROLL_BACK,
                    "%s has had no version but %s. Upload the wanted version instead.".formatted(id, row.version()));
        }
        Generation draining = latest(slot, previous.sha256());
        if (draining != null && row.enabled()) {
            back(slot, row, draining, previous);
            return;
        }
        changing(slot, previous.version(), () -> {
            InspectedJar jar = jars.read(id, previous);
            catalogue.checkNeeds(jar);
            if (row.enabled()) {
                catalogue.checkNeededBy(id, jar.version());
            }
            Generation next = trials.start(jar);
            adopt(slot, () -> jar, row.to(previous, Origin.OPERATOR, desired.now()), next);
        });
    }

    /** Leads new calls back to the generation that was retired last, while it still drains. */
    void undo(String id) {
        Slot slot = require(id);
        DesiredPlugin row = requireRow(slot);
        Generation old = slot.draining.peekLast();
        Version version = old == null ? null : known(row, old.sha256());
        if (old == null || version == null) {
            throw new PluginRejected(
                    RejectionCode.NOTHING_TO_UNDO,
                    "%s has no draining generation to go back to. Use rollback, or upload the wanted version."
                            .formatted(id));
        }
        back(slot, row, old, version);
    }

    private void back(Slot slot, DesiredPlugin row, Generation old, Version version) {
        trials.refuseTaken(old);
        catalogue.checkNeededBy(slot.id, old.version());
        InspectedJar jar = jars.read(slot.id, version);
        Origin by = version.sha256().equals(row.sha256()) ? row.origin() : Origin.OPERATOR;
        DesiredPlugin after = row.to(version, by, desired.now()).enabled(true, desired.now());
        desired.save(after);
        note(slot, after, jar);
        swaps.restore(slot, old);
    }

    private static @Nullable Version known(DesiredPlugin row, String sha256) {
        Version previous = row.previous();
        if (row.sha256().equals(sha256)) {
            return row.current();
        }
        return previous != null && previous.sha256().equals(sha256) ? previous : null;
    }

    private static @Nullable Generation latest(Slot slot, String sha256) {
        Generation found = null;
        for (Generation one : slot.draining) {
            found = one.sha256().equals(sha256) ? one : found;
        }
        return found;
    }

    private void changing(Slot slot, String version, Runnable change) {
        try {
            change.run();
        } catch (PluginRejected e) {
            slot.cause = e.text();
            events.publish(slot.id, version, Phase.FAILED, 0, 0, 0, "refused: " + e.text());
            throw e;
        }
    }

    private Slot require(String id) {
        Slot slot = slots.get(id);
        if (slot == null || (slot.desired != null && slot.desired.removed())) {
            throw new PluginRejected(RejectionCode.UNKNOWN_PLUGIN, "There is no plugin '" + id + "'.");
        }
        return slot;
    }

    private static DesiredPlugin requireRow(Slot slot) {
        DesiredPlugin row = slot.live();
        if (row == null) {
            throw new PluginRejected(
                    RejectionCode.UNKNOWN_PLUGIN,
                    "The plugin '" + slot.id + "' was never installed: " + slot.cause
                            + " Upload a version that works.");
        }
        return row;
    }
}
