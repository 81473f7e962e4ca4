package io.patchbay.spi.chat;

import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** One chat to answer. */
@ProviderType
public interface ChatCall {
    /** Returns the model by the upstream's name. */
    String model();

    /** Returns the model by the name the client used. */
    String publicModel();

    /** Returns whether the client wants the answer as it is made. */
    boolean stream();

    /** Returns the request in canonical form. Parsed on first use: a flow that forwards the wire never asks. */
    ChatRequest request();

    /**
     * Returns an opaque word for the user behind the call, stable per user and channel and at most 32 letters and digits:
     * what vendors want as the end user's id. It does not tell who the user is.
     */
    String userMark();

    /** Returns the client's own body, or {@code null} when the request was not made by a client of a known dialect. */
    @Nullable
    Wire wire();
}
