package io.patchbay.kernel;

import io.patchbay.kernel.PluginEvent.Phase;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life-cycle events of all plugins: kept for a while, handed to listeners, and logged with one line each.
 *
 * <p>Safe for many threads. A slow listener loses its oldest events and never delays the kernel.
 */
public final class PluginEvents implements AutoCloseable {
    /** Listeners at a time; one more is refused. */
    public static final int MAX_LISTENERS = 64;

    /** Events kept for listeners that come later. */
    public static final int KEPT = 256;

    private static final int QUEUE = 256;
    private static final Logger log = LoggerFactory.getLogger(PluginEvents.class);

    private final InstantSource clock;
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private final Deque<PluginEvent> recent = new ArrayDeque<>();
    private long sequence;
    private volatile boolean closed;

    /** @param clock stamps the events */
    public PluginEvents(InstantSource clock) {
        this.clock = clock;
    }

    /** Records an event and hands it to every listener. The parameters are those of {@link PluginEvent}. */
    public void publish(
            String plugin, String version, Phase phase, long generation, int leases, long millis, String text) {
        synchronized (recent) {
            PluginEvent event = new PluginEvent(
                    ++sequence, clock.instant(), plugin, version, phase, generation, leases, millis, text);
            if (recent.size() == KEPT) {
                recent.removeFirst();
            }
            recent.addLast(event);
            listeners.forEach(listener -> listener.offer(event));
        }
        if (phase == Phase.FAILED) {
            log.warn("plugin {}@{}: {}", plugin, version, text);
            return;
        }
        if (phase == Phase.COLLECTED) {
            log.debug("plugin {}@{}: {}", plugin, version, text);
            return;
        }
        log.info("plugin {}@{}: {}", plugin, version, text);
    }

    /** Returns the kept events, oldest first. */
    public List<PluginEvent> recent() {
        synchronized (recent) {
            return List.copyOf(recent);
        }
    }

    /**
     * Starts listening.
     *
     * @param after events up to this sequence number are left out; 0 gives all that are kept
     * @return the listener, to be closed by the caller
     * @throws IllegalStateException when {@link #MAX_LISTENERS} are listening, or after {@link #close()}
     */
    public Listener listen(long after) {
        synchronized (recent) {
            if (closed) {
                throw new IllegalStateException("the plugin events are closed");
            }
            if (listeners.size() >= MAX_LISTENERS) {
                throw new IllegalStateException(
                        MAX_LISTENERS + " listeners follow the plugin events already; close one of them first");
            }
            Listener listener = new Listener();
            for (PluginEvent event : recent) {
                if (event.sequence() > after) {
                    listener.offer(event);
                }
            }
            listeners.add(listener);
            return listener;
        }
    }

    /** Ends every listener: what is queued can still be read. */
    @Override
    public void close() {
        closed = true;
    }

    /** One reader of events, used by one thread at a time. */
    public final class Listener implements AutoCloseable {
        private final BlockingQueue<PluginEvent> queue = new ArrayBlockingQueue<>(QUEUE);
        private final AtomicLong lost = new AtomicLong();

        private Listener() {}

        private void offer(PluginEvent event) {
            while (!queue.offer(event)) {
                if (queue.poll() != null) {
                    lost.incrementAndGet();
                }
            }
        }

        /**
         * Waits for the next event.
         *
         * @param patience how long at most
         * @return the event; null when none came in time or the stream has ended
         * @throws InterruptedException when the waiting thread is interrupted
         */
        public @Nullable PluginEvent poll(Duration patience) throws InterruptedException {
            // Waiting in short slices lets the end of the stream be noticed without a poison event in the queue.
            long deadline = System.nanoTime() + patience.toNanos();
            while (true) {
                long left = deadline - System.nanoTime();
                PluginEvent event =
                        queue.poll(Math.clamp(left, 0, TimeUnit.MILLISECONDS.toNanos(250)), TimeUnit.NANOSECONDS);
                if (event != null) {
                    return event;
                }
                if (closed || left <= 0) {
                    return null;
                }
            }
        }

        /** Returns everything queued now, without waiting. */
        public List<PluginEvent> drain() {
            List<PluginEvent> events = new ArrayList<>();
            queue.drainTo(events);
            return events;
        }

        /** Returns how many events this listener was too slow for. */
        public long lost() {
            return lost.get();
        }

        /** Returns whether no further event will come. */
        public boolean ended() {
            return closed && queue.isEmpty();
        }

        @Override
        public void close() {
            listeners.remove(this);
        }
    }
}
