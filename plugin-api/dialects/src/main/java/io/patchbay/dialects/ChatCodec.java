package io.patchbay.dialects;

import io.patchbay.dialects.frame.FrameOut;
import io.patchbay.spi.Profile;
import io.patchbay.spi.chat.ChatRequest;
import io.patchbay.spi.chat.Wire;

/** Reads and writes one chat dialect, for clients as well as for upstreams. Stateless, safe for use by several threads. */
public interface ChatCodec extends UpstreamCodec {
    /** Reads a request. Lenient: what has no canonical form is kept as it came. */
    ChatRequest readRequest(Wire wire);

    /** Returns a tap for one streamed exchange. */
    Tap tap(ClientPlan plan, Profile profile);

    /** Returns a tap for one whole answer. */
    WholeTap wholeTap(ClientPlan plan, Profile profile);

    /** Returns an encoder for one client's stream. */
    ChatEncoder encoder(ClientPlan plan);

    /** Returns a collector for one client's whole answer. */
    WholeAnswer whole(ClientPlan plan);

    /** Returns the body of an error answer as JSON in UTF-8. */
    byte[] errorBody(WireError error);

    /** Writes an error into a stream that has begun; the stream is closed after it without its end marker. */
    void errorFrame(WireError error, FrameOut out);
}
