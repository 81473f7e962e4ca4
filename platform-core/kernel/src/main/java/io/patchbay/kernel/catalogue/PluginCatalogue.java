package io.patchbay.kernel.catalogue;

import io.patchbay.kernel.PluginRejected;
import io.patchbay.kernel.RejectionCode;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;
import org.pf4j.AbstractPluginManager;
import org.pf4j.DefaultExtensionFactory;
import org.pf4j.DefaultVersionManager;
import org.pf4j.ExtensionFactory;
import org.pf4j.ExtensionFinder;
import org.pf4j.ManifestPluginDescriptorFinder;
import org.pf4j.Plugin;
import org.pf4j.PluginDependency;
import org.pf4j.PluginDescriptor;
import org.pf4j.PluginDescriptorFinder;
import org.pf4j.PluginFactory;
import org.pf4j.PluginLoader;
import org.pf4j.PluginRepository;
import org.pf4j.PluginState;
import org.pf4j.PluginStatusProvider;
import org.pf4j.PluginWrapper;
import org.pf4j.ServiceProviderExtensionFinder;
import org.pf4j.VersionManager;

/**
 * PF4J as the catalogue: which plugins are installed, enabled, and need which others.
 *
 * <p>It loads no class and starts nothing; the life-cycle does. Where PF4J's own ways would harm (one missing dependency leaves all
 * plugins unresolved, an unset system version switches checks off, an update deletes before it loads), they are replaced or
 * refused here. Confined to the life-cycle thread.
 */
public final class PluginCatalogue extends AbstractPluginManager {
    private static final Descriptors DESCRIPTORS = new Descriptors();

    private final Versions ranges = new Versions();

    /**
     * @param folder where plugin jars are kept; PF4J asks for one, nothing is searched for there
     * @param platformVersion a semantic version
     */
    public PluginCatalogue(Path folder, String platformVersion) {
        super(folder);
        setSystemVersion(platformVersion);
    }

    /** Reads the {@code Plugin-*} headers. */
    static PluginDescriptor descriptorOf(Manifest manifest) {
        return DESCRIPTORS.read(manifest);
    }

    /** Enters a plugin, in place of another version of it. */
    public void enter(InspectedJar jar, boolean enabled) {
        drop(jar.id());
        PluginWrapper wrapper = new PluginWrapper(this, jar.descriptor(), jar.path(), null);
        wrapper.setPluginFactory(getPluginFactory());
        plugins.put(jar.id(), wrapper);
        enable(jar.id(), enabled);
    }

    /** Notes whether a plugin should run. */
    public void enable(String id, boolean enabled) {
        PluginWrapper wrapper = plugins.get(id);
        if (wrapper == null) {
            return;
        }
        if (enabled) {
            pluginStatusProvider.enablePlugin(id);
        } else {
            pluginStatusProvider.disablePlugin(id);
        }
        wrapper.setPluginState(enabled ? PluginState.RESOLVED : PluginState.DISABLED);
    }

    /** Forgets a plugin. */
    public void drop(String id) {
        plugins.remove(id);
        pluginStatusProvider.enablePlugin(id);
    }

    /**
     * Checks what a plugin needs: the platform's version, and other plugins installed, enabled and in range.
     *
     * @throws PluginRejected with {@link RejectionCode#REQUIRES}
     */
    public void checkNeeds(InspectedJar jar) {
        requirePlatform(jar);
        for (PluginDependency dependency : jar.descriptor().getDependencies()) {
            PluginWrapper other = plugins.get(dependency.getPluginId());
            boolean present = other != null && !isPluginDisabled(dependency.getPluginId());
            if (!present && dependency.isOptional()) {
                continue;
            }
            if (other == null || !present) {
                throw new PluginRejected(
                        RejectionCode.REQUIRES,
                        "%s %s needs the plugin %s, which is %s. %s it first."
                                .formatted(
                                        jar.id(),
                                        jar.version(),
                                        dependency.getPluginId(),
                                        other == null ? "not installed" : "disabled",
                                        other == null ? "Install" : "Enable"));
            }
            requireRange(jar, dependency, other.getDescriptor().getVersion());
        }
    }

    private void requirePlatform(InspectedJar jar) {
        boolean fits;
        try {
            fits = ranges.within(getSystemVersion(), jar.requires());
        } catch (IllegalArgumentException e) {
            throw new PluginRejected(
                    RejectionCode.REQUIRES,
                    "%s %s has a Plugin-Requires that cannot be read: %s."
                            .formatted(jar.id(), jar.version(), e.getMessage()));
        }
        if (!fits) {
            throw new PluginRejected(
                    RejectionCode.REQUIRES,
                    "%s %s needs Patchbay %s, and this is %s. Take a version of the plugin that was made for this platform."
                            .formatted(jar.id(), jar.version(), jar.requires(), getSystemVersion()));
        }
    }

    private void requireRange(InspectedJar jar, PluginDependency dependency, String found) {
        boolean fits;
        try {
            fits = ranges.within(found, dependency.getPluginVersionSupport());
        } catch (IllegalArgumentException e) {
            throw new PluginRejected(
                    RejectionCode.REQUIRES,
                    "%s %s has a Plugin-Dependencies header that cannot be read: %s."
                            .formatted(jar.id(), jar.version(), e.getMessage()));
        }
        if (!fits) {
            throw new PluginRejected(
                    RejectionCode.REQUIRES,
                    "%s %s needs the plugin %s in version %s, and %s is installed. Install a fitting version first."
                            .formatted(
                                    jar.id(),
                                    jar.version(),
                                    dependency.getPluginId(),
                                    dependency.getPluginVersionSupport(),
                                    found));
        }
    }

    /**
     * Checks that no enabled plugin would miss one that changes or goes.
     *
     * @param id the plugin that changes
     * @param version its version afterwards; null when it will not run
     * @throws PluginRejected with {@link RejectionCode#NEEDED_BY}
     */
    public void checkNeededBy(String id, @Nullable String version) {
        for (PluginWrapper other : plugins.values()) {
            if (other.getPluginId().equals(id) || isPluginDisabled(other.getPluginId())) {
                continue;
            }
            for (PluginDependency dependency : other.getDescriptor().getDependencies()) {
                if (dependency.getPluginId().equals(id) && !dependency.isOptional() && !served(dependency, version)) {
                    throw new PluginRejected(
                            RejectionCode.NEEDED_BY,
                            "The plugin %s needs %s in version %s. Disable or update %s first."
                                    .formatted(
                                            other.getPluginId(),
                                            id,
                                            dependency.getPluginVersionSupport(),
                                            other.getPluginId()));
                }
            }
        }
    }

    private boolean served(PluginDependency dependency, @Nullable String version) {
        if (version == null) {
            return false;
        }
        try {
            return ranges.within(version, dependency.getPluginVersionSupport());
        } catch (IllegalArgumentException e) {
            return true;
        }
    }

    /** Returns the entered plugins so that each comes after those it needs; circles are broken at their first id. */
    public List<String> startOrder() {
        Set<String> ordered = new LinkedHashSet<>();
        Set<String> visiting = new HashSet<>();
        plugins.keySet().stream().sorted().forEach(id -> visit(id, visiting, ordered));
        return List.copyOf(ordered);
    }

    private void visit(String id, Set<String> visiting, Set<String> ordered) {
        PluginWrapper wrapper = plugins.get(id);
        if (wrapper == null || !visiting.add(id)) {
            return;
        }
        wrapper.getDescriptor().getDependencies().stream()
                .map(PluginDependency::getPluginId)
                .sorted()
                .forEach(needed -> visit(needed, visiting, ordered));
        ordered.add(id);
    }

    @Override
    public void loadPlugins() {
        throw driven();
    }

    @Override
    public String loadPlugin(Path pluginPath) {
        throw driven();
    }

    @Override
    public void startPlugins() {
        throw driven();
    }

    @Override
    public PluginState startPlugin(String pluginId) {
        throw driven();
    }

    @Override
    public void stopPlugins() {
        throw driven();
    }

    @Override
    protected PluginState stopPlugin(String pluginId, boolean stopDependents) {
        throw driven();
    }

    @Override
    public void unloadPlugins() {
        throw driven();
    }

    @Override
    protected boolean unloadPlugin(String pluginId, boolean unloadDependents, boolean resolveDependencies) {
        throw driven();
    }

    @Override
    public boolean deletePlugin(String pluginId) {
        throw driven();
    }

    private static UnsupportedOperationException driven() {
        return new UnsupportedOperationException("the life-cycle thread drives plugins; this is their catalogue");
    }

    // The methods below run inside the super constructor, before any field of this class exists.

    @Override
    protected PluginDescriptorFinder createPluginDescriptorFinder() {
        return new Descriptors();
    }

    @Override
    protected PluginRepository createPluginRepository() {
        return new PluginRepository() {
            @Override
            public List<Path> getPluginPaths() {
                return List.of();
            }

            @Override
            public boolean deletePluginPath(Path pluginPath) {
                return false;
            }
        };
    }

    @Override
    protected PluginStatusProvider createPluginStatusProvider() {
        return new PluginStatusProvider() {
            private final Set<String> disabled = new HashSet<>();

            @Override
            public boolean isPluginDisabled(String pluginId) {
                return disabled.contains(pluginId);
            }

            @Override
            public void disablePlugin(String pluginId) {
                disabled.add(pluginId);
            }

            @Override
            public void enablePlugin(String pluginId) {
                disabled.remove(pluginId);
            }
        };
    }

    @Override
    protected PluginFactory createPluginFactory() {
        return wrapper -> new Plugin() {};
    }

    @Override
    protected PluginLoader createPluginLoader() {
        return new PluginLoader() {
            @Override
            public boolean isApplicable(Path pluginPath) {
                return false;
            }

            @Override
            public ClassLoader loadPlugin(Path pluginPath, PluginDescriptor pluginDescriptor) {
                throw driven();
            }
        };
    }

    @Override
    protected ExtensionFactory createExtensionFactory() {
        return new DefaultExtensionFactory();
    }

    @Override
    protected ExtensionFinder createExtensionFinder() {
        return new ServiceProviderExtensionFinder(this);
    }

    @Override
    protected VersionManager createVersionManager() {
        return new DefaultVersionManager();
    }

    /** Opens PF4J's reading of one manifest, which it only offers for files. */
    private static final class Descriptors extends ManifestPluginDescriptorFinder {
        private PluginDescriptor read(Manifest manifest) {
            return createPluginDescriptor(manifest);
        }
    }
}
