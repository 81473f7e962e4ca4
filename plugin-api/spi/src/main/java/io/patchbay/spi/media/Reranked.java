package io.patchbay.spi.media;

import io.patchbay.spi.Usage;
import java.util.List;

/**
 * Documents by relevance, the best first.
 *
 * @param id the vendor's id of the answer, maybe empty
 */
public record Reranked(String id, List<Hit> hits, Usage usage) {
    public Reranked {
        hits = List.copyOf(hits);
    }

    /**
     * One document.
     *
     * @param index its place in the client's list, from 0
     * @param score its relevance, in the vendor's measure
     */
    public record Hit(int index, double score) {}
}
