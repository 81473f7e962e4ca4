package io.patchbay.plugin.dashscope;

import io.patchbay.spi.Capability;
import io.patchbay.spi.Offer;
import java.util.Locale;
import java.util.regex.Pattern;

/** What is known of a model by its name. Unknown names are taken for chats in text. */
record QwenModel(String asked) {
    /** An older product's way to ask for a search. */
    private static final String SEARCHING = "-net";

    private static final Pattern EDITS = Pattern.compile("qwen-image-edit.*|wan2\\.6-image.*");

    /** How a model is asked; the first whose names fit. */
    enum Kind {
        VECTORS("text-embedding-.*"),
        SEEING(".*-vl(-.*)?|qvq-.*|.*-omni-.*|.*-audio-.*|.*-ocr(-.*)?"),
        PICTURES("qwen-image.*|z-image.*|wan2\\.6-(t2i|image).*"),
        PICTURE_TASK("wanx-v1|wanx?2\\.[0-5]-t2i-.*"),
        FILM_TASK("wanx?[\\d.]+-(t2v|i2v|kf2v).*"),
        CHAT(".*");

        private final Pattern names;

        Kind(String names) {
            this.names = Pattern.compile(names);
        }
    }

    /** Returns the vendor's own name. */
    String name() {
        return searches() ? asked.substring(0, asked.length() - SEARCHING.length()) : asked;
    }

    boolean searches() {
        return asked.endsWith(SEARCHING);
    }

    Kind kind() {
        String lower = name().toLowerCase(Locale.ROOT);
        for (Kind kind : Kind.values()) {
            if (kind.names.matcher(lower).matches()) {
                return kind;
            }
        }
        return Kind.CHAT;
    }

    /** Returns whether it changes pictures it is given. */
    boolean edits() {
        return EDITS.matcher(name().toLowerCase(Locale.ROOT)).matches();
    }

    Offer offer() {
        Offer.Builder offer = Offer.builder();
        Kind kind = kind();
        switch (kind) {
            case CHAT, SEEING ->
                offer.capability(
                        Capability.CHAT,
                        Capability.TOOLS,
                        Capability.PARALLEL_TOOLS,
                        Capability.JSON_OUTPUT,
                        Capability.WEB_SEARCH,
                        Capability.REASONING);
            case PICTURES -> offer.capability(Capability.IMAGES, Capability.TASKS);
            case PICTURE_TASK, FILM_TASK -> offer.capability(Capability.TASKS);
            case VECTORS -> offer.capability(Capability.EMBEDDINGS);
        }
        if (edits()) {
            offer.capability(Capability.IMAGE_EDITS);
        }
        boolean filmsPictures = kind == Kind.FILM_TASK && !name().contains("t2v");
        if (kind == Kind.SEEING || edits() || filmsPictures) {
            offer.capability(Capability.VISION).imageInput(Offer.ImageInput.URL_OR_INLINE);
        }
        return offer.build();
    }
}
