package io.patchbay.accounts;

import static java.util.Objects.requireNonNull;

/**
 * The signed-in user behind one request. Immutable; an anonymous request has no caller.
 *
 * @param userId identity of the user, positive
 * @param username name of the user as stored
 * @param admin whether this credential may use administration routes: the user is an administrator and, for an API
 *     key, the key has a scope that includes administration
 * @param agent kind of credential
 * @param group name of the user group that decides on channels, for example {@link #NORMAL_GROUP}
 * @param keyId identity of the API key, or {@link #NO_KEY} for a session
 */
public record Caller(long userId, String username, boolean admin, Agent agent, String group, long keyId) {
    /** Name of the request property under which {@link AuthenticationFilter} leaves the caller. */
    public static final String PROPERTY = "io.patchbay.accounts.caller";

    /** Group of requests without a caller. */
    public static final String ANONYMOUS_GROUP = "anonymous";

    /** Group of signed-in users without a plan. */
    public static final String NORMAL_GROUP = "normal";

    /** Value of {@link #keyId} when the caller uses a session. */
    public static final long NO_KEY = 0;

    public Caller {
        requireNonNull(username, "username is null");
        requireNonNull(agent, "agent is null");
        requireNonNull(group, "group is null");
    }
}
