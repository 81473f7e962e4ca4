package io.patchbay.accounts;

import io.patchbay.foundation.crypto.Encryption;
import io.patchbay.foundation.crypto.EncryptionException;
import io.patchbay.foundation.database.Database;
import io.patchbay.foundation.database.Database.Transaction;
import io.patchbay.foundation.ids.SecureTokens;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The API keys of users: {@code sk-} and 64 lower-case hexadecimal digits from a secure source. Thread-safe.
 *
 * <p>Stored are the SHA-256 hash, by which a key is found, and a sealed copy, because the web client shows the default key
 * again at every visit.
 */
public final class ApiKeys {
    /** Name of the key every user has. */
    public static final String DEFAULT_NAME = "default";

    /** Most names that are looked up at once. */
    public static final int MOST_NAMES = 1_000;

    private static final Logger log = LoggerFactory.getLogger(ApiKeys.class);
    private static final Pattern SHAPE = Pattern.compile("sk-[0-9a-f]{64}");
    private static final int RANDOM_BYTES = 32;
    private static final int PREFIX_LENGTH = 8;
    private static final int LONGEST_NAME = 64;
    private static final int MOST_KEYS = 50;

    private final Database database;
    private final Encryption encryption;
    private final AccountChanges changes;
    private final AuditLog audit;
    private final InstantSource clock;

    /**
     * A key right after it was made.
     *
     * @param key its description
     * @param secret the key itself
     */
    public record Created(ApiKey key, String secret) {
        @Override
        public String toString() {
            return "Created[key=" + key + ", secret=***]";
        }
    }

    public ApiKeys(
            Database database, Encryption encryption, AccountChanges changes, AuditLog audit, InstantSource clock) {
        this.database = database;
        this.encryption = encryption;
        this.changes = changes;
        this.audit = audit;
        this.clock = clock;
    }

    /** Returns whether a text has the shape of a key. */
    static boolean wellFormed(String secret) {
        return SHAPE.matcher(secret).matches();
    }

    /** Returns the hash under which a key is stored. */
    static String hash(String secret) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime lacks SHA-256", e);
        }
    }

    /**
     * Returns the default key of a user, made when missing. Empty when the stored copy cannot be opened, because the
     * server secret changed since; the key itself works on, and a reset gives a readable one.
     *
     * @throws AccountRefusal when there is no such user
     */
    public Optional<String> defaultKey(long userId) {
        Optional<ApiKeyRow> found = named(userId, DEFAULT_NAME);
        String fresh = newSecret();
        ApiKeyRow row = found.orElseGet(() -> database.write(transaction -> {
            lockOwner(transaction, userId);
            ApiKeyMapper mapper = transaction.mapper(ApiKeyMapper.class);
            ApiKeyRow existing = mapper.byName(userId, DEFAULT_NAME);
            return existing != null ? existing : insert(mapper, userId, DEFAULT_NAME, fresh, Set.of(KeyScope.ALL));
        }));
        try {
            return Optional.of(encryption.decrypt(row.sealed(), subject(userId)));
        } catch (EncryptionException e) {
            log.warn("accounts: the stored copy of API key {} cannot be read: {}", row.id(), e.getMessage());
            return Optional.empty();
        }
    }

    /**
     * Replaces the default key of a user; the old one stops working at once.
     *
     * @throws AccountRefusal when there is no such user
     */
    public String resetDefaultKey(long userId, String actor) {
        String fresh = newSecret();
        database.write(transaction -> {
            lockOwner(transaction, userId);
            ApiKeyMapper mapper = transaction.mapper(ApiKeyMapper.class);
            mapper.deleteNamed(userId, DEFAULT_NAME);
            insert(mapper, userId, DEFAULT_NAME, fresh, Set.of(KeyScope.ALL));
            audit.record(transaction, actor, "key.reset", subject(userId), DEFAULT_NAME);
            return true;
        });
        changes.changed(userId);
        return fresh;
    }

    /**
     * Makes one more key for a user.
     *
     * @param name 1 to 64 characters, not yet used by this user
     * @param scopes at least one
     * @throws AccountRefusal when the user does not exist, the name is unfit or taken, or there are too many keys
     */
    public Created create(long userId, String name, Set<KeyScope> scopes, String actor) {
        String trimmed = name.strip();
        if (trimmed.isEmpty() || trimmed.length() > LONGEST_NAME) {
            throw new AccountRefusal("key name length must be between 1 and " + LONGEST_NAME);
        }
        if (scopes.isEmpty()) {
            throw new AccountRefusal("a key needs at least one scope");
        }
        String fresh = newSecret();
        ApiKeyRow row = database.write(transaction -> {
            lockOwner(transaction, userId);
            ApiKeyMapper mapper = transaction.mapper(ApiKeyMapper.class);
            if (mapper.byName(userId, trimmed) != null) {
                throw new AccountRefusal("key name is already taken");
            }
            if (mapper.ofUser(userId).size() >= MOST_KEYS) {
                throw new AccountRefusal("a user can have at most " + MOST_KEYS + " keys");
            }
            audit.record(transaction, actor, "key.create", subject(userId), trimmed);
            return insert(mapper, userId, trimmed, fresh, scopes);
        });
        return new Created(key(row), fresh);
    }

    /** Returns the keys of a user, oldest first. */
    public List<ApiKey> list(long userId) {
        return database.read(ApiKeyMapper.class, mapper -> mapper.ofUser(userId)).stream()
                .map(ApiKeys::key)
                .toList();
    }

    /**
     * Returns the names of those of the keys that exist, whosever they are, in one question to the database.
     *
     * @param ids at most {@link #MOST_NAMES}
     */
    public Map<Long, String> names(Collection<Long> ids) {
        if (ids.size() > MOST_NAMES) {
            throw new IllegalArgumentException("at most " + MOST_NAMES + " names at once, asked for " + ids.size());
        }
        if (ids.isEmpty()) {
            return Map.of();
        }
        return database.read(ApiKeyMapper.class, mapper -> mapper.names(ids)).stream()
                .collect(Collectors.toMap(ApiKeyMapper.Named::id, ApiKeyMapper.Named::name));
    }

    /** Returns the ids of all users' keys with a name, or empty when they are more than {@link #MOST_NAMES}. */
    public Optional<List<Long>> named(String name) {
        List<Long> found = database.read(ApiKeyMapper.class, mapper -> mapper.named(name, MOST_NAMES + 1));
        return found.size() > MOST_NAMES ? Optional.empty() : Optional.of(found);
    }

    /** Switches a key off or on, at once; returns whether the user has such a key. */
    public boolean setDisabled(long userId, long keyId, boolean disabled, String actor) {
        boolean done = database.write(transaction -> {
            boolean changed = transaction.mapper(ApiKeyMapper.class).setDisabled(keyId, userId, disabled) > 0;
            if (changed) {
                audit.record(
                        transaction, actor, disabled ? "key.disable" : "key.enable", subject(userId), "key " + keyId);
            }
            return changed;
        });
        changes.changed(userId);
        return done;
    }

    /** Deletes a key, at once; returns whether the user had such a key. */
    public boolean delete(long userId, long keyId, String actor) {
        boolean done = database.write(transaction -> {
            boolean deleted = transaction.mapper(ApiKeyMapper.class).delete(keyId, userId) > 0;
            if (deleted) {
                audit.record(transaction, actor, "key.delete", subject(userId), "key " + keyId);
            }
            return deleted;
        });
        changes.changed(userId);
        return done;
    }

    private Optional<ApiKeyRow> named(long userId, String name) {
        return database.read(ApiKeyMapper.class, mapper -> Optional.ofNullable(mapper.byName(userId, name)));
    }

    private ApiKeyRow insert(ApiKeyMapper mapper, long userId, String name, String secret, Set<KeyScope> scopes) {
        mapper.insert(
                userId,
                name,
                hash(secret),
                encryption.encrypt(secret, subject(userId)),
                secret.substring(0, PREFIX_LENGTH),
                KeyScope.format(scopes),
                false,
                clock.millis());
        return require(mapper.byName(userId, name));
    }

    /** The owner's row serialises changes of its keys, and its absence is the one reason a key cannot be made. */
    private static void lockOwner(Transaction transaction, long userId) {
        if (transaction.mapper(UserMapper.class).lock(userId) == 0) {
            throw new AccountRefusal(UserDirectory.NOT_FOUND);
        }
    }

    private static ApiKeyRow require(@Nullable ApiKeyRow row) {
        if (row == null) {
            throw new IllegalStateException("a key vanished within its own transaction");
        }
        return row;
    }

    private static ApiKey key(ApiKeyRow row) {
        Long lastUsedAt = row.lastUsedAt();
        return new ApiKey(
                row.id(),
                row.userId(),
                row.name(),
                row.prefix(),
                KeyScope.parse(row.scopes()),
                row.disabled(),
                Instant.ofEpochMilli(row.createdAt()),
                lastUsedAt == null ? null : Instant.ofEpochMilli(lastUsedAt));
    }

    private static String newSecret() {
        return "sk-" + SecureTokens.hex(RANDOM_BYTES);
    }

    private static String subject(long userId) {
        return "user " + userId;
    }
}
