package io.patchbay.toolkit.anthropic;

import io.patchbay.dialects.anthropic.ClaudeModel;
import io.patchbay.spi.Capability;
import io.patchbay.spi.Offer;
import io.patchbay.spi.Profile;

/** What is the same of Claude wherever it is served in Anthropic's dialect. */
public final class Claude {
    /** How its streams end: by an event of their own, with the usage told unasked. */
    static final Profile PROFILE =
            Profile.builder().endMarker(true).asksForUsage(false).build();

    private Claude() {}

    /**
     * Returns what is offered for a model.
     *
     * @param pictures how the server takes them, for models that do
     */
    public static Offer.Builder offer(ClaudeModel model, Offer.ImageInput pictures) {
        Offer.Builder offer = Offer.builder().capability(Capability.CHAT);
        if (model.callsTools()) {
            offer.capability(Capability.TOOLS, Capability.PARALLEL_TOOLS);
        }
        if (model.takesPictures()) {
            offer.capability(Capability.VISION).imageInput(pictures);
        }
        // Other models behind the dialect may think or not: they get what the client said.
        if (model.thinks() || !model.isClaude()) {
            offer.capability(Capability.REASONING);
        }
        if (model.bindsToSchema()) {
            offer.capability(Capability.JSON_OUTPUT);
        }
        return offer;
    }
}
