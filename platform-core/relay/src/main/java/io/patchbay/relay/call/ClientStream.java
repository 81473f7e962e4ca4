package io.patchbay.relay.call;

import io.patchbay.relay.exchange.Serial;
import io.patchbay.relay.exchange.Timers;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The client's side of one call: one head, one write at a time, and a heartbeat when nothing was written for a while.
 * Confined to the call's serial, into which the sink's notices are brought back.
 */
final class ClientStream {
    static final Map<String, String> STREAM_HEADERS = Map.of(
            "Content-Type", "text/event-stream; charset=utf-8",
            "Cache-Control", "no-cache, no-transform",
            "X-Accel-Buffering", "no");
    static final Map<String, String> JSON_HEADERS = Map.of("Content-Type", "application/json; charset=utf-8");

    /** A part of the answer that waits for the write before it. */
    private record Part(ByteBuffer bytes, Runnable then) {}

    private final ClientSink sink;
    private final Serial serial;
    private final Timers timers;
    private final Supplier<Map<String, String>> facts;
    private final Consumer<Runnable> gone;
    private int status;
    private boolean writing;
    private boolean closed;
    private boolean leaving;
    private boolean lost;
    private long lastWrite = System.nanoTime();
    private @Nullable Part waiting;
    private @Nullable Runnable afterWrite;
    private @Nullable Future<?> heartbeat;

    /**
     * Creates the client's side.
     *
     * @param facts headers about the call, asked for when the head leaves
     * @param gone told when the client is no longer there, with what the failed write would have continued
     */
    ClientStream(
            ClientSink sink,
            Serial serial,
            Timers timers,
            Supplier<Map<String, String>> facts,
            Consumer<Runnable> gone) {
        this.sink = sink;
        this.serial = serial;
        this.timers = timers;
        this.facts = facts;
        this.gone = gone;
    }

    /** Returns whether status and headers have left, so that errors can only be told inside the stream. */
    boolean headSent() {
        return status != 0;
    }

    /** Returns the HTTP status that has left, 0 while none has. */
    int status() {
        return status;
    }

    /** Sets status and headers unless they have left already. */
    void head(int status, Map<String, String> headers) {
        if (!headSent()) {
            this.status = status;
            Map<String, String> all = new LinkedHashMap<>(headers);
            all.putAll(facts.get());
            sink.head(status, all);
        }
    }

    /**
     * Writes a part of the answer; {@code then} runs when it is on its way, unless the end has been written meanwhile.
     */
    void write(ByteBuffer bytes, Runnable then) {
        if (writing) {
            // A heartbeat is on its way; the part follows it.
            waiting = new Part(bytes, then);
            return;
        }
        head(200, STREAM_HEADERS);
        send(bytes, false, then);
    }

    /** Writes the last part, now or when the present write is through, after {@code head}. */
    void end(Runnable head, Supplier<ByteBuffer> bytes, Runnable then) {
        closed = true;
        stopHeartbeat();
        Runnable work = () -> {
            if (!lost) {
                head.run();
                send(bytes.get(), true, () -> {});
            }
            then.run();
        };
        if (writing) {
            afterWrite = work;
        } else {
            work.run();
        }
    }

    /** Stops all writing; the client is gone. */
    void close() {
        closed = true;
        stopHeartbeat();
    }

    private void send(ByteBuffer bytes, boolean last, Runnable then) {
        if (lost) {
            return;
        }
        writing = true;
        lastWrite = System.nanoTime();
        sink.write(bytes, last, () -> serial.execute(() -> through(then)), () -> serial.execute(() -> failed(then)));
    }

    /** Notices a client that leaves while nothing is written to it. Not of use once something has been written. */
    void watch() {
        sink.watch(() -> serial.execute(() -> {
            leaving = true;
            if (!writing && !closed) {
                leave(() -> {});
            }
        }));
    }

    private void leave(Runnable then) {
        if (!lost) {
            lost = true;
            sink.abandon();
            gone.accept(then);
        }
    }

    private void through(Runnable then) {
        writing = false;
        Part next = waiting;
        waiting = null;
        if (leaving && !closed) {
            leave(next == null ? then : next.then());
        } else if (next != null) {
            write(next.bytes(), next.then());
        } else if (!afterWrite() && !closed) {
            then.run();
        }
    }

    private void failed(Runnable then) {
        // The response belongs to the container again: whatever is still to be said is said to nobody.
        writing = false;
        lost = true;
        Part next = waiting;
        waiting = null;
        if (!afterWrite() && !closed) {
            gone.accept(next == null ? then : next.then());
        }
    }

    private boolean afterWrite() {
        Runnable last = afterWrite;
        afterWrite = null;
        if (last == null) {
            return false;
        }
        last.run();
        return true;
    }

    /** Writes a comment whenever nothing was written for that long. */
    void keepAlive(Duration beat) {
        heartbeat = timers.after(
                beat,
                () -> serial.execute(() -> {
                    if (closed) {
                        return;
                    }
                    long silentMs =
                            Duration.ofNanos(System.nanoTime() - lastWrite).toMillis();
                    if (!writing && silentMs >= beat.toMillis() * 9 / 10) {
                        write(ChatDelivery.heartbeat(), () -> {});
                    }
                    keepAlive(beat);
                }));
    }

    private void stopHeartbeat() {
        Future<?> beating = heartbeat;
        if (beating != null) {
            beating.cancel(false);
        }
    }
}
