package io.patchbay.accounts;

import io.patchbay.accounts.limit.FailedKeys;
import io.patchbay.accounts.limit.SeedRateLimits;
import io.patchbay.accounts.limit.SignInLimits;
import io.patchbay.accounts.password.PasswordHasher;
import io.patchbay.accounts.session.SessionTokens;
import io.patchbay.foundation.config.SecurityConfig;
import io.patchbay.foundation.crypto.Encryption;
import io.patchbay.foundation.database.Database;
import io.patchbay.foundation.state.SharedState;
import java.time.InstantSource;
import java.util.List;

/** The parts of this room, put together. Thread-safe. */
public final class Accounts implements AutoCloseable {
    private final InstantSource clock;
    private final AccountChanges changes;
    private final AuditLog audit;
    private final UserDirectory users;
    private final ApiKeys apiKeys;
    private final FailedKeys failedKeys;
    private final KeyUsage usage;
    private final Authenticator authenticator;
    private final SignIn signIn;
    private final SeedRateLimits rateLimits;

    private Accounts(
            Database database, SharedState state, SecurityConfig security, UserGroups groups, InstantSource clock) {
        PasswordHasher hasher = new PasswordHasher();
        SessionTokens sessions = new SessionTokens(security, clock);
        this.clock = clock;
        this.changes = new AccountChanges(state.bus());
        this.audit = new AuditLog(database, clock);
        this.users = new UserDirectory(database, hasher, changes, audit, clock);
        this.apiKeys = new ApiKeys(database, new Encryption(security, "api-keys"), changes, audit, clock);
        this.failedKeys = new FailedKeys(state.counters(), state.bus(), clock);
        this.usage = new KeyUsage(database, clock);
        this.authenticator =
                new Authenticator(new CredentialCache(database, changes), sessions, failedKeys, usage, groups);
        this.signIn = new SignIn(users, hasher, sessions, new SignInLimits(state.counters()));
        this.rateLimits = new SeedRateLimits(state.counters());
    }

    /** Returns the MyBatis mappers to open the database with. */
    public static List<Class<?>> mappers() {
        return List.of(UserMapper.class, ApiKeyMapper.class, AuditMapper.class);
    }

    /** Puts the room together over a database opened with {@link #mappers}. */
    public static Accounts open(Database database, SharedState state, SecurityConfig security, InstantSource clock) {
        return open(database, state, security, UserGroups.NORMAL, clock);
    }

    /**
     * Puts the room together over a database opened with {@link #mappers}.
     *
     * @param groups who is in which group
     */
    public static Accounts open(
            Database database, SharedState state, SecurityConfig security, UserGroups groups, InstantSource clock) {
        return new Accounts(database, state, security, groups, clock);
    }

    /** Returns the users. */
    public UserDirectory users() {
        return users;
    }

    /** Returns the API keys. */
    public ApiKeys apiKeys() {
        return apiKeys;
    }

    /** Returns the judge of credentials. */
    public Authenticator authenticator() {
        return authenticator;
    }

    /** Returns the sign-in by password. */
    public SignIn signIn() {
        return signIn;
    }

    /** Returns the audit log, which other rooms write to as well. */
    public AuditLog audit() {
        return audit;
    }

    /** Returns the announcements of account changes. */
    public AccountChanges changes() {
        return changes;
    }

    /** Returns the rate limits, for routes that are not JAX-RS resources. */
    public SeedRateLimits rateLimits() {
        return rateLimits;
    }

    /**
     * Returns the filters every JAX-RS application with signed-in users needs, for registration as instances:
     * authentication, the administration gate, {@link SignedIn}, {@link AdminOnly} and the rate limits.
     */
    public List<Object> filters() {
        return List.of(
                new SeedRateLimitFilter(rateLimits),
                new AuthenticationFilter(authenticator),
                new SignedInFilter(),
                new AdminOnlyFilter(authenticator));
    }

    /**
     * Returns the resources of this room, for registration as instances.
     *
     * @param figures what billing knows about users
     */
    public List<Object> resources(AccountFigures figures) {
        return List.of(
                new LoginResource(signIn),
                new AccountResource(users, apiKeys, figures, clock),
                new PasswordResource(signIn),
                new UserAdministrationResource(new UserAdministration(users)),
                new AuditResource(audit));
    }

    /** Writes what is still in memory and leaves the bus; idempotent. */
    @Override
    public void close() {
        usage.close();
        failedKeys.close();
        changes.close();
    }
}
