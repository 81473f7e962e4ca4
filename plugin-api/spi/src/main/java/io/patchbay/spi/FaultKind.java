package io.patchbay.spi;

/** What a fault means for the host: whether to try again, where, and whom to blame. */
public enum FaultKind {
    /** The request is wrong; nobody else would take it. */
    BAD_REQUEST,
    /** The request does not fit into the model's context. */
    TOO_LONG,
    /** A safety filter refused the input or the output. */
    CONTENT,
    /** The key is good but may not use this model or feature. */
    NO_ACCESS,
    /** The credential is wrong, revoked or locked. */
    KEY_DEAD,
    /** A minted token is no longer accepted; the host mints anew and repeats once. */
    KEY_STALE,
    /** No balance left, package used up, daily cap reached. */
    QUOTA,
    /** A rate or concurrency limit of this key. */
    RATE,
    /** Transient: overload, network, time-out. */
    RETRY,
    /** The vendor failed or answered nonsense. */
    UPSTREAM,
    /** The answer broke off before its end was marked. */
    TRUNCATED,
    /** The vendor rejected our clock, not our key. */
    CLOCK,
    /** The channel's settings are wrong; the operator must act. */
    CONFIG,
    /** This channel type cannot do what was asked. */
    UNSUPPORTED,
    /** Only from the host: paid work may or may not have been started. */
    UNKNOWN_OUTCOME,
    /** Only from the host: the plugin broke a rule or threw. */
    PLUGIN
}
