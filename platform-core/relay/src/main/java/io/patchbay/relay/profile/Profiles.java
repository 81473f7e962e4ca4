package io.patchbay.relay.profile;

import io.patchbay.foundation.database.Database;
import io.patchbay.foundation.problem.Problem;
import io.patchbay.foundation.state.Bus;
import io.patchbay.foundation.state.Subscription;
import io.patchbay.spi.json.Json;
import io.patchbay.spi.json.JsonObject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The profiles administrators added. Readers see an immutable snapshot; a change is stored, announced to the other
 * nodes, and effective for the next call.
 */
public final class Profiles implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Profiles.class);
    private static final String TOPIC = "channel-profiles";

    private final Database database;
    private final Bus bus;
    private final InstantSource clock;
    private final Subscription subscription;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile Map<String, StoredProfile> snapshot = Map.of();

    /** Loads the profiles. */
    public Profiles(Database database, Bus bus, InstantSource clock) {
        this.database = database;
        this.bus = bus;
        this.clock = clock;
        reload();
        this.subscription = bus.subscribe(TOPIC, message -> reload());
    }

    /** Returns all profiles by id. */
    public List<StoredProfile> all() {
        return List.copyOf(snapshot.values());
    }

    /** Returns a profile. */
    public Optional<StoredProfile> find(String id) {
        return Optional.ofNullable(snapshot.get(id));
    }

    /**
     * Stores a profile, new or in place of the one of its id.
     *
     * @param expected the revision it is thought to have, {@code null} for any
     * @throws Problem of kind {@code PRECONDITION} when it has another revision
     */
    public StoredProfile put(String id, String family, JsonObject body, @Nullable Long expected) {
        long now = clock.millis();
        ProfileRow stored = database.write(transaction -> {
            ProfileMapper mapper = transaction.mapper(ProfileMapper.class);
            ProfileRow before = mapper.find(id);
            long revision = before == null ? 0 : before.revision();
            if (expected != null && expected != revision) {
                throw changedMeanwhile(id, expected, revision);
            }
            ProfileRow after = new ProfileRow(
                    id, family, body.toJson(), before == null ? now : before.createdAt(), now, revision + 1);
            int rows = before == null ? mapper.insert(after) : mapper.replace(after);
            if (rows == 0) {
                throw changedMeanwhile(id, revision, revision + 1);
            }
            return after;
        });
        changed();
        return read(stored);
    }

    private static Problem changedMeanwhile(String id, long expected, long found) {
        return new Problem(
                Problem.Kind.PRECONDITION,
                "The profile '" + id + "' is at revision " + found + ", not " + expected + ". Read it again.");
    }

    /** Removes a profile; returns whether it existed. Calls that run on it go on. */
    public boolean delete(String id) {
        boolean existed = database.write(
                        transaction -> transaction.mapper(ProfileMapper.class).delete(id))
                > 0;
        changed();
        return existed;
    }

    /** Runs a listener after every change, on the thread that learned of it. */
    Subscription onChange(Runnable listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    private void changed() {
        reload();
        bus.publish(TOPIC, "changed");
    }

    private void reload() {
        load();
        listeners.forEach(Runnable::run);
    }

    private synchronized void load() {
        Map<String, StoredProfile> all = new TreeMap<>();
        for (ProfileRow row : database.read(ProfileMapper.class, ProfileMapper::list)) {
            try {
                all.put(row.id(), read(row));
            } catch (RuntimeException e) {
                log.error("the channel profile {} cannot be read and is left out", row.id(), e);
            }
        }
        snapshot = Collections.unmodifiableMap(all);
    }

    private static StoredProfile read(ProfileRow row) {
        return new StoredProfile(
                row.id(),
                row.family(),
                Json.parse(row.body()).asObject(),
                Instant.ofEpochMilli(row.createdAt()),
                Instant.ofEpochMilli(row.updatedAt()),
                row.revision());
    }

    @Override
    public void close() {
        subscription.close();
    }
}
