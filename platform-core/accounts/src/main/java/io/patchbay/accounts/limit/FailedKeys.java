package io.patchbay.accounts.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.patchbay.foundation.bounds.HeapShare;
import io.patchbay.foundation.request.ClientAddress;
import io.patchbay.foundation.state.Bus;
import io.patchbay.foundation.state.Counters;
import io.patchbay.foundation.state.Subscription;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

/**
 * Shuts out addresses that keep trying unknown API keys. Thread-safe.
 *
 * <p>More than {@link #MOST} failures, each within {@link #MEMORY} of the one before, block an address for that long on
 * every node. Failures are counted for all nodes together; whether an address is blocked is answered from memory, because
 * it is asked on every call.
 */
public final class FailedKeys implements AutoCloseable {
    /** Failures an address may have before it is blocked. */
    public static final int MOST = 50;

    /** How long failures are remembered and an address stays blocked. */
    public static final Duration MEMORY = Duration.ofMinutes(20);

    private static final String TOPIC = "accounts.blocked";
    private static final int MOST_BLOCKED = HeapShare.entries(100_000, 200, 32);

    private final Counters counters;
    private final Bus bus;
    private final Cache<String, Boolean> blocked;
    private final Subscription subscription;

    public FailedKeys(Counters counters, Bus bus, InstantSource clock) {
        this.counters = counters;
        this.bus = bus;
        this.blocked = Caffeine.newBuilder()
                .maximumSize(MOST_BLOCKED)
                .expireAfterWrite(MEMORY)
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                .build();
        this.subscription = bus.subscribe(TOPIC, address -> blocked.put(address, true));
    }

    /** Returns whether keys from this address are refused at present. */
    public boolean blocks(String clientAddress) {
        // Mostly nobody is blocked, and then the address need not be parsed.
        return blocked.estimatedSize() > 0 && blocked.getIfPresent(ClientAddress.limitKey(clientAddress)) != null;
    }

    /** Counts one unknown key from this address; an empty address stands for none and is not counted. */
    public void failed(String clientAddress) {
        if (clientAddress.isEmpty()) {
            return;
        }
        String address = ClientAddress.limitKey(clientAddress);
        if (counters.fail("accounts.bad-key:" + address, MEMORY) > MOST) {
            bus.publish(TOPIC, address);
        }
    }

    @Override
    public void close() {
        subscription.close();
    }
}
