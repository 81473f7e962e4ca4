package io.patchbay.accounts;

import static java.util.Objects.requireNonNull;

/** What a sign-in led to. */
public sealed interface LoginOutcome {
    /**
     * The user is signed in.
     *
     * @param token session token
     * @param user the user
     */
    record Success(String token, User user) implements LoginOutcome {
        public Success {
            requireNonNull(token, "token is null");
            requireNonNull(user, "user is null");
        }

        @Override
        public String toString() {
            return "Success[token=***, user=" + user + "]";
        }
    }

    /**
     * The user is not signed in.
     *
     * @param error sentence for the client
     */
    record Failure(String error) implements LoginOutcome {}

    /** There were too many failures; nothing was checked. */
    record Throttled() implements LoginOutcome {}
}
