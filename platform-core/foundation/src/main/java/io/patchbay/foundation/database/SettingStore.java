package io.patchbay.foundation.database;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Named texts with a version, for settings of which there is one each. Safe for use by many threads and nodes.
 *
 * <p>A value is usually a JSON document. Nothing is cached here.
 */
public final class SettingStore {
    /** The version of a setting that does not exist. */
    public static final long ABSENT = 0;

    private static final int MAX_ROUNDS = 50;

    private final Database database;

    /** Creates a store over table {@code setting}. */
    public SettingStore(Database database) {
        this.database = database;
    }

    /**
     * A stored setting.
     *
     * @param version 1 at first, one more after each change
     */
    public record Setting(String name, String value, long version) {}

    /** Returns a setting. */
    public Optional<Setting> find(String name) {
        return database.read(SettingMapper.class, mapper -> mapper.find(name));
    }

    /** Returns all settings, ordered by name. */
    public List<Setting> all() {
        return database.read(SettingMapper.class, SettingMapper::all);
    }

    /**
     * Stores a value when nobody changed the setting meanwhile.
     *
     * @param expectedVersion the version that was read, or {@link #ABSENT}
     * @return whether it was stored
     */
    public boolean compareAndSet(String name, long expectedVersion, String value) {
        try {
            return database.write(transaction -> compareAndSet(transaction, name, expectedVersion, value));
        } catch (DatabaseException e) {
            if (expectedVersion == ABSENT && e.isDuplicate()) {
                return false;
            }
            throw e;
        }
    }

    /**
     * Stores a value as part of a transaction when nobody changed the setting meanwhile.
     *
     * @throws DatabaseException of a duplicate, or MyBatis' own, when another node created the setting at the same moment
     */
    public static boolean compareAndSet(
            Database.Transaction transaction, String name, long expectedVersion, String value) {
        SettingMapper mapper = transaction.mapper(SettingMapper.class);
        if (expectedVersion != ABSENT) {
            return mapper.replace(name, value, expectedVersion) == 1;
        }
        return mapper.find(name).isEmpty() && mapper.insert(name, value) == 1;
    }

    /**
     * Changes a setting, however often others change it at the same time.
     *
     * @param change returns the new value from the old one; may be called more than once
     * @return what was stored
     */
    public Setting update(String name, String absent, UnaryOperator<String> change) {
        for (int round = 0; round < MAX_ROUNDS; round++) {
            Optional<Setting> before = find(name);
            long version = before.map(Setting::version).orElse(ABSENT);
            String value = change.apply(before.map(Setting::value).orElse(absent));
            if (compareAndSet(name, version, value)) {
                return new Setting(name, value, version + 1);
            }
        }
        throw new DatabaseException("setting \"" + name + "\" was changed by others " + MAX_ROUNDS + " times", null);
    }

    /** Stores a value whatever was there before. */
    public Setting put(String name, String value) {
        return update(name, value, before -> value);
    }

    /** Removes a setting; returns whether it was there. */
    public boolean delete(String name) {
        return database.write(
                transaction -> transaction.mapper(SettingMapper.class).delete(name) == 1);
    }
}
