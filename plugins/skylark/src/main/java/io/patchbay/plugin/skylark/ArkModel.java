package io.patchbay.plugin.skylark;

import io.patchbay.spi.Capability;
import io.patchbay.spi.Dialect;
import io.patchbay.spi.Offer;
import java.util.Locale;
import java.util.regex.Pattern;

/** What is known of a model by its name. An endpoint of the operator's (ep-…) may be anything that chats. */
record ArkModel(String name) {
    private static final Pattern PICTURES = Pattern.compile(".*(seedream|seededit).*");
    private static final Pattern EDITS = Pattern.compile(".*(seedream-[4-9]|seededit).*");
    private static final Pattern VECTORS = Pattern.compile(".*embedding.*");
    private static final Pattern SEES = Pattern.compile("ep-.*|doubao-seed-.*|.*vision.*");
    private static final Pattern SWITCHES = Pattern.compile("ep-.*|doubao-seed-.*|deepseek-v3-.*");
    private static final Pattern EFFORTS = Pattern.compile("doubao-seed-(1-[8-9]|[2-9]).*");
    private static final Pattern THINKS = Pattern.compile(".*thinking.*|deepseek-r1.*");

    private boolean is(Pattern pattern) {
        return pattern.matcher(name.toLowerCase(Locale.ROOT)).matches();
    }

    boolean makesPictures() {
        return is(PICTURES);
    }

    boolean edits() {
        return is(EDITS);
    }

    boolean makesVectors() {
        return is(VECTORS);
    }

    /** Returns whether thinking can be switched on and off. */
    boolean switchesThinking() {
        return is(SWITCHES);
    }

    /** Returns whether the effort of thinking can be said by a word. */
    boolean takesEfforts() {
        return is(EFFORTS);
    }

    boolean thinks() {
        return switchesThinking() || is(THINKS);
    }

    /** Returns what Ark can do with it. */
    Offer offer() {
        if (makesPictures()) {
            Offer.Builder offer = Offer.builder().capability(Capability.IMAGES);
            return (edits() ? offer.capability(Capability.IMAGE_EDITS) : offer).build();
        }
        if (makesVectors()) {
            return Offer.builder().capability(Capability.EMBEDDINGS).build();
        }
        Offer.Builder offer = Offer.builder()
                .dialect(Dialect.OPENAI_CHAT)
                .capability(Capability.CHAT, Capability.TOOLS, Capability.PARALLEL_TOOLS, Capability.JSON_OUTPUT);
        if (thinks()) {
            offer.capability(Capability.REASONING);
        }
        if (is(SEES)) {
            offer.capability(Capability.VISION).imageInput(Offer.ImageInput.URL_OR_INLINE);
        }
        return offer.build();
    }
}
