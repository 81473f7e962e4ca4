package io.patchbay.spi;

import java.util.List;

/**
 * What a vendor's error means, where the host's common reading does not know better. The first rule that fits counts.
 *
 * @param kind what it means
 * @param codes the vendor's codes or error types in any case, with a star at either end for anything; empty for all
 * @param status the HTTP status it must have come with, 0 for any
 * @param words a piece of the message in any case, empty for any
 */
public record FaultRule(FaultKind kind, List<String> codes, int status, String words) {
    public FaultRule {
        codes = List.copyOf(codes);
        if (status != 0 && !words.isEmpty()) {
            throw new IllegalArgumentException("a rule looks at the status or at the words, not at both");
        }
    }
}
