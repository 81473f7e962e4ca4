package io.patchbay.relay.call;

import io.patchbay.spi.chat.Wire;
import io.patchbay.spi.http.Blob;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.media.ImageCall;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Images to make, as a flow sees them. */
record UpstreamImageCall(
        String model,
        String publicModel,
        String prompt,
        List<Blob> pictures,
        @Nullable Blob mask,
        JsonObject settings,
        @Nullable Wire wire)
        implements ImageCall {
    UpstreamImageCall {
        pictures = List.copyOf(pictures);
    }
}
