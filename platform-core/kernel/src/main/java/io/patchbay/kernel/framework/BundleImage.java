package io.patchbay.kernel.framework;

import io.patchbay.kernel.catalogue.HostPackages;
import io.patchbay.kernel.catalogue.InspectedJar;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Enumeration;
import java.util.Locale;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Pattern;

/**
 * What is handed to the framework for a plugin's jar.
 *
 * <p>A jar with OSGi headers goes in as it is. A plain jar, whose author knows nothing of OSGi, gets headers made up for it: its
 * {@code Plugin-Id} as symbolic name, and optional static imports of every package the host lends. Static, because a
 * {@code DynamicImport-Package} would wire classes in the middle of a call, under the framework's locks; optional, because a
 * plugin uses only some of them. Classes the jar wants from elsewhere have to be inside it.
 */
final class BundleImage implements AutoCloseable {
    private static final Pattern SIGNATURE = Pattern.compile("META-INF/[^/]+\\.(SF|RSA|DSA|EC)");

    private final InputStream content;

    private BundleImage(InputStream content) {
        this.content = content;
    }

    /**
     * Opens the image of a jar.
     *
     * @param jar the jar
     * @param host the packages a plain jar imports
     * @param scratch a folder for the rewritten copy
     */
    static BundleImage open(InspectedJar jar, HostPackages host, Path scratch) throws IOException {
        if (jar.bundle()) {
            return new BundleImage(Files.newInputStream(jar.path()));
        }
        Path copy = Files.createTempFile(scratch, "plain-", ".jar");
        try {
            rewrite(jar, host, copy);
            return new BundleImage(Files.newInputStream(copy, StandardOpenOption.DELETE_ON_CLOSE));
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(copy);
            throw e;
        }
    }

    private static void rewrite(InspectedJar jar, HostPackages host, Path copy) throws IOException {
        try (JarFile source = new JarFile(jar.path().toFile(), false);
                OutputStream file = Files.newOutputStream(copy);
                JarOutputStream target = new JarOutputStream(file, headers(source.getManifest(), jar, host))) {
            // The copy is read once, from this machine's disk: packing it well would only cost time.
            target.setLevel(1);
            for (Enumeration<JarEntry> entries = source.entries(); entries.hasMoreElements(); ) {
                JarEntry entry = entries.nextElement();
                String name = entry.getName();
                if (name.equalsIgnoreCase(JarFile.MANIFEST_NAME)
                        || SIGNATURE.matcher(name.toUpperCase(Locale.ROOT)).matches()) {
                    continue;
                }
                target.putNextEntry(new JarEntry(name));
                try (InputStream bytes = source.getInputStream(entry)) {
                    bytes.transferTo(target);
                }
                target.closeEntry();
            }
        }
    }

    private static Manifest headers(Manifest original, InspectedJar jar, HostPackages host) {
        Manifest manifest = new Manifest();
        Attributes headers = manifest.getMainAttributes();
        headers.putAll(original.getMainAttributes());
        headers.putIfAbsent(Attributes.Name.MANIFEST_VERSION, "1.0");
        headers.putValue("Bundle-ManifestVersion", "2");
        headers.putValue("Bundle-SymbolicName", jar.id());
        headers.putValue("Bundle-Version", bundleVersion(jar.version()));
        headers.putValue("Import-Package", host.importClauses());
        return manifest;
    }

    /** Translates a semantic version: {@code 1.2.3-beta.1+5} becomes {@code 1.2.3.beta_1_5}. */
    static String bundleVersion(String version) {
        String[] parts = version.split("[-+]", 2);
        return parts.length == 1 ? parts[0] : parts[0] + "." + parts[1].replaceAll("[^0-9A-Za-z-]", "_");
    }

    InputStream content() {
        return content;
    }

    @Override
    public void close() throws IOException {
        content.close();
    }
}
