package io.patchbay.relay.channel;

/** Shows keys to administrators: enough to tell one from the others, too little to guess the rest. */
public final class KeyMask {
    static final String HIDDEN = "****";
    private static final int SHORTEST_SHOWN = 20;

    private KeyMask() {}

    /** Returns a key line as it may be shown. */
    public static String of(String key) {
        return key.length() < SHORTEST_SHOWN ? HIDDEN : key.substring(0, 4) + HIDDEN + key.substring(key.length() - 4);
    }
}
