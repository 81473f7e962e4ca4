package io.patchbay.accounts;

import io.patchbay.accounts.password.AccountRules;
import io.patchbay.accounts.password.PasswordHasher;
import io.patchbay.foundation.database.Database;
import io.patchbay.foundation.database.DatabaseException;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The users: creation, look-up and changes. Thread-safe; every call goes to the database.
 *
 * <p>Changes are effective when the call returns, on this node and shortly after on the others, and are recorded in the
 * audit log under the given actor. Who may change whom is decided by {@link UserAdministration}.
 */
public final class UserDirectory {
    /** Most names that are looked up at once. */
    public static final int MOST_NAMES = 1_000;

    static final String NOT_FOUND = "user not found";

    private static final String BAD_FORMAT = "invalid username/password/email format";

    private final Database database;
    private final PasswordHasher hasher;
    private final AccountChanges changes;
    private final AuditLog audit;
    private final InstantSource clock;

    public UserDirectory(
            Database database, PasswordHasher hasher, AccountChanges changes, AuditLog audit, InstantSource clock) {
        this.database = database;
        this.hasher = hasher;
        this.changes = changes;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Creates a user.
     *
     * @param username 2 to 24 bytes, unique; the name of the root user is refused
     * @param email unique address, or null for none
     * @param password 6 to 36 bytes
     * @throws AccountRefusal when a text breaks the rules or a name or address is taken
     */
    public User create(String username, @Nullable String email, String password, boolean admin) {
        if (username.strip().toLowerCase(Locale.ROOT).equals(RootUser.NAME)) {
            throw new AccountRefusal(usernameTaken(username.strip()));
        }
        return insert(username, email, password, admin, false, AuditLog.SYSTEM);
    }

    User createRoot(String password, boolean mustChangePassword) {
        return insert(RootUser.NAME, null, password, true, mustChangePassword, AuditLog.SYSTEM);
    }

    /** Returns the user with this id. */
    public Optional<User> find(long id) {
        return read(mapper -> mapper.byId(id)).map(UserRow::user);
    }

    /** Returns the user with exactly this name. */
    public Optional<User> findByUsername(String username) {
        return read(mapper -> mapper.byUsername(username)).map(UserRow::user);
    }

    /** Returns the user with this address, whatever its case. */
    public Optional<User> findByEmail(String email) {
        return read(mapper -> mapper.byEmail(AccountRules.normalEmail(email))).map(UserRow::user);
    }

    /**
     * Returns the names of those of the users who exist, in one question to the database.
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
        return database.read(UserMapper.class, mapper -> mapper.names(ids)).stream()
                .collect(Collectors.toMap(UserMapper.Named::id, UserMapper.Named::username));
    }

    /**
     * Returns users by id ascending.
     *
     * @param search part of the user name, whatever its case; empty for all
     * @param offset number of users to skip, not negative
     * @param limit most users to return
     */
    public List<User> page(String search, long offset, int limit) {
        String pattern = pattern(search);
        return database.read(UserMapper.class, mapper -> mapper.page(pattern, limit, offset)).stream()
                .map(UserRow::user)
                .toList();
    }

    /** Returns how many users {@link #page} has in all for this search. */
    public long count(String search) {
        String pattern = pattern(search);
        return database.read(UserMapper.class, mapper -> mapper.count(pattern));
    }

    /**
     * Stores a new password and ends all sessions of the user. API keys stay.
     *
     * @throws AccountRefusal when the password breaks the rules or there is no such user
     */
    public void setPassword(long id, String password, String actor) {
        if (!AccountRules.validPassword(password)) {
            throw new AccountRefusal("password length must be between 6 and 36");
        }
        // Hashed outside the transaction, which may run more than once and holds the writer.
        String hash = hasher.hash(password);
        change(id, actor, "user.password", "", (mapper, now) -> mapper.setPassword(id, hash, false, now) > 0);
    }

    /**
     * Replaces the address of a user; blank removes it.
     *
     * @throws AccountRefusal when the address is malformed or taken or there is no such user
     */
    public void setEmail(long id, String email, String actor) {
        String normal = email.isBlank() ? null : AccountRules.normalEmail(email);
        if (normal != null && !AccountRules.validEmail(normal)) {
            throw new AccountRefusal("invalid email format");
        }
        try {
            change(id, actor, "user.email", "", (mapper, now) -> {
                UserRow owner = normal == null ? null : mapper.byEmail(normal);
                if (owner != null && owner.id() != id) {
                    throw new AccountRefusal(emailTaken(owner.email()));
                }
                return mapper.setEmail(id, normal, now) > 0;
            });
        } catch (DatabaseException e) {
            if (normal != null
                    && findByEmail(normal).filter(user -> user.id() != id).isPresent()) {
                throw new AccountRefusal(emailTaken(normal));
            }
            throw e;
        }
    }

    /** Makes a user an administrator or an ordinary user; throws {@link AccountRefusal} when there is no such user. */
    public void setAdmin(long id, boolean admin, String actor) {
        change(id, actor, "user.admin", Boolean.toString(admin), (mapper, now) -> mapper.setAdmin(id, admin, now) > 0);
    }

    /**
     * Bans or unbans a user. A ban stops sessions and API keys at once; unbanning revives the keys but not the sessions.
     *
     * @throws AccountRefusal when there is no such user
     */
    public void setBanned(long id, boolean banned, String actor) {
        change(id, actor, "user.ban", Boolean.toString(banned), (mapper, now) -> mapper.setBanned(id, banned, now) > 0);
    }

    /** Returns the stored row for a name or, failing that, an address given at sign-in. */
    Optional<UserRow> rowForLogin(String login) {
        Optional<UserRow> named = read(mapper -> mapper.byUsername(login));
        return named.isPresent() ? named : read(mapper -> mapper.byEmail(AccountRules.normalEmail(login)));
    }

    /** Stores a stronger hash of an unchanged password. */
    void upgradePassword(UserRow row, String password) {
        String hash = hasher.hash(password);
        database.write(transaction -> transaction
                .mapper(UserMapper.class)
                .upgradePassword(row.id(), row.passwordHash(), hash, clock.millis()));
    }

    private User insert(
            String username,
            @Nullable String email,
            String password,
            boolean admin,
            boolean mustChangePassword,
            String actor) {
        String name = username.strip();
        String address = email == null || email.isBlank() ? null : AccountRules.normalEmail(email);
        if (!AccountRules.validUsername(name)
                || !AccountRules.validPassword(password)
                || (address != null && !AccountRules.validEmail(address))) {
            throw new AccountRefusal(BAD_FORMAT);
        }
        String hash = hasher.hash(password);
        try {
            return database.write(transaction -> {
                UserMapper mapper = transaction.mapper(UserMapper.class);
                refuseTaken(mapper, name, address);
                mapper.insert(name, address, hash, admin, false, mustChangePassword, clock.millis());
                UserRow row = mapper.byUsername(name);
                if (row == null) {
                    throw new IllegalStateException("a user vanished within its own transaction");
                }
                audit.record(transaction, actor, "user.create", subject(row.id()), name);
                return row.user();
            });
        } catch (DatabaseException e) {
            // Another node may have taken the name between the look and the insert.
            database.read(UserMapper.class, mapper -> {
                refuseTaken(mapper, name, address);
                return true;
            });
            throw e;
        }
    }

    private static void refuseTaken(UserMapper mapper, String name, @Nullable String address) {
        if (mapper.byUsername(name) != null) {
            throw new AccountRefusal(usernameTaken(name));
        }
        if (address != null && mapper.byEmail(address) != null) {
            throw new AccountRefusal(emailTaken(address));
        }
    }

    private void change(long id, String actor, String action, String detail, BiPredicate<UserMapper, Long> work) {
        database.write(transaction -> {
            if (!work.test(transaction.mapper(UserMapper.class), clock.millis())) {
                throw new AccountRefusal(NOT_FOUND);
            }
            audit.record(transaction, actor, action, subject(id), detail);
            return true;
        });
        changes.changed(id);
    }

    private Optional<UserRow> read(NullableQuery query) {
        return database.read(UserMapper.class, mapper -> Optional.ofNullable(query.run(mapper)));
    }

    private interface NullableQuery {
        @Nullable
        UserRow run(UserMapper mapper);
    }

    private static String pattern(String search) {
        String escaped = search.strip()
                .toLowerCase(Locale.ROOT)
                .replace("!", "!!")
                .replace("%", "!%")
                .replace("_", "!_");
        return "%" + escaped + "%";
    }

    private static String subject(long id) {
        return "user " + id;
    }

    private static String usernameTaken(String name) {
        return "username is already taken, please try another one username (your current username: " + name + ")";
    }

    private static String emailTaken(@Nullable String address) {
        return "email is already taken, please try another one email (your current email: " + address + ")";
    }
}
