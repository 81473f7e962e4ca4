package io.patchbay.kernel.framework;

import io.patchbay.kernel.Guarded;
import io.patchbay.kernel.generation.Loaded;
import io.patchbay.kernel.generation.Provided;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.ServiceReference;

/** A started plugin bundle with the service objects that are held for it. */
final class LoadedBundle implements Loaded {
    private final Bundle bundle;
    private final BundleContext host;
    private final HostServices services;
    private final ClassLoader loader;
    private final List<Held> held;
    private final List<Provided<?, ?>> provided;

    /**
     * A service object that is held.
     *
     * @param provided the object
     * @param reference where it came from; null for one from {@code META-INF/services} and for one that
     *     another service brings along
     */
    record Held(Provided<?, ?> provided, @Nullable ServiceReference<?> reference) {}

    LoadedBundle(Bundle bundle, BundleContext host, HostServices services, ClassLoader loader, List<Held> held) {
        this.bundle = bundle;
        this.host = host;
        this.services = services;
        this.loader = loader;
        this.held = List.copyOf(held);
        this.provided = held.stream().<Provided<?, ?>>map(Held::provided).toList();
    }

    @Override
    public List<Provided<?, ?>> provided() {
        return provided;
    }

    @Override
    public ClassLoader loader() {
        return loader;
    }

    @Override
    public int lent() {
        return services.lentTo(bundle);
    }

    @Override
    public String unload() {
        return String.join("; ", discard(bundle, host, loader, held));
    }

    /** Gives services back, stops and uninstalls a bundle, however far it came. */
    static List<String> discard(Bundle bundle, BundleContext host, @Nullable ClassLoader loader, List<Held> held) {
        List<String> faults = new ArrayList<>();
        try (LoaderScope ignored = LoaderScope.enter(loader == null ? LoadedBundle.class.getClassLoader() : loader)) {
            for (Held one : held) {
                String fault = Guarded.run(() -> giveBack(one, host));
                if (fault != null) {
                    faults.add(fault);
                }
            }
            try {
                bundle.stop(Bundle.STOP_TRANSIENT);
            } catch (BundleException | IllegalStateException e) {
                faults.add(Guarded.describe(e));
            }
        }
        try {
            bundle.uninstall();
        } catch (BundleException | IllegalStateException e) {
            faults.add(Guarded.describe(e));
        }
        return faults;
    }

    private static void giveBack(Held one, BundleContext host) throws Exception {
        if (one.reference() != null) {
            host.ungetService(one.reference());
        } else if (one.provided().service() instanceof AutoCloseable closeable) {
            closeable.close();
        }
    }
}
