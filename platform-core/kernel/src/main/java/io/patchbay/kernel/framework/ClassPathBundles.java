package io.patchbay.kernel.framework;

import io.patchbay.kernel.catalogue.HostPackages;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;

/**
 * The OSGi bundles that lie on the host's own class path, found by their {@code Bundle-SymbolicName}.
 *
 * <p>Works for jars and, in a build, for folders of classes with a manifest.
 */
final class ClassPathBundles {
    /** What plugins may import, besides the framework's and the JDK's own packages. */
    private static final List<String> LENT = List.of(
            "io.patchbay.spi",
            "io.patchbay.dialects",
            "slf4j.api",
            "org.jspecify.jspecify",
            "org.osgi.service.component",
            "org.osgi.util.promise",
            "org.osgi.util.function");

    private static final String SCR = "org.apache.felix.scr";

    private final Map<String, Found> found;

    private record Found(Manifest manifest, URL url) {}

    private ClassPathBundles(Map<String, Found> found) {
        this.found = found;
    }

    /**
     * Scans the class path that a loader sees.
     *
     * @throws IllegalStateException when a bundle is missing that the platform cannot run without
     */
    static ClassPathBundles scan(ClassLoader loader) {
        Map<String, Found> found = new HashMap<>();
        try {
            for (URL url : Collections.list(loader.getResources("META-INF/MANIFEST.MF"))) {
                Manifest manifest = read(url);
                String name = symbolicName(manifest);
                if (name != null) {
                    found.putIfAbsent(name, new Found(manifest, url));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the class path cannot be read", e);
        }
        List<String> missing = new ArrayList<>(LENT);
        missing.add(SCR);
        missing.removeAll(found.keySet());
        if (!missing.isEmpty()) {
            throw new IllegalStateException("the class path lacks the bundles " + String.join(", ", missing)
                    + ", or they have lost their manifests; unpack the distribution again");
        }
        return new ClassPathBundles(found);
    }

    private static Manifest read(URL url) throws IOException {
        URLConnection connection = url.openConnection();
        connection.setUseCaches(false);
        try (InputStream content = connection.getInputStream()) {
            return new Manifest(content);
        }
    }

    private static @Nullable String symbolicName(Manifest manifest) {
        String header = manifest.getMainAttributes().getValue("Bundle-SymbolicName");
        return header == null ? null : header.split(";")[0].strip();
    }

    /** Returns the packages lent to plugins. */
    HostPackages hostPackages() {
        return HostPackages.of(LENT.stream().map(name -> found(name).manifest()).toList());
    }

    /** Opens the jar of the Declarative Services runtime. */
    InputStream openScr() throws IOException {
        URLConnection connection = found(SCR).url().openConnection();
        if (!(connection instanceof JarURLConnection jar)) {
            throw new IOException("the bundle " + SCR + " has to be a jar, found "
                    + found(SCR).url());
        }
        URLConnection file = jar.getJarFileURL().openConnection();
        file.setUseCaches(false);
        return file.getInputStream();
    }

    private Found found(String name) {
        Found bundle = found.get(name);
        if (bundle == null) {
            throw new IllegalStateException("no bundle " + name + " on the class path");
        }
        return bundle;
    }
}
