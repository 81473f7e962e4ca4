package io.patchbay.kernel.framework;

import io.patchbay.kernel.Guarded;
import io.patchbay.kernel.Guarded.Outcome;
import io.patchbay.kernel.PluginRejected;
import io.patchbay.kernel.RejectionCode;
import io.patchbay.kernel.ServiceKind;
import io.patchbay.kernel.catalogue.InspectedJar;
import io.patchbay.kernel.framework.LoadedBundle.Held;
import io.patchbay.kernel.generation.Provided;
import io.patchbay.spi.ChannelType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;

/**
 * Gets hold of what a started bundle offers, through both doors, and asks each service what it is.
 *
 * <p>Services registered with the framework (by Declarative Services or by hand) come first; {@code META-INF/services} is read for
 * the kinds of which none was registered, so that a class with both kinds of entry is not made twice. What a service brings along
 * is held beside it.
 */
final class ServiceCollector {
    private final BundleContext host;
    private final ServiceComponentRuntime runtime;
    private final List<ServiceKind<?, ?>> kinds;

    ServiceCollector(BundleContext host, ServiceComponentRuntime runtime, List<ServiceKind<?, ?>> kinds) {
        this.host = host;
        this.runtime = runtime;
        this.kinds = kinds;
    }

    /**
     * Collects into a list that the caller owns, so that what was held before a refusal can be given back.
     *
     * @throws PluginRejected with what is wrong
     */
    void collect(InspectedJar jar, Bundle bundle, ClassLoader loader, List<Held> held) {
        for (ServiceKind<?, ?> kind : kinds) {
            if (!registered(jar, bundle, kind, held)) {
                listed(jar, kind, loader, held);
            }
        }
        refuseFailures(jar, bundle);
        if (held.isEmpty()) {
            throw nothing(jar, bundle);
        }
        Set<String> ids = new HashSet<>();
        for (Held one : held) {
            Provided<?, ?> provided = one.provided();
            if (!ids.add(provided.kind().label() + " " + provided.id())) {
                throw new PluginRejected(
                        RejectionCode.DUPLICATE_PROVIDED_ID,
                        "%s %s provides the %s '%s' twice. Give each its own id."
                                .formatted(
                                        jar.id(), jar.version(), provided.kind().label(), provided.id()));
            }
        }
    }

    private boolean registered(InspectedJar jar, Bundle bundle, ServiceKind<?, ?> kind, List<Held> held) {
        boolean any = false;
        ServiceReference<?>[] references = bundle.getRegisteredServices();
        for (ServiceReference<?> reference : references == null ? new ServiceReference<?>[0] : references) {
            Object classes = reference.getProperty(Constants.OBJECTCLASS);
            if (!(classes instanceof String[] names)
                    || !List.of(names).contains(kind.type().getName())) {
                continue;
            }
            any = true;
            Object service = host.getService(reference);
            if (service == null) {
                refuseFailures(jar, bundle);
                throw new PluginRejected(
                        RejectionCode.CONSTRUCTOR_FAILED,
                        "%s %s registers a %s but could not make it. Look for the reason in the plugin's own log lines."
                                .formatted(jar.id(), jar.version(), kind.label()));
            }
            Provided<?, ?> provided;
            try {
                provided = probe(jar, kind, service);
            } catch (PluginRejected e) {
                host.ungetService(reference);
                throw e;
            }
            hold(jar, provided, reference, held);
        }
        return any;
    }

    private void listed(InspectedJar jar, ServiceKind<?, ?> kind, ClassLoader loader, List<Held> held) {
        if (loader.getResource("META-INF/services/" + kind.type().getName()) == null) {
            return;
        }
        Outcome<List<Object>> made = Guarded.call(() -> ServiceLoader.load(kind.type(), loader).stream()
                .<Object>map(ServiceLoader.Provider::get)
                .collect(Collectors.toCollection(ArrayList::new)));
        if (made.value() == null) {
            throw new PluginRejected(
                    RejectionCode.CONSTRUCTOR_FAILED,
                    "%s %s lists a %s in META-INF/services that could not be made: %s."
                            .formatted(jar.id(), jar.version(), kind.label(), made.fault()));
        }
        for (Object service : made.value()) {
            hold(jar, probe(jar, kind, service), null, held);
        }
    }

    /** Holds a service and the channel types it brings along. */
    private <T, D> void hold(
            InspectedJar jar, Provided<T, D> provided, @Nullable ServiceReference<?> reference, List<Held> held) {
        held.add(new Held(provided, reference));
        ServiceKind<T, D> kind = provided.kind();
        Outcome<List<ChannelType>> members =
                Guarded.call(() -> List.copyOf(kind.members().apply(provided.service())));
        if (members.value() == null) {
            throw unusable(jar, kind, "cannot name its channel types: " + members.fault());
        }
        for (ChannelType member : members.value()) {
            held.add(new Held(probe(jar, ServiceKind.CHANNEL_TYPE, member), null));
        }
    }

    private void refuseFailures(InspectedJar jar, Bundle bundle) {
        String failure = Diagnosis.failure(bundle, runtime);
        if (failure != null) {
            throw new PluginRejected(
                    RejectionCode.CONSTRUCTOR_FAILED,
                    "%s %s could not make %s. Mend the class and upload the plugin again."
                            .formatted(jar.id(), jar.version(), failure));
        }
    }

    private PluginRejected nothing(InspectedJar jar, Bundle bundle) {
        List<String> waiting = Diagnosis.waiting(bundle, runtime);
        String wanted = kinds.stream().map(kind -> kind.type().getName()).collect(Collectors.joining(", "));
        String why = waiting.isEmpty()
                ? "Annotate a class with @Component(service = …) or name it in META-INF/services."
                : String.join("; ", waiting) + ".";
        return new PluginRejected(
                RejectionCode.NO_SERVICE,
                "%s %s offers no service the platform knows (%s). %s".formatted(jar.id(), jar.version(), wanted, why));
    }

    private <T, D> Provided<T, D> probe(InspectedJar jar, ServiceKind<T, D> kind, Object service) {
        if (!kind.type().isInstance(service)) {
            throw unusable(
                    jar,
                    kind,
                    "is a " + service.getClass().getName() + ", which does not implement the host's "
                            + kind.type().getName());
        }
        T typed = kind.type().cast(service);
        Outcome<@Nullable D> first = Guarded.call(() -> kind.describe().apply(typed));
        D descriptor = first.value();
        if (descriptor == null) {
            throw unusable(
                    jar, kind, first.failed() ? "cannot describe itself: " + first.fault() : "has no descriptor");
        }
        Outcome<@Nullable String> id = Guarded.call(() -> kind.id().apply(descriptor));
        Outcome<@Nullable String> again =
                Guarded.call(() -> kind.id().apply(kind.describe().apply(typed)));
        String name = id.value();
        if (name == null || name.isBlank()) {
            throw unusable(jar, kind, id.failed() ? "cannot say its id: " + id.fault() : "has no id");
        }
        if (!Objects.equals(name, again.value())) {
            throw unusable(
                    jar, kind, "says another id each time it is asked: '" + name + "', then '" + again.value() + "'");
        }
        return new Provided<>(kind, name, typed, descriptor);
    }

    private static PluginRejected unusable(InspectedJar jar, ServiceKind<?, ?> kind, String what) {
        return new PluginRejected(
                RejectionCode.PROBE_FAILED,
                "A %s of %s %s %s. Mend the plugin and upload it again."
                        .formatted(kind.label(), jar.id(), jar.version(), what));
    }
}
