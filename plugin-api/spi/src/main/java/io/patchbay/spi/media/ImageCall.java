package io.patchbay.spi.media;

import io.patchbay.spi.http.Blob;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** Images to make, or to edit when pictures are given. */
@ProviderType
public interface ImageCall extends MediaCall {
    /** Returns the prompt. */
    String prompt();

    /** Returns the pictures to edit; empty for making new ones. */
    List<Blob> pictures();

    /** Returns the mask of an edit. */
    @Nullable
    Blob mask();
}
