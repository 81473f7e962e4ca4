package io.patchbay.kernel.generation;

import io.patchbay.foundation.state.Subscription;
import io.patchbay.kernel.Guarded;
import io.patchbay.kernel.Lease;
import io.patchbay.kernel.Offered;
import io.patchbay.kernel.ServiceKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leads each kind and id to the generation that answers new calls.
 *
 * <p>Readers see one immutable snapshot and never wait. Only the life-cycle thread changes it: always the snapshot first, then
 * the gate of the generation that lost its place, so that a reader who finds a shut gate only has to look again.
 */
public final class Registry {
    private static final Logger log = LoggerFactory.getLogger(Registry.class);

    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile Snapshot snapshot = new Snapshot(Map.of(), Map.of());

    /** One id of one kind. */
    private record Key(Class<?> type, String id) {}

    /** What answers a key. */
    private record Slot(Provided<?, ?> provided, Generation generation) {}

    private record Snapshot(Map<Key, Slot> slots, Map<String, Generation> byPlugin) {}

    /**
     * Takes a lease on the current generation.
     *
     * @return the lease; empty when nothing offers that id
     */
    public <T, D> Optional<Lease<T>> lease(ServiceKind<T, D> kind, String id) {
        Key key = new Key(kind.type(), id);
        while (true) {
            Slot slot = snapshot.slots().get(key);
            if (slot == null) {
                return Optional.empty();
            }
            if (slot.generation().enter()) {
                return Optional.of(new HeldLease<>(
                        slot.generation(), kind.type().cast(slot.provided().service())));
            }
            Thread.onSpinWait();
        }
    }

    /** Returns what is offered of a kind, ordered by id. */
    public <T, D> List<Offered<D>> offers(ServiceKind<T, D> kind) {
        List<Offered<D>> offers = new ArrayList<>();
        snapshot.slots().forEach((key, slot) -> {
            if (key.type() == kind.type()) {
                @SuppressWarnings(
                        "unchecked") // a slot's kind is the one its key names, and its descriptor came from that kind
                Provided<T, D> provided = (Provided<T, D>) slot.provided();
                Generation generation = slot.generation();
                offers.add(new Offered<>(
                        provided.id(),
                        provided.descriptor(),
                        generation.pluginId(),
                        generation.version(),
                        generation.number()));
            }
        });
        offers.sort(Comparator.comparing(Offered::id));
        return List.copyOf(offers);
    }

    /** Returns the id of the plugin that offers a service now, or null. */
    public @Nullable String providerOf(ServiceKind<?, ?> kind, String id) {
        Slot slot = snapshot.slots().get(new Key(kind.type(), id));
        return slot == null ? null : slot.generation().pluginId();
    }

    /** Leads new calls to a generation, in place of whatever its plugin offered before. Life-cycle thread only. */
    public void flip(Generation generation) {
        Map<String, Generation> byPlugin = new HashMap<>(snapshot.byPlugin());
        byPlugin.put(generation.pluginId(), generation);
        publish(byPlugin);
    }

    /** Leads no new call to a plugin. Life-cycle thread only. */
    public void withdraw(String pluginId) {
        Map<String, Generation> byPlugin = new HashMap<>(snapshot.byPlugin());
        if (byPlugin.remove(pluginId) != null) {
            publish(byPlugin);
        }
    }

    private void publish(Map<String, Generation> byPlugin) {
        Map<Key, Slot> slots = new HashMap<>();
        for (Generation generation : byPlugin.values()) {
            for (Provided<?, ?> provided : generation.provided()) {
                slots.put(new Key(provided.kind().type(), provided.id()), new Slot(provided, generation));
            }
        }
        snapshot = new Snapshot(Map.copyOf(slots), Map.copyOf(byPlugin));
        for (Runnable listener : listeners) {
            String fault = Guarded.run(listener::run);
            if (fault != null) {
                log.warn("a listener of plugin changes failed: {}", fault);
            }
        }
    }

    /** Runs a listener after every change, on the life-cycle thread. */
    public Subscription onChange(Runnable listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }
}
