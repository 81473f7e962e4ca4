package io.patchbay.benchmarks.report;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Prints to the standard output and to a file, as the run goes on. */
public final class Report implements AutoCloseable {
    private final Path file;
    private final BufferedWriter writer;
    private final Findings findings = new Findings();

    /** @param file made anew */
    public Report(Path file) {
        this.file = file;
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            this.writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Prints a line, or several. */
    public void line(Object text) {
        System.out.println(text);
        System.out.flush();
        try {
            writer.write(text + "\n");
            writer.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Prints a heading. */
    public void heading(String text) {
        line("\n## " + text + "\n");
    }

    /** Tells those who watch what happens now; it is no part of the report. */
    public void progress(String text) {
        System.err.println("   " + text);
    }

    /** Returns what is held against the bars. */
    public Findings findings() {
        return findings;
    }

    /** Returns the file. */
    public Path file() {
        return file;
    }

    @Override
    public void close() {
        try {
            writer.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
