package io.patchbay.kernel;

import aQute.bnd.osgi.Builder;
import aQute.bnd.osgi.Constants;
import aQute.bnd.osgi.Jar;
import io.patchbay.kernel.catalogue.PluginStore;
import io.patchbay.spi.ChannelType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

/** Makes plugin jars for tests: compiles sources, then packs them by hand or with bnd. */
public final class JarForge {
    private static final Map<Map<String, String>, Map<String, byte[]>> COMPILED = new ConcurrentHashMap<>();

    private final Map<String, String> headers = new LinkedHashMap<>();
    private final Map<String, String> sources = new TreeMap<>();
    private final Map<String, byte[]> entries = new LinkedHashMap<>();

    private JarForge() {}

    /** A jar without anything. */
    public static JarForge empty() {
        return new JarForge();
    }

    /** A jar with an id, a version and a file that says the version, but without classes. */
    public static JarForge plugin(String id, String version) {
        return empty().header("Plugin-Id", id).header("Plugin-Version", version).entry("version.txt", version);
    }

    /** A plugin whose channel type prints the plugin's version; fit for both doors. */
    public static JarForge channelType(String id, String version) {
        return channelType(id, version, id);
    }

    /** A plugin whose channel type has another id than the plugin. */
    public static JarForge channelType(String id, String version, String typeId) {
        return plugin(id, version).source("acme." + id + ".Type", TYPE.formatted(id, typeId));
    }

    private static final String TYPE = """
            package acme.%s;

            import io.patchbay.spi.*;
            import org.osgi.service.component.annotations.*;

            @Component(service = ChannelType.class)
            public final class Type implements ChannelType, AutoCloseable {
                private final String version;
                private volatile boolean stopped;

                public Type() throws java.io.IOException {
                    try (var text = Type.class.getResourceAsStream("/version.txt")) {
                        version = new String(text.readAllBytes());
                    }
                }

                @Override public ChannelDescriptor descriptor() {
                    return ChannelDescriptor.builder("%s", Text.of("Acme")).build();
                }

                @Override public String toString() {
                    if (stopped) {
                        throw new IllegalStateException("called after its end");
                    }
                    return new Answer(version).text();
                }

                @Deactivate public void close() { stopped = true; }

                record Answer(String text) {}
            }
            """;

    public JarForge header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    public JarForge source(String className, String text) {
        sources.put(className, text);
        return this;
    }

    public JarForge entry(String name, String content) {
        return entry(name, content.getBytes(StandardCharsets.UTF_8));
    }

    public JarForge entry(String name, byte[] content) {
        entries.put(name, content);
        return this;
    }

    /** Names an implementation in {@code META-INF/services}. */
    public JarForge service(Class<?> type, String implementation) {
        return entry("META-INF/services/" + type.getName(), implementation + "\n");
    }

    /** Names the class of {@link #channelType} in {@code META-INF/services}. */
    public JarForge listed() {
        return service(ChannelType.class, sources.keySet().iterator().next());
    }

    /** Packs without any OSGi header. */
    public byte[] plain() {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            Manifest manifest = new Manifest();
            manifest.getMainAttributes().putValue("Manifest-Version", "1.0");
            headers.forEach((name, value) -> manifest.getMainAttributes().putValue(name, value));
            try (JarOutputStream jar = new JarOutputStream(bytes, manifest)) {
                Map<String, byte[]> all = new LinkedHashMap<>(compiled());
                all.putAll(entries);
                for (Map.Entry<String, byte[]> one : all.entrySet()) {
                    jar.putNextEntry(new ZipEntry(one.getKey()));
                    jar.write(one.getValue());
                    jar.closeEntry();
                }
            }
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Packs with bnd, as the build of a plugin does. */
    public byte[] bundle() {
        Path classes = temporary();
        try (Builder builder = new Builder()) {
            Map<String, byte[]> all = new LinkedHashMap<>(compiled());
            all.putAll(entries);
            for (Map.Entry<String, byte[]> one : all.entrySet()) {
                Path file = classes.resolve(one.getKey());
                Files.createDirectories(file.getParent());
                Files.write(file, one.getValue());
            }
            builder.addClasspath(classes.toFile());
            for (File element : classPath()) {
                builder.addClasspath(element);
            }
            builder.setProperty(Constants.BUNDLE_SYMBOLICNAME, headers.getOrDefault("Plugin-Id", "nameless"));
            builder.setProperty("-includeresource", classes.toString());
            builder.setProperty("-exportcontents", "!*");
            builder.setProperty("-noimportjava", "true");
            builder.setProperty("-fixupmessages", "Export*;is:=ignore,Unused*;is:=ignore");
            builder.setProperty("Import-Package", "org.jspecify.annotations;resolution:=optional,*");
            headers.forEach(builder::setProperty);
            try (Jar jar = builder.build()) {
                if (!builder.getErrors().isEmpty()) {
                    throw new IllegalStateException(String.join("; ", builder.getErrors()));
                }
                ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                jar.write(bytes);
                return bytes.toByteArray();
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        } finally {
            delete(classes);
        }
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("forge");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) {
        try {
            PluginStore.deleteTree(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static InputStream stream(byte[] jar) {
        return new ByteArrayInputStream(jar);
    }

    private static List<File> classPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(File::new)
                .filter(File::exists)
                .filter(file -> file.getPath().contains("spi")
                        || file.getPath().contains("slf4j-api")
                        || file.getPath().contains("jspecify")
                        || file.getPath().contains("org.osgi")
                        || file.getPath().contains("felix"))
                .toList();
    }

    private Map<String, byte[]> compiled() {
        return COMPILED.computeIfAbsent(Map.copyOf(sources), JarForge::compile);
    }

    private static Map<String, byte[]> compile(Map<String, String> sources) {
        if (sources.isEmpty()) {
            return Map.of();
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<JavaFileObject> units =
                sources.entrySet().stream().map(JarForge::unit).toList();
        StringWriter messages = new StringWriter();
        Path target = temporary();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            files.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(target));
            List<String> options = List.of("-proc:none", "--release", "25", "-nowarn");
            if (!compiler.getTask(messages, files, null, options, null, units).call()) {
                throw new IllegalStateException(messages.toString());
            }
            Map<String, byte[]> classes = new LinkedHashMap<>();
            try (Stream<Path> tree = Files.walk(target)) {
                for (Path file : tree.filter(Files::isRegularFile).toList()) {
                    classes.put(target.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
                }
            }
            return classes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            delete(target);
        }
    }

    private static JavaFileObject unit(Map.Entry<String, String> source) {
        URI name = URI.create("string:///" + source.getKey().replace('.', '/') + ".java");
        return new SimpleJavaFileObject(name, JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return source.getValue();
            }
        };
    }
}
