package io.patchbay.accounts;

import java.io.Serial;

/** A change of an account that the rules forbid. The message is meant for the client and holds no internals. */
public final class AccountRefusal extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** Creates a refusal with the sentence the client is told. */
    public AccountRefusal(String message) {
        super(message, null, false, false);
    }

    /** Returns the sentence the client is told. */
    public String sentence() {
        return String.valueOf(getMessage());
    }
}
