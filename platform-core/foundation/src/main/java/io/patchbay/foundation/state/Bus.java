package io.patchbay.foundation.state;

import java.util.function.Consumer;

/**
 * Tells every node that something changed.
 *
 * <p>Messages are nudges, not truth: a node that missed one must still become right by itself, for example because its
 * cache entries expire. Safe for use by many threads.
 */
public interface Bus {
    /**
     * Delivers a message to the subscribers of a topic.
     *
     * <p>Subscribers of this process have handled it when the call returns; those of other nodes handle it soon after. A
     * subscriber that throws is logged and does not keep others from it.
     *
     * @param message a short text without secrets
     */
    void publish(String topic, String message);

    /**
     * Calls a handler for each later message of a topic.
     *
     * @param handler called by many threads; must be quick and must not block
     */
    Subscription subscribe(String topic, Consumer<String> handler);
}
