package io.patchbay.kernel.generation;

import io.patchbay.kernel.Lease;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A lease whose reference to the plugin goes when it is closed, so that a forgotten object pins nothing. */
final class HeldLease<T> implements Lease<T> {
    private final Generation holder;
    private final AtomicReference<@Nullable T> service;

    HeldLease(Generation holder, T service) {
        this.holder = holder;
        this.service = new AtomicReference<>(service);
    }

    @Override
    public T service() {
        T held = service.get();
        if (held == null) {
            throw new IllegalStateException("the lease on " + pluginId() + "@" + pluginVersion() + " was given back");
        }
        return held;
    }

    @Override
    public String pluginId() {
        return holder.pluginId();
    }

    @Override
    public String pluginVersion() {
        return holder.version();
    }

    @Override
    public long generation() {
        return holder.number();
    }

    @Override
    public void close() {
        if (service.getAndSet(null) != null) {
            holder.leave();
        }
    }
}
