package io.patchbay.kernel.generation;

import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One loaded version of a plugin with the calls that use it.
 *
 * <p>Leases are taken and given back by any thread; everything else changes on the life-cycle thread only. After {@link #release()}
 * nothing here refers to the plugin's classes.
 */
public final class Generation {
    private final long number;
    private final String pluginId;
    private final String version;
    private final String sha256;
    private final LeaseGate gate;
    private volatile @Nullable Loaded loaded;
    private volatile @Nullable Instant retiredAt;

    /**
     * @param number unique within this process and growing
     * @param pluginId the plugin's id
     * @param version the plugin's version
     * @param sha256 the jar's digest in lower-case hexadecimal
     * @param loaded the plugin in memory
     * @param drained told when the generation is retired and its last call has ended, on the thread that ended it
     */
    public Generation(
            long number, String pluginId, String version, String sha256, Loaded loaded, Consumer<Generation> drained) {
        this.number = number;
        this.pluginId = pluginId;
        this.version = version;
        this.sha256 = sha256;
        this.loaded = loaded;
        this.gate = new LeaseGate(() -> drained.accept(this));
    }

    /** Returns its number. */
    public long number() {
        return number;
    }

    /** Returns the plugin's id. */
    public String pluginId() {
        return pluginId;
    }

    /** Returns the plugin's version. */
    public String version() {
        return version;
    }

    /** Returns the jar's digest. */
    public String sha256() {
        return sha256;
    }

    /** Returns the services it provides; none once it was released. */
    public List<Provided<?, ?>> provided() {
        Loaded now = loaded;
        return now == null ? List.of() : now.provided();
    }

    /** Returns how many host services it holds. */
    public int lent() {
        Loaded now = loaded;
        return now == null ? 0 : now.lent();
    }

    /** Returns the calls it serves now. */
    public int leases() {
        return gate.held();
    }

    /** Returns when it was retired; null while new calls may reach it. */
    public @Nullable Instant retiredAt() {
        return retiredAt;
    }

    /** Returns whether it is retired and serves no call. */
    public boolean drained() {
        return gate.empty();
    }

    /**
     * Refuses further leases. The registry must lead new calls elsewhere before.
     *
     * @param at the time, for the console
     */
    public void retire(Instant at) {
        retiredAt = at;
        gate.shut();
    }

    /** Accepts leases again; the registry may lead new calls here afterwards. */
    public void restore() {
        gate.open();
        retiredAt = null;
    }

    /**
     * Lets go of the plugin in memory.
     *
     * @return what is to be unloaded
     * @throws IllegalStateException when it was released before
     */
    public Loaded release() {
        Loaded was = loaded;
        loaded = null;
        if (was == null) {
            throw new IllegalStateException("generation " + number + " of " + pluginId + " was released before");
        }
        return was;
    }

    boolean enter() {
        return gate.enter();
    }

    void leave() {
        gate.leave();
    }
}
