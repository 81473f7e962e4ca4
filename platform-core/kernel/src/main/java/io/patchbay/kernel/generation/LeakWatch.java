package io.patchbay.kernel.generation;

import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches whether the class loaders of stopped generations are collected.
 *
 * <p>It waits for the JVM's own collections and never asks for one: how old an uncollected loader is, is what the console shows.
 * At most {@value #MAX_WATCHED} loaders are watched; the oldest is forgotten first. Safe for many threads.
 */
public final class LeakWatch implements AutoCloseable {
    /** Loaders watched at a time. */
    public static final int MAX_WATCHED = 512;

    private static final Logger log = LoggerFactory.getLogger(LeakWatch.class);

    private final ReferenceQueue<ClassLoader> queue = new ReferenceQueue<>();
    private final Set<Watched> watched = new LinkedHashSet<>();
    private final Consumer<Entry> collected;
    private final Thread thread;
    private volatile boolean closed;

    /**
     * One stopped generation.
     *
     * @param pluginId its plugin
     * @param version its version
     * @param generation its number
     * @param since when it was stopped
     */
    public record Entry(String pluginId, String version, long generation, Instant since) {}

    private static final class Watched extends PhantomReference<ClassLoader> {
        private final Entry entry;

        private Watched(ClassLoader loader, ReferenceQueue<ClassLoader> queue, Entry entry) {
            super(loader, queue);
            this.entry = entry;
        }
    }

    /** @param collected told of each collected loader, on the watch's own daemon thread */
    public LeakWatch(Consumer<Entry> collected) {
        this.collected = collected;
        this.thread = Thread.ofPlatform()
                .name("patchbay-plugin-leak-watch")
                .daemon()
                .inheritInheritableThreadLocals(false)
                .unstarted(this::run);
        thread.start();
    }

    /** Watches a loader without keeping it. */
    public void watch(ClassLoader loader, Entry entry) {
        synchronized (watched) {
            if (watched.size() == MAX_WATCHED) {
                Iterator<Watched> oldest = watched.iterator();
                Entry forgotten = oldest.next().entry;
                oldest.remove();
                log.warn(
                        "plugin {}@{}: the classes of generation {} were not collected since {}; no longer watched",
                        forgotten.pluginId(),
                        forgotten.version(),
                        forgotten.generation(),
                        forgotten.since());
            }
            watched.add(new Watched(loader, queue, entry));
        }
    }

    /** Returns the stopped generations whose loaders are still in memory, oldest first. */
    public List<Entry> uncollected() {
        synchronized (watched) {
            List<Entry> entries = new ArrayList<>(watched.size());
            watched.forEach(one -> entries.add(one.entry));
            return entries;
        }
    }

    private void run() {
        while (!closed) {
            try {
                Watched gone = (Watched) queue.remove();
                boolean known;
                synchronized (watched) {
                    known = watched.remove(gone);
                }
                if (known) {
                    collected.accept(gone.entry);
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
