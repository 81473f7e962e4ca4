package io.patchbay.kernel.framework;

import io.patchbay.kernel.Guarded;
import io.patchbay.kernel.PluginRejected;
import io.patchbay.kernel.RejectionCode;
import io.patchbay.kernel.ServiceKind;
import io.patchbay.kernel.catalogue.HostPackages;
import io.patchbay.kernel.catalogue.InspectedJar;
import io.patchbay.kernel.framework.LoadedBundle.Held;
import io.patchbay.kernel.generation.Loaded;
import io.patchbay.spi.host.HostInfo;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.felix.framework.FrameworkFactory;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.hooks.resolver.ResolverHookFactory;
import org.osgi.framework.hooks.service.EventListenerHook;
import org.osgi.framework.hooks.service.FindHook;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.service.component.runtime.ServiceComponentRuntime;

/**
 * The embedded framework: Felix for class loading and wiring, the Declarative Services runtime for activation.
 *
 * <p>Only that runtime and plugin bundles live in it. Loading and unloading run plugin code on the calling thread.
 */
public final class PluginFramework implements AutoCloseable {
    private static final long STOP_MILLIS = 10_000;

    /** What every class may see without an import; the JDK only, through the platform class loader. */
    private static final String JDK_PACKAGES =
            "javax.*,org.w3c.dom,org.w3c.dom.*,org.xml.sax,org.xml.sax.*,org.ietf.jgss,jdk.*,sun.*,com.sun.*";

    /** Besides what Felix finds out itself: META-INF/services is honoured, which some build tools ask for. */
    private static final String CAPABILITIES = "osgi.ee;osgi.ee=\"JavaSE\";version:List<Version>="
            + "\"1.8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25\","
            + "osgi.extender;osgi.extender=\"osgi.serviceloader.registrar\";version:Version=\"1.0\"";

    private final Framework framework;
    private final CacheFolder cache;
    private final HostPackages hostPackages;
    private final HostServices services;
    private final BundleContext context;
    private final ServiceComponentRuntime runtime;

    private PluginFramework(
            Framework framework,
            CacheFolder cache,
            HostPackages hostPackages,
            HostServices services,
            ServiceComponentRuntime runtime) {
        this.framework = framework;
        this.cache = cache;
        this.hostPackages = hostPackages;
        this.services = services;
        this.context = framework.getBundleContext();
        this.runtime = runtime;
    }

    /** Told how far loading came. */
    public interface Progress {
        /** The classes are wired. */
        void resolved();
    }

    /**
     * Starts an empty framework.
     *
     * @param cacheRoot holds one folder per process, with derived data only
     * @param info what plugins may know of the host
     * @throws IllegalStateException when the program's own class path is broken
     */
    public static PluginFramework start(Path cacheRoot, HostInfo info) {
        ClassPathBundles bundles = ClassPathBundles.scan(PluginFramework.class.getClassLoader());
        HostPackages hostPackages = bundles.hostPackages();
        CacheFolder cache = CacheFolder.open(cacheRoot);
        Framework framework = new FrameworkFactory().newFramework(configuration(cache, hostPackages));
        HostServices services = new HostServices(info);
        try {
            framework.init();
            BundleContext context = framework.getBundleContext();
            Isolation isolation = new Isolation();
            context.registerService(ResolverHookFactory.class, isolation, null);
            context.registerService(FindHook.class, isolation, null);
            context.registerService(EventListenerHook.class, isolation, null);
            services.register(context);
            framework.start();
            try (InputStream scr = bundles.openScr()) {
                context.installBundle("host:scr", scr).start();
            }
            return new PluginFramework(framework, cache, hostPackages, services, runtime(context));
        } catch (BundleException | IOException e) {
            stop(framework);
            cache.close();
            throw new IllegalStateException("the plugin framework cannot start: " + e.getMessage(), e);
        }
    }

    private static Map<String, Object> configuration(CacheFolder cache, HostPackages hostPackages) {
        Map<String, Object> configuration = new HashMap<>();
        configuration.put(
                Constants.FRAMEWORK_STORAGE, cache.path().resolve("bundles").toString());
        configuration.put(Constants.FRAMEWORK_STORAGE_CLEAN, Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT);
        // Two jars of one plugin version may be loaded at a time; Plugin-Version is what orders them.
        configuration.put(Constants.FRAMEWORK_BSNVERSION, Constants.FRAMEWORK_BSNVERSION_MULTIPLE);
        configuration.put(Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA, hostPackages.exportClauses());
        configuration.put(Constants.FRAMEWORK_SYSTEMCAPABILITIES_EXTRA, CAPABILITIES);
        configuration.put(Constants.FRAMEWORK_BOOTDELEGATION, JDK_PACKAGES);
        configuration.put(Constants.FRAMEWORK_BUNDLE_PARENT, Constants.FRAMEWORK_BUNDLE_PARENT_EXT);
        // True by default, and then a class that is on the host's class path by accident is found by plugins too.
        configuration.put("felix.bootdelegation.implicit", "false");
        // True by default, and then the JVM's URL handlers are taken over for good.
        configuration.put("felix.service.urlhandlers", "false");
        // The folder has its own lock, and one resolver thread is enough for one life-cycle thread.
        configuration.put("felix.cache.locking", "false");
        configuration.put("felix.resolver.parallelism", "1");
        configuration.put("felix.log.logger", new FrameworkLog());
        // The life-cycle asks for failures and reports them; the runtime would print them to the console besides.
        configuration.put("ds.log.enabled", "false");
        configuration.put("ds.delayed.keepInstances", "true");
        return configuration;
    }

    private static ServiceComponentRuntime runtime(BundleContext context) {
        ServiceReference<ServiceComponentRuntime> reference =
                context.getServiceReference(ServiceComponentRuntime.class);
        ServiceComponentRuntime runtime = reference == null ? null : context.getService(reference);
        if (runtime == null) {
            throw new IllegalStateException("the Declarative Services runtime did not start");
        }
        return runtime;
    }

    /** Returns the packages lent to plugins. */
    public HostPackages hostPackages() {
        return hostPackages;
    }

    /**
     * Installs, resolves, starts and probes a plugin, beside whatever runs.
     *
     * @param jar the plugin
     * @param generation a number no other load of this process had
     * @param kinds the services it may provide
     * @param progress told on the calling thread
     * @return the plugin in memory
     * @throws PluginRejected with what is wrong; nothing of it stays
     */
    public Loaded load(InspectedJar jar, long generation, List<ServiceKind<?, ?>> kinds, Progress progress) {
        Bundle bundle = install(jar, generation);
        List<Held> held = new ArrayList<>();
        ClassLoader loader = null;
        boolean done = false;
        try {
            resolve(jar, bundle);
            progress.resolved();
            loader = bundle.adapt(BundleWiring.class).getClassLoader();
            try (LoaderScope ignored = LoaderScope.enter(loader)) {
                start(jar, bundle);
                new ServiceCollector(context, runtime, kinds).collect(jar, bundle, loader, held);
            }
            done = true;
            return new LoadedBundle(bundle, context, services, loader, held);
        } finally {
            if (!done) {
                LoadedBundle.discard(bundle, context, loader, held);
            }
        }
    }

    private Bundle install(InspectedJar jar, long generation) {
        String location = Isolation.LOCATION + jar.id() + "@" + jar.version() + "#" + generation;
        try (BundleImage image = BundleImage.open(jar, hostPackages, cache.path())) {
            return context.installBundle(location, image.content());
        } catch (BundleException | IOException e) {
            throw new PluginRejected(
                    RejectionCode.NOT_A_PLUGIN,
                    "%s %s cannot be installed: %s. Check the OSGi headers in its manifest."
                            .formatted(jar.id(), jar.version(), e.getMessage()));
        }
    }

    private void resolve(InspectedJar jar, Bundle bundle) {
        FrameworkWiring wiring = framework.adapt(FrameworkWiring.class);
        if (wiring.resolveBundles(Set.of(bundle))) {
            return;
        }
        List<String> missing = Diagnosis.missing(bundle, wiring, hostPackages);
        String why = missing.isEmpty()
                ? "its imports contradict each other"
                : "nobody provides " + String.join(", ", missing);
        throw new PluginRejected(
                RejectionCode.UNRESOLVED,
                "%s %s cannot be wired: %s. Take a version of the plugin that was made for this platform, or put what the host does"
                                .formatted(jar.id(), jar.version(), why)
                        + " not lend into its jar.");
    }

    private static void start(InspectedJar jar, Bundle bundle) {
        try {
            bundle.start(Bundle.START_TRANSIENT);
        } catch (BundleException e) {
            throw new PluginRejected(
                    RejectionCode.START_FAILED,
                    "%s %s could not be started: %s. Mend its activator and upload the plugin again."
                            .formatted(jar.id(), jar.version(), Guarded.describe(e)));
        }
    }

    /** Stops whatever runs and removes the cache folder. */
    @Override
    public void close() {
        stop(framework);
        cache.close();
    }

    private static void stop(Framework framework) {
        try {
            framework.stop();
            framework.waitForStop(STOP_MILLIS);
        } catch (BundleException e) {
            throw new IllegalStateException("the plugin framework cannot stop: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
