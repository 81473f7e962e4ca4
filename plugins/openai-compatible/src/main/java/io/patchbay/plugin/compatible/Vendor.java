package io.patchbay.plugin.compatible;

import io.patchbay.spi.Capability;
import io.patchbay.spi.ChannelDescriptor;
import io.patchbay.spi.Offer;
import io.patchbay.spi.Profile;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A vendor as its profile describes it.
 *
 * @param access how it is reached
 * @param modelNames names operators may use for a model, and the vendor's own
 * @param list where its models come from
 * @param account where it tells what is left, {@code null} when it does not
 * @param embeddingFields settings of embeddings it understands
 * @param imageFields settings of images it understands: the client's name and the vendor's
 * @param models what is offered and how it is asked, by model; the last fits any
 */
record Vendor(
        ChannelDescriptor descriptor,
        Access access,
        Map<String, String> modelNames,
        ModelList list,
        @Nullable Account account,
        Set<String> embeddingFields,
        Map<String, String> imageFields,
        List<Model> models) {

    /** Models that are alike. */
    record Model(Pattern names, Offer offer, Profile profile) {}

    /**
     * Where models are listed.
     *
     * @param shape {@code data}, {@code array}, {@code static} or {@code none}
     * @param path behind the base address, or behind the host when it begins with a slash
     * @param prefix what stands before each id in the list only
     */
    record ModelList(String shape, String path, String prefix) {}

    /** Returns the vendor's name of a model. */
    String name(String model) {
        return modelNames.getOrDefault(model, model);
    }

    /** Returns what holds for a model. */
    Model model(String model) {
        String name = name(model);
        for (Model one : models) {
            if (one.names().matcher(name).matches()
                    || one.names().matcher(model).matches()) {
                return one;
            }
        }
        return models.getLast();
    }

    /** Returns whether that is offered for any model. */
    boolean has(Capability capability) {
        return models.stream().anyMatch(model -> model.offer().has(capability));
    }
}
