package io.patchbay.kernel;

/**
 * One live call on one generation of a plugin.
 *
 * <p>While a lease is open its generation is neither stopped nor unloaded (short of the drain deadline), so a lease has to
 * cover the whole answer with its asynchronous tail. Leases may be handed from thread to thread.
 *
 * @param <T> the service interface
 */
public interface Lease<T> extends AutoCloseable {

    /**
     * Returns the leased service.
     *
     * @throws IllegalStateException after {@link #close()}: the generation may be gone by then
     */
    T service();

    /** Returns the id of the plugin that answers. */
    String pluginId();

    /** Returns the {@code Plugin-Version} that answers. */
    String pluginVersion();

    /** Returns the number of the generation, unique within this process and growing. */
    long generation();

    /** Gives the lease back. Idempotent and safe from any thread: only the first call counts. */
    @Override
    void close();
}
