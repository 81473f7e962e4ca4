package io.patchbay.plugin.cohere;

import io.patchbay.spi.Capability;
import io.patchbay.spi.Offer;
import java.util.regex.Pattern;

/** What a model's name tells of it. */
record Model(String name) {
    private static final Pattern UNTHINKING =
            Pattern.compile("command-a-\\d.*|command-r.*|.*vision.*|.*translate.*|.*aya.*|command|command-light.*");

    private static final Offer EMBEDDINGS =
            Offer.builder().capability(Capability.EMBEDDINGS).build();
    private static final Offer RERANK =
            Offer.builder().capability(Capability.RERANK).build();

    /** Returns whether the model looks at pictures. */
    boolean sees() {
        return name.contains("vision");
    }

    /** Returns whether the model can be told to think; a name nobody knows yet is a newer model's. */
    boolean thinks() {
        return !UNTHINKING.matcher(name).matches();
    }

    Offer offer() {
        if (name.startsWith("embed-")) {
            return EMBEDDINGS;
        }
        if (name.startsWith("rerank-")) {
            return RERANK;
        }
        Offer.Builder offer = Offer.builder()
                .capability(Capability.CHAT, Capability.TOOLS, Capability.PARALLEL_TOOLS, Capability.JSON_OUTPUT)
                // Even the others tell what they plan to do with their tools.
                .capability(Capability.REASONING);
        return sees()
                ? offer.capability(Capability.VISION)
                        .imageInput(Offer.ImageInput.URL_OR_INLINE)
                        .build()
                : offer.build();
    }
}
