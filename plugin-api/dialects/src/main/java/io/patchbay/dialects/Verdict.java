package io.patchbay.dialects;

/** What becomes of one event of the upstream, see {@link Tap#on}. */
public enum Verdict {
    /** Nothing of content yet: keep the written bytes back, another upstream may still be tried. */
    HOLD,
    /** Goes to the client. */
    FORWARD,
    /** Does not go to the client; what it said is remembered in the facts. */
    DROP,
    /** The end marker. Nothing is written for it: {@link Tap#tail} makes the end of the stream after settlement. */
    LAST
}
