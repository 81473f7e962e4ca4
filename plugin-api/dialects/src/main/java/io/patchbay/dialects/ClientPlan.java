package io.patchbay.dialects;

import java.util.Objects;

/**
 * What the client is to see.
 *
 * @param publicModel the model by the client's name for it
 * @param usageAsked whether the client asked for a usage event in the stream
 * @param answerId our id of the answer, such as {@code chatcmpl-…}
 * @param createdSeconds when the answer began, in seconds since 1970
 */
public record ClientPlan(String publicModel, boolean usageAsked, String answerId, long createdSeconds) {
    public ClientPlan {
        Objects.requireNonNull(publicModel, "publicModel is null");
        Objects.requireNonNull(answerId, "answerId is null");
    }
}
