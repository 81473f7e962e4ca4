package io.patchbay.accounts;

import io.patchbay.foundation.state.Bus;
import io.patchbay.foundation.state.Subscription;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells every node that the state of a user changed: banned, demoted, renamed, password or keys replaced. Thread-safe.
 *
 * <p>Listeners of this node have run when {@link #changed} returns; those of other nodes follow through the bus.
 */
public final class AccountChanges implements AutoCloseable {
    /** Bus topic of account changes. */
    public static final String TOPIC = "accounts";

    private static final Logger log = LoggerFactory.getLogger(AccountChanges.class);
    private static final String USER = "user:";

    private final Bus bus;
    private final List<LongConsumer> listeners = new CopyOnWriteArrayList<>();
    private final Subscription subscription;

    public AccountChanges(Bus bus) {
        this.bus = bus;
        this.subscription = bus.subscribe(TOPIC, this::received);
    }

    /** Announces a committed change of one user. */
    public void changed(long userId) {
        bus.publish(TOPIC, USER + userId);
    }

    /**
     * Adds a listener for the life of this object. It gets the user id, on the thread
     * that made the change or on a bus thread, and must return quickly.
     */
    public void onChange(LongConsumer listener) {
        listeners.add(listener);
    }

    @Override
    public void close() {
        subscription.close();
    }

    private void received(String message) {
        if (!message.startsWith(USER)) {
            return;
        }
        try {
            notifyListeners(Long.parseLong(message, USER.length(), message.length(), 10));
        } catch (NumberFormatException e) {
            log.warn("accounts: ignored the unreadable bus message {}", message);
        }
    }

    private void notifyListeners(long userId) {
        for (LongConsumer listener : listeners) {
            listener.accept(userId);
        }
    }
}
