package io.patchbay.relay.exchange;

import io.patchbay.spi.Bytes;
import org.eclipse.jetty.websocket.core.Frame;
import org.jspecify.annotations.Nullable;

/** Joins the data frames of a socket into whole messages. */
final class JoinedFrames {
    private final int limit;
    private @Nullable Collected parts;
    private boolean overflowed;

    /**
     * Begins with nothing.
     *
     * @param limit the largest message, in bytes
     */
    JoinedFrames(int limit) {
        this.limit = limit;
    }

    /** Returns the message this frame completes, a view that is valid as long as the frame is; else {@code null}. */
    @Nullable
    Bytes add(Frame frame) {
        Bytes payload = frame.hasPayload() ? UpstreamExchange.view(frame.getPayload()) : Bytes.EMPTY;
        Collected earlier = parts;
        if (earlier == null && frame.isFin() && payload.length() <= limit) {
            return payload;
        }
        Collected all = earlier == null ? new Collected(limit) : earlier;
        all.add(payload);
        overflowed = all.overflowed();
        parts = frame.isFin() || overflowed ? null : all;
        return frame.isFin() && !overflowed ? all.view() : null;
    }

    /** Returns whether the latest frame made a message too large. */
    boolean overflowed() {
        return overflowed;
    }
}
