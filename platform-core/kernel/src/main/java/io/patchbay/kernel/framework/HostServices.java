package io.patchbay.kernel.framework;

import io.patchbay.spi.host.HostInfo;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceFactory;
import org.osgi.framework.ServiceRegistration;

/**
 * Services the host lends to plugins: each plugin gets an object of its own, which stops working when the plugin stops. What is lent
 * is counted per bundle.
 */
final class HostServices {
    private final Map<Long, Integer> lent = new ConcurrentHashMap<>();
    private final HostInfo info;

    HostServices(HostInfo info) {
        this.info = info;
    }

    /** Offers everything to the bundles of a framework. */
    void register(BundleContext context) {
        context.registerService(HostInfo.class, new Lender<>(() -> new LentInfo(info)), null);
    }

    /** Returns how many services a bundle holds. */
    int lentTo(Bundle bundle) {
        return lent.getOrDefault(bundle.getBundleId(), 0);
    }

    /** A lent object that can be taken back. */
    private interface Returnable {
        void takeBack();
    }

    private final class Lender<S> implements ServiceFactory<S> {
        private final Supplier<? extends S> make;

        private Lender(Supplier<? extends S> make) {
            this.make = make;
        }

        @Override
        public S getService(Bundle bundle, ServiceRegistration<S> registration) {
            lent.merge(bundle.getBundleId(), 1, Integer::sum);
            return make.get();
        }

        @Override
        public void ungetService(Bundle bundle, ServiceRegistration<S> registration, S service) {
            lent.computeIfPresent(bundle.getBundleId(), (id, count) -> count == 1 ? null : count - 1);
            if (service instanceof Returnable returnable) {
                returnable.takeBack();
            }
        }
    }

    private static final class LentInfo implements HostInfo, Returnable {
        private final HostInfo info;
        private volatile boolean back;

        private LentInfo(HostInfo info) {
            this.info = info;
        }

        @Override
        public void takeBack() {
            back = true;
        }

        @Override
        public String platformVersion() {
            return lent().platformVersion();
        }

        @Override
        public @Nullable String publicUrl() {
            return lent().publicUrl();
        }

        private HostInfo lent() {
            if (back) {
                throw new IllegalStateException("the plugin was stopped; the host's services were taken back");
            }
            return info;
        }
    }
}
