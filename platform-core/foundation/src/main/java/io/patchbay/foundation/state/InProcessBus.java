package io.patchbay.foundation.state;

import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A bus inside one process; handlers run on the publisher's thread. */
final class InProcessBus implements Bus {
    private static final Logger log = LoggerFactory.getLogger(InProcessBus.class);

    private final ConcurrentMap<String, List<Handler>> topics = new ConcurrentHashMap<>();

    @Override
    public void publish(String topic, String message) {
        for (Handler handler : topics.getOrDefault(topic, List.of())) {
            try {
                handler.action().accept(message);
            } catch (RuntimeException e) {
                log.error("a subscriber of \"{}\" failed", topic, e);
            }
        }
    }

    @Override
    public Subscription subscribe(String topic, Consumer<String> handler) {
        List<Handler> handlers = topics.computeIfAbsent(topic, ignored -> new CopyOnWriteArrayList<>());
        Handler registered = new Handler(handler);
        handlers.add(registered);
        return () -> handlers.remove(registered);
    }

    /** Compared by identity, so that one handler may subscribe twice and leave once. */
    private static final class Handler {
        private final Consumer<String> action;

        Handler(Consumer<String> action) {
            this.action = action;
        }

        Consumer<String> action() {
            return action;
        }
    }
}
