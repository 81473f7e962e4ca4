package io.patchbay.accounts;

import io.patchbay.foundation.database.Database;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notes when API keys were last used: in memory at each call, in the database every few minutes and at close. Thread-safe.
 * A crash loses the last minutes of a figure that is only shown, and of more than {@value #MOST} keys used between two
 * writes some uses are not noted.
 */
final class KeyUsage implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(KeyUsage.class);
    private static final Duration EVERY = Duration.ofMinutes(3);
    private static final int MOST = 100_000;

    private final Database database;
    private final InstantSource clock;
    private final ConcurrentHashMap<Long, Long> lastUses = new ConcurrentHashMap<>();
    private final ScheduledExecutorService writer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("accounts-key-usage").factory());

    KeyUsage(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
        writer.scheduleWithFixedDelay(this::flush, EVERY.toSeconds(), EVERY.toSeconds(), TimeUnit.SECONDS);
    }

    void used(long keyId) {
        if (lastUses.put(keyId, clock.millis()) == null && lastUses.mappingCount() > MOST) {
            lastUses.remove(keyId);
        }
    }

    void flush() {
        if (lastUses.isEmpty()) {
            return;
        }
        Map<Long, Long> noted = new HashMap<>(lastUses);
        try {
            database.write(transaction -> {
                ApiKeyMapper mapper = transaction.mapper(ApiKeyMapper.class);
                noted.forEach(mapper::used);
                return true;
            });
            // A key used again meanwhile has another value and stays.
            noted.forEach(lastUses::remove);
        } catch (RuntimeException e) {
            // Whatever it is, it must not end the schedule.
            log.warn("accounts: the last use of {} API keys could not be written, trying again later", noted.size(), e);
        }
    }

    @Override
    public void close() {
        writer.shutdown();
        flush();
    }
}
