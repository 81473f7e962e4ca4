package io.patchbay.billing.code;

import java.time.Instant;
import java.util.List;

/**
 * Codes that were generated together.
 *
 * @param id names them in lists and exports
 * @param codes the codes, all different
 * @param createdAt when
 */
public record CodeBatch(String id, List<String> codes, Instant createdAt) {
    /** Copies the list. */
    public CodeBatch {
        codes = List.copyOf(codes);
    }

    /** Returns a text without the codes, which are money. */
    @Override
    public String toString() {
        return codes.size() + " codes of batch " + id;
    }
}
