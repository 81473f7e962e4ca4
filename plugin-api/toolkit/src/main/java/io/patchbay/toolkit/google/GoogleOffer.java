package io.patchbay.toolkit.google;

import io.patchbay.dialects.gemini.GeminiModel;
import io.patchbay.spi.Capability;
import io.patchbay.spi.Offer;
import io.patchbay.spi.Offer.ImageInput;

/** What Google's models can do, wherever they are served. */
public final class GoogleOffer {
    private static final int FIRST_WITH_SEARCH = 20;

    private GoogleOffer() {}

    /** Returns what is offered for a model; nothing for one that does not answer here. */
    public static Offer.Builder of(GeminiModel model) {
        Offer.Builder offer = Offer.builder();
        if (model.isPalm() || model.name().startsWith("deep-research")) {
            return offer;
        }
        if (model.embeds()) {
            return offer.capability(Capability.EMBEDDINGS);
        }
        offer.capability(Capability.CHAT);
        if (model.isImagen()) {
            return offer.capability(Capability.IMAGES);
        }
        if (model.takesPictures()) {
            offer.capability(Capability.VISION).imageInput(ImageInput.INLINE);
        }
        if (model.makesPictures()) {
            return offer.capability(Capability.IMAGES, Capability.IMAGE_EDITS);
        }
        if (model.speaks() || model.isGemma()) {
            return offer;
        }
        offer.capability(
                Capability.TOOLS, Capability.PARALLEL_TOOLS, Capability.JSON_OUTPUT, Capability.SEVERAL_CHOICES);
        if (model.thinks()) {
            offer.capability(Capability.REASONING);
        }
        if (model.version() >= FIRST_WITH_SEARCH) {
            offer.capability(Capability.WEB_SEARCH);
        }
        return offer;
    }
}
