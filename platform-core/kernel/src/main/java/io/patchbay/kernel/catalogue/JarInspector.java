package io.patchbay.kernel.catalogue;

import io.patchbay.kernel.PluginRejected;
import io.patchbay.kernel.RejectionCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;
import org.pf4j.PluginDescriptor;

/**
 * Reads a jar without trusting or loading it, and refuses what cannot be a plugin.
 *
 * <p>Stateless and safe for many threads.
 */
public final class JarInspector {
    /** Ids become folder names and parts of URLs. */
    private static final Pattern ID = Pattern.compile("[a-z0-9](?:[a-z0-9._-]{0,62}[a-z0-9])?");

    private static final Pattern VERSIONED = Pattern.compile("META-INF/versions/\\d+/");
    private static final int MAX_VERSION = 64;

    private final HostPackages host;
    private final JarLimits limits;
    private final Versions versions = new Versions();

    /**
     * @param host the packages a plugin must not carry
     * @param limits how large it may be
     */
    public JarInspector(HostPackages host, JarLimits limits) {
        this.host = host;
        this.limits = limits;
    }

    /**
     * Reads a jar that came from outside, unpacking all of it once to know its true size.
     *
     * @param jar a file whose name ends in {@code .jar}
     * @param sha256 its digest
     * @param label what to call it in messages
     * @throws PluginRejected with what is wrong
     */
    public InspectedJar inspect(Path jar, String sha256, String label) {
        InspectedJar inspected = reread(jar, sha256, label);
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            new Walk(label).walk(zip);
        } catch (IOException | IllegalArgumentException e) {
            throw notAPlugin(label, e);
        }
        return inspected;
    }

    /**
     * Reads the manifest only: for a jar that {@link #inspect} has passed before and whose digest still holds.
     *
     * @throws PluginRejected with what is wrong
     */
    public InspectedJar reread(Path jar, String sha256, String label) {
        Manifest manifest = manifest(jar, label);
        Attributes headers = manifest.getMainAttributes();
        if (headers.getValue("Fragment-Host") != null) {
            throw new PluginRejected(
                    RejectionCode.NOT_A_PLUGIN,
                    label + " is a fragment of another bundle. Put its classes into the plugin's own jar.");
        }
        boolean bundle = headers.getValue("Bundle-SymbolicName") != null
                && "2".equals(headers.getValue("Bundle-ManifestVersion"));
        PluginDescriptor descriptor = PluginCatalogue.descriptorOf(manifest);
        String id = checkedId(descriptor.getPluginId(), label);
        checkVersion(descriptor.getVersion(), label);
        String name = headers.getValue("Bundle-Name");
        return new InspectedJar(jar, sha256, name == null || name.isBlank() ? id : name.strip(), bundle, descriptor);
    }

    private Manifest manifest(Path jar, String label) {
        try {
            if (Files.size(jar) > limits.fileBytes()) {
                throw tooLarge(label, "is larger than " + mebibytes(limits.fileBytes()));
            }
            try (JarFile file = new JarFile(jar.toFile(), false)) {
                Manifest manifest = file.getManifest();
                if (manifest == null) {
                    throw new PluginRejected(
                            RejectionCode.NO_ID,
                            label + " has no manifest. Build it with META-INF/MANIFEST.MF naming Plugin-Id and"
                                    + " Plugin-Version.");
                }
                return manifest;
            }
        } catch (IOException | IllegalArgumentException e) {
            throw notAPlugin(label, e);
        }
    }

    private static String checkedId(@Nullable String id, String label) {
        if (id == null || id.isBlank()) {
            throw new PluginRejected(
                    RejectionCode.NO_ID,
                    label + " has no Plugin-Id in its manifest. Add one, for example Plugin-Id: acme.");
        }
        if (!ID.matcher(id).matches()) {
            throw new PluginRejected(
                    RejectionCode.BAD_ID,
                    label + " has the Plugin-Id '" + shortened(id)
                            + "'. Use at most 64 lower-case letters, digits, dots,"
                            + " dashes and underscores, with a letter or digit at both ends.");
        }
        return id;
    }

    private void checkVersion(@Nullable String version, String label) {
        if (version == null || version.isBlank()) {
            throw new PluginRejected(
                    RejectionCode.BAD_VERSION,
                    label + " has no Plugin-Version in its manifest. Add one, for example Plugin-Version: 1.0.0.");
        }
        if (version.length() > MAX_VERSION || !versions.valid(version)) {
            throw new PluginRejected(
                    RejectionCode.BAD_VERSION,
                    label + " has the Plugin-Version '" + shortened(version) + "'. Use a semantic version of at most "
                            + MAX_VERSION + " characters, for example 1.2.0 or 1.2.0-beta.1.");
        }
    }

    /** One pass over the content of one jar. */
    private final class Walk {
        private final String label;
        private final byte[] buffer = new byte[16 * 1024];
        private long unpacked;
        private int entries;

        private Walk(String label) {
            this.label = label;
        }

        private void walk(ZipFile zip) throws IOException {
            Set<String> names = new HashSet<>();
            for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements(); ) {
                ZipEntry entry = all.nextElement();
                check(entry, names);
                try (InputStream content = zip.getInputStream(entry)) {
                    consume(entry.getName(), content);
                }
            }
        }

        private void consume(String name, InputStream content) throws IOException {
            if (!name.endsWith(".jar")) {
                count(content);
                return;
            }
            Set<String> names = new HashSet<>();
            ZipInputStream nested = new ZipInputStream(content);
            for (ZipEntry entry = nested.getNextEntry(); entry != null; entry = nested.getNextEntry()) {
                check(entry, names);
                count(nested);
            }
            count(content);
        }

        private void check(ZipEntry entry, Set<String> names) {
            if (++entries > limits.entries()) {
                throw tooLarge(label, "has more than " + limits.entries() + " entries");
            }
            String name = entry.getName();
            if (name.startsWith("/")
                    || name.contains("\\")
                    || List.of(name.split("/")).contains("..")) {
                throw unsafe(name);
            }
            if (!names.add(name)) {
                throw new PluginRejected(
                        RejectionCode.NOT_A_PLUGIN,
                        label + " has the entry '" + shortened(name) + "' twice. Build the jar again.");
            }
            checkPackage(name);
        }

        private PluginRejected unsafe(String name) {
            return new PluginRejected(
                    RejectionCode.NOT_A_PLUGIN,
                    label + " has the entry '" + shortened(name)
                            + "', which points outside of the jar. Build the jar again.");
        }

        private void checkPackage(String entryName) {
            String name = VERSIONED.matcher(entryName).replaceFirst("");
            int slash = name.lastIndexOf('/');
            if (!name.endsWith(".class") || slash < 0) {
                return;
            }
            String packageName = name.substring(0, slash).replace('/', '.');
            if (host.reserved(packageName)) {
                String className =
                        name.substring(0, name.length() - ".class".length()).replace('/', '.');
                throw new PluginRejected(
                        RejectionCode.EMBEDS_HOST_PACKAGE,
                        label + " contains " + className + ", but the package " + packageName
                                + " is lent by the host. Leave it out of the jar (scope 'provided') and build again.");
            }
        }

        private void count(InputStream content) throws IOException {
            for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
                unpacked += read;
                if (unpacked > limits.unpackedBytes()) {
                    throw tooLarge(label, "unpacks to more than " + mebibytes(limits.unpackedBytes()));
                }
            }
        }
    }

    private static PluginRejected notAPlugin(String label, Exception e) {
        return new PluginRejected(
                RejectionCode.NOT_A_PLUGIN,
                label + " is no readable jar (" + e.getMessage() + "). Upload the jar that the plugin's build made.");
    }

    private static PluginRejected tooLarge(String label, String how) {
        return new PluginRejected(
                RejectionCode.TOO_LARGE, label + " " + how + ". Leave out what the plugin does not need.");
    }

    static String mebibytes(long bytes) {
        return (bytes >> 20) + " MiB";
    }

    private static String shortened(String text) {
        String line = text.replaceAll("[\\p{Cntrl}]", "?");
        return line.length() <= 80 ? line : line.substring(0, 79) + "…";
    }
}
