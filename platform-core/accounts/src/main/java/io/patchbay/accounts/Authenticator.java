package io.patchbay.accounts;

import io.patchbay.accounts.limit.FailedKeys;
import io.patchbay.accounts.session.SessionTokens;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds out who shows a credential. Thread-safe and on the hot path of every call: no database access for credentials
 * seen within the last minute.
 *
 * <p>Bans, demotions, password changes and key resets are effective for the next call.
 */
public final class Authenticator {
    private static final String KEY_PREFIX = "sk-";
    private static final String BEARER = "bearer ";

    private final CredentialCache cache;
    private final SessionTokens sessions;
    private final FailedKeys failedKeys;
    private final KeyUsage usage;
    private final UserGroups groups;

    Authenticator(
            CredentialCache cache, SessionTokens sessions, FailedKeys failedKeys, KeyUsage usage, UserGroups groups) {
        this.cache = cache;
        this.sessions = sessions;
        this.failedKeys = failedKeys;
        this.usage = usage;
        this.groups = groups;
    }

    /**
     * Judges a credential for any use.
     *
     * @param authorization an API key or session token, with or without {@code Bearer}; null or blank when there is none
     * @param clientAddress address of the client, for counting failed keys
     */
    public Authentication authenticate(@Nullable String authorization, String clientAddress) {
        return authenticate(authorization, clientAddress, null);
    }

    /**
     * Judges a credential for one use.
     *
     * @param authorization an API key or session token, with or without {@code Bearer}; null or blank when there is none
     * @param clientAddress address of the client, for counting failed keys
     * @param needed scope an API key must have; null when any will do. Sessions have all scopes.
     */
    public Authentication authenticate(
            @Nullable String authorization, String clientAddress, @Nullable KeyScope needed) {
        String credential = credential(authorization);
        if (credential.isEmpty()) {
            return Authentication.ANONYMOUS;
        }
        return credential.startsWith(KEY_PREFIX) ? key(credential, clientAddress, needed) : session(credential);
    }

    /** Returns the user of a caller as known within the last minute; empty when the user is gone. */
    public Optional<User> user(Caller caller) {
        return cache.user(caller.userId());
    }

    /** Returns whether a text is meant as an API key, judged by its prefix alone. */
    static boolean looksLikeKey(String authorization) {
        return credential(authorization).startsWith(KEY_PREFIX);
    }

    private Authentication key(String secret, String clientAddress, @Nullable KeyScope needed) {
        if (failedKeys.blocks(clientAddress)) {
            return refused(Authentication.Reason.BLACKLISTED);
        }
        Optional<CredentialCache.Key> found =
                ApiKeys.wellFormed(secret) ? cache.key(ApiKeys.hash(secret)) : Optional.empty();
        Optional<User> owner = found.flatMap(key -> cache.user(key.userId()));
        if (found.isEmpty() || owner.isEmpty()) {
            failedKeys.failed(clientAddress);
            return refused(Authentication.Reason.BAD_KEY);
        }
        CredentialCache.Key key = found.get();
        User user = owner.get();
        if (user.banned()) {
            return refused(Authentication.Reason.BANNED);
        }
        if (needed != null && !needed.grantedBy(key.scopes())) {
            return refused(Authentication.Reason.OUT_OF_SCOPE);
        }
        usage.used(key.id());
        boolean admin = user.admin() && KeyScope.ADMIN.grantedBy(key.scopes());
        return new Authentication.Known(
                new Caller(user.id(), user.username(), admin, Agent.API_KEY, groups.of(user.id()), key.id()));
    }

    private Authentication session(String token) {
        Optional<SessionTokens.Session> session = sessions.read(token);
        Optional<User> owner = session.flatMap(read -> cache.user(read.userId()));
        if (session.isEmpty() || owner.isEmpty()) {
            return Authentication.ANONYMOUS;
        }
        User user = owner.get();
        if (user.banned()) {
            return refused(Authentication.Reason.BANNED);
        }
        if (user.sessionVersion() != session.get().version()
                || !user.username().equals(session.get().username())) {
            return Authentication.ANONYMOUS;
        }
        return new Authentication.Known(new Caller(
                user.id(), user.username(), user.admin(), Agent.SESSION, groups.of(user.id()), Caller.NO_KEY));
    }

    private static String credential(@Nullable String authorization) {
        if (authorization == null) {
            return "";
        }
        String trimmed = authorization.strip();
        boolean prefixed = trimmed.length() >= BEARER.length()
                && trimmed.substring(0, BEARER.length())
                        .toLowerCase(Locale.ROOT)
                        .equals(BEARER);
        return prefixed ? trimmed.substring(BEARER.length()).strip() : trimmed;
    }

    private static Authentication refused(Authentication.Reason reason) {
        return new Authentication.Refused(reason);
    }
}
