package io.patchbay.testkit.conformance;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.FieldModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.reflect.AccessFlag;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** Reads the class files of a plugin for what a plugin must not have: state in statics, threads, sockets, clocks. */
public final class ClassScan {
    private static final String CHANNEL_TYPE = "io/patchbay/spi/ChannelType";

    /** Classes that must not be used, by internal name or by the beginning of it. */
    private static final List<String> FORBIDDEN = List.of(
            "java/lang/Thread",
            "java/lang/InheritableThreadLocal",
            "java/lang/Runtime",
            "java/lang/Process",
            "java/util/Timer",
            "java/util/Random",
            "java/util/concurrent/Executor",
            "java/util/concurrent/ScheduledExecutor",
            "java/util/concurrent/ThreadPool",
            "java/util/concurrent/ThreadLocalRandom",
            "java/util/concurrent/ForkJoin",
            "java/util/concurrent/CompletableFuture",
            "java/util/concurrent/CountDownLatch",
            "java/util/concurrent/Semaphore",
            "java/util/concurrent/locks/",
            "java/security/SecureRandom",
            "java/nio/channels/",
            "java/nio/file/Files",
            "java/io/File",
            "java/io/RandomAccessFile",
            "java/sql/",
            "javax/net/");

    private static final List<String> NET_ALLOWED =
            List.of("java/net/URI", "java/net/URISyntaxException", "java/net/URLEncoder", "java/net/URLDecoder");

    /** Methods that must not be called, as owner and name. */
    private static final Set<String> FORBIDDEN_CALLS = Set.of(
            "java/lang/System.currentTimeMillis",
            "java/lang/System.nanoTime",
            "java/lang/System.exit",
            "java/lang/System.setProperty",
            "java/lang/Math.random",
            "java/util/UUID.randomUUID",
            "java/time/Instant.now",
            "java/time/LocalDate.now",
            "java/time/LocalDateTime.now",
            "java/time/OffsetDateTime.now",
            "java/time/ZonedDateTime.now",
            "java/time/Year.now",
            "java/time/Clock.systemUTC",
            "java/time/Clock.systemDefaultZone",
            "java/time/Clock.system",
            "java/time/InstantSource.system");

    /** What state shared between calls is made of, when it is made in a static initializer or for a singleton. */
    private static final List<String> SHARED_STATE =
            List.of("java/util/concurrent/", "java/util/WeakHashMap", "java/util/IdentityHashMap");

    private final Set<String> problems = new TreeSet<>();

    private ClassScan() {}

    /**
     * Scans the folder or jar a class was loaded from.
     *
     * @param included which classes are read, by binary name
     * @return what was found, sorted; empty when all is well
     * @throws UncheckedIOException when the class files cannot be read
     */
    public static List<String> problems(Class<?> type, Predicate<String> included) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        if (source == null) {
            throw new IllegalArgumentException(type + " was loaded from nowhere");
        }
        try {
            return problems(Path.of(source.getLocation().toURI()), included);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(type + " was loaded from an unreadable place", e);
        }
    }

    /** Scans a folder or jar; see {@link #problems(Class, Predicate)}. */
    public static List<String> problems(Path folderOrJar, Predicate<String> included) {
        ClassScan scan = new ClassScan();
        try {
            if (Files.isDirectory(folderOrJar)) {
                scan.folder(folderOrJar, included);
            } else {
                scan.jar(folderOrJar, included);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + folderOrJar.getFileName(), e);
        }
        return new ArrayList<>(scan.problems);
    }

    private void folder(Path folder, Predicate<String> included) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder)) {
            files = all.filter(file -> file.toString().endsWith(".class")).toList();
        }
        for (Path file : files) {
            URI relative = folder.toUri().relativize(file.toUri());
            if (included.test(binaryName(relative.getPath()))) {
                read(Files.readAllBytes(file));
            }
        }
    }

    private void jar(Path file, Predicate<String> included) throws IOException {
        try (JarFile jar = new JarFile(file.toFile())) {
            Enumeration<JarEntry> entries = jar.entries();
            while (entries.hasMoreElements()) {
                JarEntry entry = entries.nextElement();
                if (entry.getName().endsWith(".class") && included.test(binaryName(entry.getName()))) {
                    try (InputStream in = jar.getInputStream(entry)) {
                        read(in.readAllBytes());
                    }
                }
            }
        }
    }

    private static String binaryName(String path) {
        return path.substring(0, path.length() - ".class".length()).replace('/', '.');
    }

    private void read(byte[] bytes) {
        ClassModel model = ClassFile.of().parse(bytes);
        String name = model.thisClass().asInternalName().replace('/', '.');
        if (name.endsWith("module-info") || name.endsWith("package-info")) {
            return;
        }
        boolean singleton = model.interfaces().stream()
                .anyMatch(implemented -> implemented.asInternalName().equals(CHANNEL_TYPE));
        for (FieldModel field : model.fields()) {
            field(name, field, singleton);
        }
        for (PoolEntry entry : model.constantPool()) {
            if (entry instanceof ClassEntry used) {
                used(name, used.asInternalName());
            } else if (entry instanceof MemberRefEntry called) {
                called(name, called.owner().asInternalName() + "." + called.name().stringValue());
            }
        }
        for (MethodModel method : model.methods()) {
            String called = method.methodName().stringValue();
            if (called.equals("<clinit>") || singleton && called.equals("<init>")) {
                initializer(name, method);
            }
        }
    }

    private void field(String name, FieldModel field, boolean singleton) {
        boolean fixed = field.flags().has(AccessFlag.FINAL) || field.flags().has(AccessFlag.SYNTHETIC);
        if (fixed) {
            return;
        }
        String place = name + "." + field.fieldName().stringValue();
        if (field.flags().has(AccessFlag.STATIC)) {
            problems.add(place + " is a static field that can change");
        } else if (singleton) {
            problems.add(place + " is a field of a channel type that can change; one object serves all calls");
        }
    }

    private void used(String name, String internalName) {
        String type = internalName.replaceAll("^\\[+L?|;$", "");
        boolean forbidden = FORBIDDEN.stream().anyMatch(type::startsWith)
                || type.startsWith("java/net/") && NET_ALLOWED.stream().noneMatch(type::equals);
        // FileFilter and the like would be caught by the beginning of the name; nothing in a plugin needs them either.
        if (forbidden) {
            problems.add(name + " uses " + type.replace('/', '.'));
        }
    }

    private void called(String name, String ownerAndName) {
        if (FORBIDDEN_CALLS.contains(ownerAndName)) {
            problems.add(name + " calls " + ownerAndName.replace('/', '.')
                    + "; time and randomness come from the turn");
        }
    }

    private void initializer(String name, MethodModel method) {
        method.code().ifPresent(code -> {
            for (CodeElement element : code) {
                if (element instanceof NewObjectInstruction made) {
                    String type = made.className().asInternalName();
                    if (SHARED_STATE.stream().anyMatch(type::startsWith)) {
                        problems.add(name + " keeps a " + type.replace('/', '.') + " that all calls share");
                    }
                }
            }
        });
    }
}
