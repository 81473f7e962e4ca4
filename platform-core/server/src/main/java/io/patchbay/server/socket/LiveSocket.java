package io.patchbay.server.socket;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.accounts.Authentication;
import io.patchbay.accounts.Authenticator;
import io.patchbay.accounts.Caller;
import io.patchbay.foundation.bounds.FairShares;
import io.patchbay.foundation.json.Json;
import io.patchbay.kernel.PluginEvent;
import io.patchbay.kernel.PluginEvents;
import jakarta.websocket.CloseReason;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * {@code /api/live}: tells a signed-in page what happens on the server. The first frame carries the session token
 * ({@code {"token":"…"}}); the answer names the user; {@code {"type":"ping"}} is answered by {@code pong}; administrators
 * then receive plugin life-cycle events. A page that does not read loses its connection, not the server its memory.
 *
 * <p>At most {@value #MOST_SOCKETS} are open at once, and {@value #MOST_OF_USER} of one user; one more is closed with the
 * code 1013, try again later.
 */
public final class LiveSocket extends Endpoint {
    private static final Duration POLL = Duration.ofSeconds(10);
    private static final int MOST_SOCKETS = 1_024;
    private static final int MOST_OF_USER = 16;
    private static final int MAX_WAITING = 256;
    private static final long FIRST_FRAME_MS = 15_000;
    private static final long IDLE_MS = 300_000;

    private final Authenticator authenticator;
    private final PluginEvents events;
    private final AtomicInteger open;
    private final FairShares<Long> users;
    private final AtomicInteger waiting = new AtomicInteger();
    private PluginEvents.@Nullable Listener listener;
    private volatile @Nullable Long known;
    private boolean gone;

    private LiveSocket(Authenticator authenticator, PluginEvents events, AtomicInteger open, FairShares<Long> users) {
        this.authenticator = authenticator;
        this.events = events;
        this.open = open;
        this.users = users;
    }

    /** Returns the endpoint's configuration; each connection gets an endpoint of its own. */
    public static ServerEndpointConfig config(Authenticator authenticator, PluginEvents events) {
        AtomicInteger open = new AtomicInteger();
        FairShares<Long> users = new FairShares<>(MOST_SOCKETS, MOST_OF_USER, MOST_OF_USER, 1);
        return ServerEndpointConfig.Builder.create(LiveSocket.class, "/api/live")
                .configurator(new ServerEndpointConfig.Configurator() {
                    @Override
                    public <T> T getEndpointInstance(Class<T> type) {
                        return type.cast(new LiveSocket(authenticator, events, open, users));
                    }
                })
                .build();
    }

    @Override
    public void onOpen(Session session, EndpointConfig config) {
        if (open.incrementAndGet() > MOST_SOCKETS) {
            close(session, CloseReason.CloseCodes.TRY_AGAIN_LATER, "too many pages are open");
            return;
        }
        session.setMaxIdleTimeout(FIRST_FRAME_MS);
        session.setMaxTextMessageBufferSize(16 * 1024);
        session.addMessageHandler(String.class, (MessageHandler.Whole<String>) text -> onText(session, text));
    }

    private void onText(Session session, String text) {
        try {
            JsonNode frame = Json.mapper().readTree(text);
            if (known == null) {
                signIn(session, frame.path("token").asText(""));
            } else if ("ping".equals(frame.path("type").asText())) {
                send(session, Map.of("type", "pong"));
            } else {
                send(session, Map.of("type", "error", "error", "unknown frame type; expected ping"));
            }
        } catch (JsonProcessingException e) {
            close(session, CloseReason.CloseCodes.CANNOT_ACCEPT, "expected a JSON frame");
        }
    }

    private void signIn(Session session, String token) {
        Authentication authentication = authenticator.authenticate(token, "");
        if (!(authentication instanceof Authentication.Known signedIn)) {
            send(session, Map.of("type", "error", "error", "not signed in"));
            close(session, CloseReason.CloseCodes.VIOLATED_POLICY, "not signed in");
            return;
        }
        Caller caller = signedIn.caller();
        if (!admit(caller.userId())) {
            close(session, CloseReason.CloseCodes.TRY_AGAIN_LATER, "too many of your pages are open");
            return;
        }
        session.setMaxIdleTimeout(IDLE_MS);
        send(session, Map.of("type", "hello", "user", caller.username(), "admin", caller.admin()));
        if (caller.admin()) {
            follow(session);
        }
    }

    /** The connection may end while its first frame is looked at. */
    private synchronized boolean admit(long user) {
        if (gone || users.take(user, 1) != FairShares.Verdict.IN) {
            return false;
        }
        known = user;
        return true;
    }

    private synchronized void leave() {
        gone = true;
        open.decrementAndGet();
        Long user = known;
        if (user != null) {
            users.give(user, 1);
        }
    }

    private void follow(Session session) {
        PluginEvents.Listener own;
        try {
            own = events.listen(Long.MAX_VALUE);
        } catch (IllegalStateException e) {
            close(session, CloseReason.CloseCodes.TRY_AGAIN_LATER, "too many pages follow the plugins");
            return;
        }
        listener = own;
        Thread.ofVirtual().name("live-socket").start(() -> forward(session, own));
    }

    private void forward(Session session, PluginEvents.Listener own) {
        try {
            while (session.isOpen() && !own.ended()) {
                PluginEvent event = own.poll(POLL);
                if (event != null) {
                    send(session, Map.of("type", "plugin", "event", event));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void send(Session session, Map<String, ?> frame) {
        if (waiting.incrementAndGet() > MAX_WAITING) {
            close(session, CloseReason.CloseCodes.TRY_AGAIN_LATER, "the page does not read");
            return;
        }
        session.getAsyncRemote().sendText(Json.write(frame), result -> waiting.decrementAndGet());
    }

    private static void close(Session session, CloseReason.CloseCodes code, String why) {
        try {
            session.close(new CloseReason(code, why));
        } catch (IOException e) {
            // The connection is gone already, which is what was wanted.
            return;
        }
    }

    @Override
    public void onClose(Session session, CloseReason reason) {
        leave();
        PluginEvents.Listener own = listener;
        if (own != null) {
            own.close();
        }
    }

    @Override
    public void onError(Session session, Throwable cause) {
        close(session, CloseReason.CloseCodes.UNEXPECTED_CONDITION, "broken");
    }
}
