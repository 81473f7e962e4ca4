package io.patchbay.dialects;

import io.patchbay.spi.Dialect;
import io.patchbay.spi.Profile;
import io.patchbay.spi.chat.ChatRequest;
import io.patchbay.spi.json.JsonObject;
import java.util.Set;

/**
 * The upstream's half of one chat dialect: requests are written, answers are read. Stateless, safe for use by several
 * threads. A dialect that clients of this server speak too is a {@link ChatCodec}.
 */
public interface UpstreamCodec {
    /** Returns which dialect this is. */
    Dialect dialect();

    /**
     * Writes a request.
     *
     * @param model the model by the upstream's name
     */
    JsonObject writeRequest(ChatRequest request, String model, boolean stream);

    /**
     * Returns the fields of a request that {@link #writeRequest} leaves out because the dialect or the model has no place
     * for them, by the names clients use, such as {@code logit_bias} or {@code messages.image_url}.
     *
     * @param model the model by the upstream's name
     */
    default Set<String> unmapped(ChatRequest request, String model) {
        return Set.of();
    }

    /** Returns a decoder for one streamed exchange. */
    ChatDecoder decoder(Profile profile);

    /** Returns a decoder for one whole answer, to be called once with the body and then ended. */
    ChatDecoder wholeDecoder(Profile profile);
}
