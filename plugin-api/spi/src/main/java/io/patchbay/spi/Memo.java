package io.patchbay.spi;

import java.util.Objects;

/**
 * Names a small text that outlives a call, such as the vendor's id of a conversation. The host keeps it as well as it can;
 * losing it may cost quality, never correctness.
 *
 * @param scope what the text belongs to
 * @param key the plugin's name for it, at most 100 characters
 */
public record Memo(Scope scope, String key) {
    /** What a memo belongs to. All scopes are inside one channel. */
    public enum Scope {
        /** The client's conversation; a call without one neither finds nor keeps anything. */
        CONVERSATION,
        /** The user of this site. */
        USER,
        /** The credential that was chosen for the call. */
        KEY,
        /** The channel. */
        CHANNEL
    }

    /** The longest text that is kept, in characters. */
    public static final int MOST = 4_096;

    public Memo {
        Objects.requireNonNull(scope, "scope is null");
        if (key.isEmpty() || key.length() > 100) {
            throw new IllegalArgumentException("a memo's key has 1 to 100 characters, found " + key.length());
        }
    }

    /** Returns a memo of the client's conversation. */
    public static Memo ofConversation(String key) {
        return new Memo(Scope.CONVERSATION, key);
    }
}
