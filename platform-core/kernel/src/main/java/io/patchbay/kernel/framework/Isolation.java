package io.patchbay.kernel.framework;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.hooks.resolver.ResolverHook;
import org.osgi.framework.hooks.resolver.ResolverHookFactory;
import org.osgi.framework.hooks.service.EventListenerHook;
import org.osgi.framework.hooks.service.FindHook;
import org.osgi.framework.hooks.service.ListenerHook.ListenerInfo;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;

/**
 * Keeps plugins apart: a plugin is wired to the host and to itself only, and sees only the host's services and its own.
 *
 * <p>So two versions of a plugin can live side by side, and none can pin another's class loader.
 */
final class Isolation implements ResolverHookFactory, FindHook, EventListenerHook {
    /** The location prefix of bundles that are plugins. */
    static final String LOCATION = "plugin:";

    @Override
    public ResolverHook begin(Collection<BundleRevision> triggers) {
        return new Filter();
    }

    private static boolean plugin(Bundle bundle) {
        return bundle.getLocation().startsWith(LOCATION);
    }

    private static boolean apart(Bundle one, Bundle other) {
        return !one.equals(other) && plugin(one) && plugin(other);
    }

    @Override
    public void find(
            BundleContext context,
            String name,
            String filter,
            boolean allServices,
            Collection<ServiceReference<?>> references) {
        references.removeIf(reference -> apart(context.getBundle(), reference.getBundle()));
    }

    @Override
    public void event(ServiceEvent event, Map<BundleContext, Collection<ListenerInfo>> listeners) {
        Bundle owner = event.getServiceReference().getBundle();
        Set<BundleContext> contexts = Set.copyOf(listeners.keySet());
        contexts.stream().filter(context -> apart(context.getBundle(), owner)).forEach(listeners::remove);
    }

    private static final class Filter implements ResolverHook {
        @Override
        public void filterResolvable(Collection<BundleRevision> candidates) {
            // Whatever may be resolved, may be resolved.
        }

        @Override
        public void filterSingletonCollisions(
                BundleCapability singleton, Collection<BundleCapability> collisionCandidates) {
            // Two versions of a plugin that calls itself a singleton have to live side by side during a swap.
            collisionCandidates.clear();
        }

        @Override
        public void filterMatches(BundleRequirement requirement, Collection<BundleCapability> candidates) {
            Bundle wanting = requirement.getRevision().getBundle();
            for (BundleCapability candidate : List.copyOf(candidates)) {
                if (apart(wanting, candidate.getRevision().getBundle())) {
                    candidates.remove(candidate);
                }
            }
        }

        @Override
        public void end() {
            // Nothing was kept.
        }
    }
}
