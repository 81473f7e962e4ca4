package io.patchbay.kernel.admin;

import io.patchbay.foundation.json.Json;
import io.patchbay.kernel.PluginEvent;
import io.patchbay.kernel.PluginEvents;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends life-cycle events to one client until it leaves or the kernel closes.
 *
 * <p>Runs on a virtual thread of its own; a client that is slow loses the oldest events, one that takes nothing for half a minute
 * is cut.
 */
final class EventStream {
    private static final Logger log = LoggerFactory.getLogger(EventStream.class);
    private static final long SEND_SECONDS = 30;

    private final PluginEvents.Listener listener;
    private final SseEventSink sink;
    private final Sse sse;
    private final Duration heartbeat;

    EventStream(PluginEvents.Listener listener, SseEventSink sink, Sse sse, Duration heartbeat) {
        this.listener = listener;
        this.sink = sink;
        this.sse = sse;
        this.heartbeat = heartbeat;
    }

    void start() {
        Thread.ofVirtual().name("patchbay-plugin-events").start(this::run);
    }

    private void run() {
        try (listener;
                sink) {
            send(outbound(null));
            while (!sink.isClosed() && !listener.ended()) {
                PluginEvent event = listener.poll(heartbeat);
                send(outbound(event));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | ExecutionException | TimeoutException | RuntimeException e) {
            log.debug("a client of the plugin events has left: {}", e.getMessage());
        }
    }

    /** Returns the event, or a heartbeat for null. */
    private OutboundSseEvent outbound(@Nullable PluginEvent event) {
        if (event == null) {
            return sse.newEventBuilder().comment("heartbeat").build();
        }
        return sse.newEventBuilder()
                .id(Long.toString(event.sequence()))
                .name(event.phase().name().toLowerCase(Locale.ROOT))
                .data(String.class, Json.write(event))
                .build();
    }

    private void send(OutboundSseEvent event) throws InterruptedException, ExecutionException, TimeoutException {
        sink.send(event).toCompletableFuture().get(SEND_SECONDS, TimeUnit.SECONDS);
    }
}
