package io.patchbay.spi.media;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** Documents to put in the order of a question. */
@ProviderType
public interface RerankCall extends MediaCall {
    /** Returns the question. */
    String query();

    /** Returns the documents as texts, in the client's order. */
    List<String> documents();

    /** Returns how many of the best are wanted, 0 for all. */
    int most();
}
