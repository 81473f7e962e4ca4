package io.patchbay.kernel.lifecycle;

import io.patchbay.kernel.ObservedState;
import io.patchbay.kernel.catalogue.InspectedJar;
import io.patchbay.kernel.generation.Generation;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All the life-cycle thread knows of one plugin. Confined to that thread; others see {@link View}s of it. */
final class Slot {
    final String id;
    /** The row; null for a bundled plugin that was refused. */
    @Nullable
    DesiredPlugin desired;
    /** The jar that should run; null when it could not be read. */
    @Nullable
    InspectedJar jar;
    /** What new calls reach. */
    @Nullable
    Generation current;
    /** Retired generations, the latest retired last. */
    final Deque<Generation> draining = new ArrayDeque<>();

    ObservedState state = ObservedState.INSTALLED;

    @Nullable
    String cause;
    /** The row that was last acted upon, so that a plugin that fails is not tried over and over. */
    @Nullable
    DesiredPlugin attempted;

    Slot(String id) {
        this.id = id;
    }

    /** Returns the row unless the plugin was removed or never stored. */
    @Nullable
    DesiredPlugin live() {
        DesiredPlugin row = desired;
        return row == null || row.removed() ? null : row;
    }

    /** What other threads may see of a slot. Generations tell their live figures themselves. */
    record View(
            String id,
            @Nullable DesiredPlugin desired,
            @Nullable InspectedJar jar,
            @Nullable Generation current,
            List<Generation> draining,
            ObservedState state,
            @Nullable String cause) {}

    View view() {
        return new View(id, live(), jar, current, List.copyOf(draining), state, cause);
    }
}
