package io.patchbay.benchmarks.site;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/** A further version of a plugin: the same code under another number. */
public record PluginVersion(String version, Path jar) {
    /** Makes one in that folder from the distribution's jar of a plugin. */
    public static PluginVersion make(Path image, String plugin, String version, Path folder) {
        Path made = folder.resolve("patchbay-plugin-" + plugin + "-" + version + ".jar");
        try (JarFile in = new JarFile(original(image, plugin).toFile())) {
            Manifest manifest = new Manifest(in.getManifest());
            manifest.getMainAttributes().put(new Attributes.Name("Plugin-Version"), version);
            try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(made), manifest)) {
                for (JarEntry entry : Collections.list(in.entries())) {
                    if (!entry.getName().equals(JarFile.MANIFEST_NAME)) {
                        out.putNextEntry(new JarEntry(entry.getName()));
                        try (InputStream content = in.getInputStream(entry)) {
                            content.transferTo(out);
                        }
                        out.closeEntry();
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new PluginVersion(version, made);
    }

    private static Path original(Path image, String plugin) throws IOException {
        // "openai-compatible" begins like "openai": the version starts with a digit.
        try (Stream<Path> jars = Files.list(image.resolve("plugins"))) {
            return jars.filter(
                            jar -> jar.getFileName().toString().matches("patchbay-plugin-" + plugin + "-\\d.*\\.jar"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("no plugin " + plugin + " in " + image));
        }
    }
}
