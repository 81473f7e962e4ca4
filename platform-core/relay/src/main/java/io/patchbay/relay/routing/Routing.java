package io.patchbay.relay.routing;

import io.patchbay.foundation.crypto.Encryption;
import io.patchbay.foundation.database.Database;
import io.patchbay.foundation.database.SettingStore;
import io.patchbay.foundation.setting.LiveSetting;
import io.patchbay.foundation.state.Bus;
import io.patchbay.relay.channel.Channels;
import java.time.InstantSource;
import java.util.List;
import java.util.random.RandomGenerator;

/** The parts of this package, put together. */
public final class Routing implements AutoCloseable {
    private static final String SETTING = "relay.routing";
    private static final int MARK_LENGTH = 32;

    private final Health health;
    private final Router router;
    private final LiveSetting<RoutingSettings> settings;
    private final KeyRests rests;

    private Routing(Health health, Router router, LiveSetting<RoutingSettings> settings, KeyRests rests) {
        this.health = health;
        this.router = router;
        this.settings = settings;
        this.rests = rests;
    }

    /** Returns the mappers to open the database with. */
    public static List<Class<?>> mappers() {
        return List.of(KeyRestMapper.class);
    }

    /** Reads the settings and what was known of keys. */
    public static Routing open(
            Database database,
            Bus bus,
            Channels channels,
            Encryption encryption,
            RandomGenerator random,
            InstantSource clock) {
        Health health = new Health(key -> encryption.fingerprint("key " + key).substring(0, MARK_LENGTH), clock);
        LiveSetting<RoutingSettings> settings = LiveSetting.open(
                new SettingStore(database), bus, SETTING, RoutingSettings.class, RoutingSettings.DEFAULT);
        Router router = new Router(channels, health, settings::current, random, clock);
        return new Routing(health, router, settings, KeyRests.open(database, bus, channels, health));
    }

    /** Returns the router. */
    public Router router() {
        return router;
    }

    Health health() {
        return health;
    }

    LiveSetting<RoutingSettings> settings() {
        return settings;
    }

    @Override
    public void close() {
        settings.close();
        rests.close();
    }
}
