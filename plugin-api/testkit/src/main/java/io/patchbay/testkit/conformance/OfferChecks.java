package io.patchbay.testkit.conformance;

import io.patchbay.spi.Capability;
import io.patchbay.spi.ChannelDescriptor;
import io.patchbay.spi.Offer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** That offers and claims say the same. */
final class OfferChecks {
    private static final Set<Capability> OF_CHANNELS = Set.of(Capability.MODEL_LIST, Capability.BALANCE);

    private OfferChecks() {}

    static List<Check> of(Subject subject) {
        return List.of(
                new Check("offer", "claims are offered, and nothing else", () -> claims(subject)),
                new Check("offer", "every proposed model gets an offer", () -> models(subject)),
                new Check("offer", "pictures are taken where vision is claimed", () -> pictures(subject)));
    }

    private static Offer offer(Subject subject, String model) {
        Offer offer = subject.type().offer(model, subject.channel());
        Expect.that(offer != null, "no offer for the model " + model);
        return offer;
    }

    private static void claims(Subject subject) {
        Set<Capability> offered =
                new LinkedHashSet<>(offer(subject, subject.model()).capabilities());
        ChannelDescriptor descriptor = subject.type().descriptor();
        descriptor
                .templateModels()
                .forEach(model -> offered.addAll(offer(subject, model).capabilities()));
        // A model list and a balance are asked of a channel, not of a model: they need no offer.
        Set<Capability> claimed = new LinkedHashSet<>(subject.claimed());
        claimed.removeAll(OF_CHANNELS);
        offered.removeAll(OF_CHANNELS);
        Expect.same("capabilities", names(claimed), names(offered));
    }

    private static Set<String> names(Set<Capability> capabilities) {
        Set<String> names = new TreeSet<>();
        capabilities.forEach(capability -> names.add(capability.id()));
        return names;
    }

    private static void models(Subject subject) {
        for (String model : subject.type().descriptor().templateModels()) {
            Expect.that(!offer(subject, model).capabilities().isEmpty(), "nothing is offered for the model " + model);
        }
        offer(subject, "a-model-nobody-has-heard-of");
    }

    private static void pictures(Subject subject) {
        for (String model : subject.type().descriptor().templateModels()) {
            Offer offer = offer(subject, model);
            boolean takes = offer.imageInput() != Offer.ImageInput.NONE;
            Expect.same("pictures are taken by " + model, offer.has(Capability.VISION), takes);
        }
    }
}
