package io.patchbay.testkit.conformance;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.FieldModel;
import java.lang.classfile.Instruction;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
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
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads the class files of a plugin for what a plugin must not have: state in statics, threads, sockets, clocks. */
public final class ClassScan {
    private static final String CHANNEL_TYPE = "io/patchbay/spi/ChannelType";

    /** Classes that must not be used, by internal name. */
    private static final Pattern FORBIDDEN =
            Pattern.compile("java/lang/(Thread.*|InheritableThreadLocal|Runtime|Process.*)"
                    + "|java/util/(Timer.*|Random)"
                    + "|java/util/concurrent/(.*Executor.*|ThreadLocalRandom|ForkJoin.*|CompletableFuture.*|CountDownLatch"
                    + "|Semaphore|.*Blocking.*|locks/.*)"
                    + "|java/security/SecureRandom"
                    + "|java/nio/(channels/.*|file/Files)"
                    + "|java/io/(File.*|RandomAccessFile)"
                    + "|java/sql/.*|javax/net/.*"
                    + "|java/net/(?!(URI|URISyntaxException|URLEncoder|URLDecoder)$).*");

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
    private static final Pattern SHARED_STATE = Pattern.compile("java/util/(concurrent/.*|WeakHashMap)");

    /** Suspicious only when it is stored empty: a filled one may be a table. */
    private static final Pattern COLLECTION =
            Pattern.compile("java/util/(.*Map|.*List|.*Set|.*Deque|.*Queue|Vector|Hashtable|Stack|Properties)");

    private final Set<String> singletons;
    private final Set<String> problems = new TreeSet<>();

    private ClassScan(Set<String> singletons) {
        this.singletons = singletons;
    }

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
        Set<String> singletons = new TreeSet<>();
        for (Class<?> one = type; one != null && one != Object.class; one = one.getSuperclass()) {
            singletons.add(one.getName());
        }
        try {
            return problems(Path.of(source.getLocation().toURI()), singletons, included);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(type + " was loaded from an unreadable place", e);
        }
    }

    /** Scans a folder or jar; see {@link #problems(Class, Predicate)}. */
    public static List<String> problems(Path folderOrJar, Predicate<String> included) {
        return problems(folderOrJar, Set.of(), included);
    }

    private static List<String> problems(Path folderOrJar, Set<String> singletons, Predicate<String> included) {
        ClassScan scan = new ClassScan(singletons);
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
        boolean singleton = singletons.contains(name)
                || model.interfaces().stream()
                        .anyMatch(implemented -> implemented.asInternalName().equals(CHANNEL_TYPE));
        for (FieldModel field : model.fields()) {
            field(name, field, singleton);
        }
        for (PoolEntry entry : model.constantPool()) {
            if (entry instanceof ClassEntry used) {
                used(name, used.asInternalName());
            } else if (entry instanceof MemberRefEntry called) {
                called(
                        name,
                        called.owner().asInternalName() + "." + called.name().stringValue());
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
        if (FORBIDDEN.matcher(type).matches()) {
            problems.add(name + " uses " + type.replace('/', '.'));
        }
    }

    private void called(String name, String ownerAndName) {
        if (FORBIDDEN_CALLS.contains(ownerAndName)) {
            problems.add(
                    name + " calls " + ownerAndName.replace('/', '.') + "; time and randomness come from the turn");
        }
    }

    private void initializer(String name, MethodModel method) {
        method.code().ifPresent(code -> {
            // What was just made by a constructor without arguments, or empty.
            String justMade = "";
            for (CodeElement element : code) {
                if (!(element instanceof Instruction)) {
                    continue;
                }
                if (element instanceof NewObjectInstruction made
                        && SHARED_STATE
                                .matcher(made.className().asInternalName())
                                .matches()) {
                    shared(name, made.className().asInternalName());
                }
                if (element instanceof FieldInstruction stored
                        && (stored.opcode() == Opcode.PUTSTATIC || stored.opcode() == Opcode.PUTFIELD)
                        && COLLECTION.matcher(justMade).matches()) {
                    shared(name, justMade);
                }
                justMade = element instanceof InvokeInstruction called
                                && called.name().equalsString("<init>")
                                && called.type().equalsString("()V")
                        ? called.owner().asInternalName()
                        : "";
            }
        });
    }

    private void shared(String name, String type) {
        problems.add(name + " keeps a " + type.replace('/', '.') + " that all calls share");
    }
}
