package io.patchbay.toolkit.data;

import io.patchbay.spi.Capability;
import io.patchbay.spi.Dialect;
import io.patchbay.spi.Offer;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What is offered for a model, told by its name: the first that fits counts. Names are regular expressions for the
 * whole name in lower case; without any it fits all.
 *
 * @param all in the order of the file
 */
record Offers(List<Entry> all) {
    private static final List<String> CAPABILITIES = Stream.of(
                    Capability.CHAT,
                    Capability.TOOLS,
                    Capability.PARALLEL_TOOLS,
                    Capability.VISION,
                    Capability.REASONING,
                    Capability.JSON_OUTPUT,
                    Capability.SEVERAL_CHOICES,
                    Capability.EMBEDDINGS,
                    Capability.IMAGES,
                    Capability.IMAGE_EDITS,
                    Capability.RERANK,
                    Capability.TASKS,
                    Capability.WEB_SEARCH,
                    Capability.MODEL_LIST)
            .map(Capability::id)
            .toList();
    private static final List<String> IMAGE_INPUTS = List.of("none", "inline", "url");

    /** What is offered, and what only some of its models have besides. */
    private record Entry(
            Pattern models, List<Capability> capabilities, String dialect, String imageInput, List<Entry> some) {
        boolean fits(String name) {
            return models.matcher(name).matches();
        }

        void addTo(Offer.Builder offer, String name) {
            capabilities.forEach(offer::capability);
            if (!dialect.isEmpty()) {
                offer.dialect(new Dialect(dialect));
            }
            if (!imageInput.equals("none")) {
                offer.capability(Capability.VISION)
                        .imageInput(
                                imageInput.equals("inline") ? Offer.ImageInput.INLINE : Offer.ImageInput.URL_OR_INLINE);
            }
            some.stream().filter(entry -> entry.fits(name)).forEach(entry -> entry.addTo(offer, name));
        }
    }

    static Offers read(Node offers) {
        return new Offers(offers.each(Offers::entry));
    }

    private static Entry entry(Node node) {
        Node models = node.get("models");
        Entry entry = new Entry(
                models.isMissing() ? Pattern.compile("(?s).*") : ErrorTable.pattern(models),
                node.get("capabilities").each(word -> new Capability(word.word(CAPABILITIES))),
                node.get("dialect").text(""),
                node.get("imageInput").word(IMAGE_INPUTS),
                node.get("some").each(Offers::entry));
        node.closed();
        return entry;
    }

    /** Returns what is offered for a model; chat where the file says nothing at all. */
    Offer of(String model) {
        if (all.isEmpty()) {
            return Offer.CHAT;
        }
        String name = model.toLowerCase(Locale.ROOT);
        Offer.Builder offer = Offer.builder();
        all.stream().filter(entry -> entry.fits(name)).findFirst().ifPresent(entry -> entry.addTo(offer, name));
        return offer.build();
    }
}
