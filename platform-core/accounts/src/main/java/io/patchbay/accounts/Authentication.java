package io.patchbay.accounts;

import static java.util.Objects.requireNonNull;

/** What a credential turned out to be. */
public sealed interface Authentication {
    /** The one anonymous outcome. */
    Anonymous ANONYMOUS = new Anonymous();

    /** No credential, or a session token that is malformed, expired or revoked. */
    record Anonymous() implements Authentication {}

    /**
     * A valid credential.
     *
     * @param caller the user behind it
     */
    record Known(Caller caller) implements Authentication {
        public Known {
            requireNonNull(caller, "caller is null");
        }
    }

    /**
     * A credential that must not be used.
     *
     * @param reason why
     */
    record Refused(Reason reason) implements Authentication {
        public Refused {
            requireNonNull(reason, "reason is null");
        }
    }

    /** Why a credential was refused. */
    enum Reason {
        /** No such API key, or it was disabled. */
        BAD_KEY,
        /** The user is banned. */
        BANNED,
        /** Too many failed API keys came from this address lately. */
        BLACKLISTED,
        /** The API key is valid but its scopes do not cover this route. */
        OUT_OF_SCOPE
    }
}
