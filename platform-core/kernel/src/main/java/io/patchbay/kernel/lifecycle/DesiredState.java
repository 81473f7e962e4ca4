package io.patchbay.kernel.lifecycle;

import io.patchbay.foundation.database.Database;
import io.patchbay.foundation.ids.SecureTokens;
import io.patchbay.foundation.state.Bus;
import io.patchbay.foundation.state.Subscription;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The desired state of all plugins, in the database; other nodes are nudged after each change. */
final class DesiredState {
    private static final Logger log = LoggerFactory.getLogger(DesiredState.class);
    private static final String TOPIC = "plugins";

    private final Database database;
    private final Bus bus;
    private final InstantSource clock;
    private final String node = SecureTokens.hex(8);

    DesiredState(Database database, Bus bus, InstantSource clock) {
        this.database = database;
        this.bus = bus;
        this.clock = clock;
    }

    /** Returns the present time as rows hold it. */
    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    List<DesiredPlugin> all() {
        return database.read(PluginMapper.class, PluginMapper::all);
    }

    /** Stores a row durably, then tells the other nodes. */
    void save(DesiredPlugin plugin) {
        int changed = database.write(transaction -> {
            PluginMapper mapper = transaction.mapper(PluginMapper.class);
            int updated = mapper.update(plugin);
            return updated > 0 ? updated : mapper.insert(plugin);
        });
        if (changed == 0) {
            throw new IllegalStateException("the desired state of plugin " + plugin.id() + " was not stored");
        }
        try {
            bus.publish(TOPIC, node + " " + plugin.id());
        } catch (RuntimeException e) {
            // The row is stored, which is what counts; the other nodes look every minute.
            log.warn("the other nodes could not be told of a change to plugin {}: {}", plugin.id(), e.getMessage());
        }
    }

    /** Runs an action after another node changed something. */
    Subscription onForeignChange(Runnable action) {
        return bus.subscribe(TOPIC, message -> {
            if (!message.startsWith(node + " ")) {
                action.run();
            }
        });
    }
}
