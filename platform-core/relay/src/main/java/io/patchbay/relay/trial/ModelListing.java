package io.patchbay.relay.trial;

import io.patchbay.spi.Fault;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The models an upstream says it has.
 *
 * @param models their ids, sorted, each once
 * @param cut whether there were more than are listed here
 * @param fault why they are not known; {@code null} when they are
 */
public record ModelListing(
        List<String> models, boolean cut, @Nullable Fault fault, InquiryFacts facts) {
    public ModelListing {
        models = List.copyOf(models);
    }
}
