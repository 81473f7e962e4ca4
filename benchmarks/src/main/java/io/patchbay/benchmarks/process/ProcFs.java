package io.patchbay.benchmarks.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What Linux tells about processes under {@code /proc}. */
public final class ProcFs {
    private static final double TICKS_PER_SECOND = ticksPerSecond();
    private static final Pattern COMPILER = Pattern.compile("\\(C[12] CompilerThre");

    private ProcFs() {}

    /** Returns the processor time, user and system, these processes have used so far, in seconds. */
    public static double cpuSeconds(Collection<Long> pids) {
        return pids.stream().mapToLong(pid -> ticks(read(pid, "stat"))).sum() / TICKS_PER_SECOND;
    }

    /**
     * Returns the processor time that the compilers of these Java processes have used so far, in seconds. A compiler's
     * thread that has nothing to do may end, and what it has used is not told any more.
     */
    public static double compilerSeconds(Collection<Long> pids) {
        long ticks = 0;
        for (long pid : pids) {
            try (Stream<Path> threads = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
                for (Path thread : threads.toList()) {
                    String stat = read(pid, "task/" + thread.getFileName() + "/stat");
                    if (COMPILER.matcher(stat).find()) {
                        ticks += ticks(stat);
                    }
                }
            } catch (IOException e) {
                continue; // it has ended
            }
        }
        return ticks / TICKS_PER_SECOND;
    }

    private static long ticks(String stat) {
        // The name in parentheses may contain anything.
        int behindName = stat.lastIndexOf(')');
        if (behindName < 0) {
            return 0;
        }
        String[] fields = stat.substring(behindName + 2).split(" ", -1);
        return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
    }

    /** Returns the memory of these processes that is resident, in MB of 1,048,576 bytes. */
    public static double residentMb(Collection<Long> pids) {
        double kilobytes = 0;
        for (long pid : pids) {
            kilobytes += read(pid, "status")
                    .lines()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .sum();
        }
        return kilobytes / 1024;
    }

    /** Returns how many threads a process has, 0 when it has ended. */
    public static int threads(long pid) {
        return read(pid, "status")
                .lines()
                .filter(line -> line.startsWith("Threads:"))
                .mapToInt(line -> Integer.parseInt(line.replaceAll("\\D", "")))
                .sum();
    }

    /** Returns how many files and sockets a process has open, 0 when it has ended. */
    public static int openFiles(long pid) {
        try (Stream<Path> open = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
            return (int) open.count();
        } catch (IOException e) {
            return 0;
        }
    }

    /** Returns a file of a process, empty when the process has ended. */
    static String read(long pid, String file) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(pid), file), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }

    private static double ticksPerSecond() {
        try {
            Process process = new ProcessBuilder("getconf", "CLK_TCK").start();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
            process.waitFor(10, TimeUnit.SECONDS);
            return Double.parseDouble(text);
        } catch (IOException e) {
            throw new IllegalStateException("cannot ask how long a clock tick is", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
