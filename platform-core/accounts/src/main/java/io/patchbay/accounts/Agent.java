package io.patchbay.accounts;

/** The kind of credential a caller showed. */
public enum Agent {
    /** An {@code sk-} key. */
    API_KEY,
    /** A session token issued at sign-in. */
    SESSION
}
