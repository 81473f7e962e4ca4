package io.patchbay.spi.media;

import io.patchbay.spi.Usage;
import java.util.List;

/**
 * Vectors, in the order of the inputs.
 *
 * @param vectors not to be changed afterwards
 */
public record Embeddings(List<float[]> vectors, Usage usage) {
    public Embeddings {
        vectors = List.copyOf(vectors);
    }
}
