package io.patchbay.kernel;

import static java.util.Objects.requireNonNull;

/**
 * A plugin, or a change to one, was refused; what ran before goes on.
 *
 * <p>The message is one or two sentences for the operator: what was found and what to do. It never has a cause: a kept
 * {@code Throwable} of a plugin would pin the plugin's class loader.
 */
public final class PluginRejected extends RuntimeException {
    private final RejectionCode code;

    /**
     * @param code the stable reason
     * @param message sentences for the operator
     */
    public PluginRejected(RejectionCode code, String message) {
        super(message);
        this.code = requireNonNull(code, "code is null");
    }

    /** Returns the stable reason. */
    public RejectionCode code() {
        return code;
    }

    /** Returns the sentences for the operator. */
    public String text() {
        return requireNonNull(getMessage());
    }
}
