package io.patchbay.benchmarks.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Asks a running JVM of the same user, by jcmd. */
public final class Jvm {
    private static final Pattern USED = Pattern.compile("(?m)^\\S.*?\\bused (\\d+)([KMG])");
    private static final Pattern USED_SHENANDOAH = Pattern.compile("(\\d+)([KMG]) used");
    private static final Pattern METASPACE = Pattern.compile("Metaspace\\s+used (\\d+)([KMG])");
    private static final Pattern TOLD_FLAG =
            Pattern.compile("-XX:(\\+Use\\w+GC|MaxHeapSize=\\d+|\\+UseCompactObjectHeaders)");
    private static final int FULL_COLLECTIONS = 3;

    private final long pid;

    /** @param pid a process of Java */
    public Jvm(long pid) {
        this.pid = pid;
    }

    /** Collects all garbage and returns what is left on the heap, in KB. */
    public double heapAfterCollectionKb() {
        // What finalisation and reference queues let go is only gone after a further collection.
        for (int i = 0; i < FULL_COLLECTIONS; i++) {
            collect();
        }
        return heapKb(ask("GC.heap_info"));
    }

    /** Collects all garbage. */
    public void collect() {
        ask("GC.run");
    }

    /** Returns how much metaspace is used, in KB. */
    public double metaspaceKb() {
        return metaspaceKb(ask("GC.heap_info") + ask("VM.metaspace"));
    }

    static double heapKb(String info) {
        String heap = info.contains("Metaspace") ? info.substring(0, info.indexOf("Metaspace")) : info;
        Matcher matcher = USED.matcher(heap);
        double sum = 0;
        while (matcher.find()) {
            sum += kilobytes(matcher);
        }
        if (sum == 0) {
            Matcher shenandoah = USED_SHENANDOAH.matcher(heap);
            sum = shenandoah.find() ? kilobytes(shenandoah) : 0;
        }
        if (sum == 0) {
            throw new IllegalStateException("cannot read how much of the heap is used: " + info);
        }
        return sum;
    }

    static double metaspaceKb(String info) {
        Matcher matcher = METASPACE.matcher(info);
        if (!matcher.find()) {
            throw new IllegalStateException("cannot read how much metaspace is used: " + info);
        }
        return kilobytes(matcher);
    }

    private static double kilobytes(Matcher matcher) {
        double number = Double.parseDouble(matcher.group(1));
        return switch (matcher.group(2)) {
            case "M" -> number * 1024;
            case "G" -> number * 1024 * 1024;
            default -> number;
        };
    }

    /** Returns the options it was started with, without the class path. */
    public String options() {
        return Arrays.stream(ProcFs.read(pid, "cmdline").split("\0"))
                .skip(1)
                .takeWhile(argument -> argument.startsWith("-") && !argument.equals("-cp"))
                .collect(Collectors.joining(" "));
    }

    /** Returns the collector and the bound of the heap, as it chose them. */
    public String chosen() {
        return TOLD_FLAG
                .matcher(ask("VM.flags"))
                .results()
                .map(found -> found.group(1))
                .distinct()
                .collect(Collectors.joining(", "));
    }

    private String ask(String command) {
        try {
            Process process = new ProcessBuilder(List.of(Program.java("jcmd"), Long.toString(pid), command))
                    .redirectErrorStream(true)
                    .start();
            String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException("jcmd " + command + ": " + answer);
            }
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
