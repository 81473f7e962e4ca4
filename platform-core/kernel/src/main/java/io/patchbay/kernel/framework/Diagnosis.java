package io.patchbay.kernel.framework;

import io.patchbay.kernel.catalogue.HostPackages;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.service.component.runtime.dto.UnsatisfiedReferenceDTO;

/** Finds out, in words, why a bundle does not resolve or a component does not run. */
final class Diagnosis {
    private static final Pattern PACKAGE = Pattern.compile("\\(osgi\\.wiring\\.package=([^)]+)\\)");
    private static final Pattern BOUND = Pattern.compile("(!?)\\(version(>=|<=)([^)]+)\\)");

    private Diagnosis() {}

    /** Returns what a bundle wants that nobody provides, packages first by name; empty when all of it is there. */
    static List<String> missing(Bundle bundle, FrameworkWiring wiring, HostPackages host) {
        Set<String> packages = new TreeSet<>();
        Set<String> others = new LinkedHashSet<>();
        for (BundleRequirement requirement : bundle.adapt(BundleRevision.class).getDeclaredRequirements(null)) {
            if (optional(requirement) || provided(requirement, bundle, wiring)) {
                continue;
            }
            if (requirement.getNamespace().equals(PackageNamespace.PACKAGE_NAMESPACE)) {
                packages.add(packageName(requirement, host));
            } else {
                others.add(requirement.getNamespace() + " "
                        + requirement.getDirectives().getOrDefault("filter", ""));
            }
        }
        List<String> all = new ArrayList<>(packages);
        all.addAll(others);
        return all;
    }

    private static boolean optional(BundleRequirement requirement) {
        return "optional".equals(requirement.getDirectives().get("resolution"))
                || "dynamic".equals(requirement.getDirectives().get("resolution"))
                || !requirement
                        .getDirectives()
                        .getOrDefault("effective", "resolve")
                        .equals("resolve");
    }

    private static boolean provided(BundleRequirement requirement, Bundle bundle, FrameworkWiring wiring) {
        for (BundleCapability capability : wiring.findProviders(requirement)) {
            Bundle provider = capability.getRevision().getBundle();
            if (provider.equals(bundle) || !provider.getLocation().startsWith(Isolation.LOCATION)) {
                return true;
            }
        }
        return false;
    }

    private static String packageName(BundleRequirement requirement, HostPackages host) {
        String filter = requirement.getDirectives().getOrDefault("filter", "");
        Matcher name = PACKAGE.matcher(filter);
        if (!name.find()) {
            return filter;
        }
        List<String> bounds = new ArrayList<>();
        Matcher bound = BOUND.matcher(filter);
        while (bound.find()) {
            boolean not = !bound.group(1).isEmpty();
            bounds.add((not ? "<" : bound.group(2)) + bound.group(3));
        }
        String lent = host.version(name.group(1))
                .map(version -> "; the host has " + version)
                .orElse("");
        return name.group(1) + (bounds.isEmpty() ? "" : " (version " + String.join(" ", bounds) + lent + ")");
    }

    /** Returns why a component of the bundle could not be made; null when none failed. */
    static @Nullable String failure(Bundle bundle, ServiceComponentRuntime runtime) {
        for (ComponentDescriptionDTO component : runtime.getComponentDescriptionDTOs(bundle)) {
            for (ComponentConfigurationDTO one : runtime.getComponentConfigurationDTOs(component)) {
                if (one.failure != null) {
                    return component.implementationClass + ": " + summary(one.failure);
                }
            }
        }
        return null;
    }

    /** Returns what the bundle's components wait for; empty when they wait for nothing. */
    static List<String> waiting(Bundle bundle, ServiceComponentRuntime runtime) {
        List<String> waiting = new ArrayList<>();
        for (ComponentDescriptionDTO component : runtime.getComponentDescriptionDTOs(bundle)) {
            for (ComponentConfigurationDTO one : runtime.getComponentConfigurationDTOs(component)) {
                for (UnsatisfiedReferenceDTO reference : one.unsatisfiedReferences) {
                    waiting.add(component.implementationClass + " waits for a service that nobody offers (reference "
                            + reference.name + ")");
                }
                if (one.state == ComponentConfigurationDTO.UNSATISFIED_CONFIGURATION) {
                    waiting.add(component.implementationClass + " waits for a configuration, which plugins do not get");
                }
            }
            if ("require".equals(component.configurationPolicy)
                    && runtime.getComponentConfigurationDTOs(component).isEmpty()) {
                waiting.add(component.implementationClass + " waits for a configuration, which plugins do not get");
            }
        }
        return waiting;
    }

    /** Shortens a printed stack trace to what was thrown, by what it was caused, and where. */
    static String summary(String trace) {
        String thrown = "";
        String cause = "";
        String place = "";
        boolean placed = false;
        for (String line : trace.split("\\R")) {
            String text = line.strip();
            if (text.startsWith("Caused by: ")) {
                cause = text.substring("Caused by: ".length());
                placed = false;
            } else if (text.startsWith("at ") && !placed) {
                place = text.substring("at ".length());
                placed = true;
            } else if (thrown.isEmpty()) {
                thrown = text;
            }
        }
        // Reflection's wrapper tells nobody anything.
        boolean wrapped = thrown.startsWith("java.lang.reflect.InvocationTargetException");
        String what = cause.isEmpty() ? thrown : wrapped ? cause : thrown + "; caused by " + cause;
        return what + (place.isEmpty() ? "" : " (at " + place + ")");
    }
}
