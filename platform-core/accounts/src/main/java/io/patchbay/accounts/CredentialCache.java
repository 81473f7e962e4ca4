package io.patchbay.accounts;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.patchbay.foundation.bounds.HeapShare;
import io.patchbay.foundation.database.Database;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/**
 * Users and API keys as the hot path needs them, kept in memory. Bounded and thread-safe.
 *
 * <p>A change makes the entries of its user void at once. Entries also expire after a minute, so that a lost bus message
 * delays a ban on another node by no more than that.
 *
 * <p>Voiding is by number, not by removal: each entry knows how many changes there had been before its row was read, and
 * is void when its user changed later. So a row that was read just before a change and stored just after it does no harm.
 */
final class CredentialCache {
    private static final Duration LIFETIME = Duration.ofSeconds(60);
    private static final int MOST = HeapShare.entries(50_000, 400, 32);

    private final Database database;
    private final Cache<String, Entry<Key>> keys = cache(LIFETIME);
    private final Cache<Long, Entry<User>> users = cache(LIFETIME);

    /** The number of changes so far, and for each user that changed lately the number of the last one. */
    private final AtomicLong changes = new AtomicLong();

    private final Cache<Long, Long> lastChanges = cache(LIFETIME.multipliedBy(2));

    /** An enabled API key. */
    record Key(long id, long userId, Set<KeyScope> scopes) {}

    private record Entry<V>(V value, long changesBefore) {}

    CredentialCache(Database database, AccountChanges accountChanges) {
        this.database = database;
        accountChanges.onChange(userId -> lastChanges.asMap().merge(userId, changes.incrementAndGet(), Math::max));
    }

    /** Returns the enabled key with this hash. */
    Optional<Key> key(String hash) {
        return load(
                keys,
                hash,
                Key::userId,
                () -> database.read(ApiKeyMapper.class, mapper -> Optional.ofNullable(mapper.byHash(hash)))
                        .filter(row -> !row.disabled())
                        .map(row -> new Key(row.id(), row.userId(), KeyScope.parse(row.scopes()))));
    }

    /** Returns the user, banned or not. */
    Optional<User> user(long id) {
        return load(
                users,
                id,
                User::id,
                () -> database.read(UserMapper.class, mapper -> Optional.ofNullable(mapper.byId(id)))
                        .map(UserRow::user));
    }

    private <K, V> Optional<V> load(
            Cache<K, Entry<V>> cache, K id, ToLongFunction<V> owner, Supplier<Optional<V>> reader) {
        Entry<V> cached = cache.getIfPresent(id);
        if (cached != null && current(cached, owner)) {
            return Optional.of(cached.value());
        }
        long before = changes.get();
        Optional<V> loaded = reader.get();
        loaded.ifPresentOrElse(value -> cache.put(id, new Entry<>(value, before)), () -> cache.invalidate(id));
        return loaded;
    }

    private <V> boolean current(Entry<V> entry, ToLongFunction<V> owner) {
        Long lastChange = lastChanges.getIfPresent(owner.applyAsLong(entry.value()));
        return lastChange == null || lastChange <= entry.changesBefore();
    }

    private static <K, V> Cache<K, V> cache(Duration lifetime) {
        return Caffeine.newBuilder()
                .maximumSize(MOST)
                .expireAfterWrite(lifetime)
                .build();
    }
}
