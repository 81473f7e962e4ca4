package io.patchbay.testkit.conformance;

import io.patchbay.spi.Capability;
import io.patchbay.spi.ChannelType;
import io.patchbay.testkit.host.TestChannel;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What is to be checked.
 *
 * @param type the channel type; one object, as in the host
 * @param channel a channel of it
 * @param other another one, with other secrets and another endpoint
 * @param model an upstream model, for which everything claimed is offered
 * @param claimed what the type claims to do
 * @param fixtures recorded conversations that show it
 * @param scanned which classes of the plugin, by binary name, the class scan reads
 */
public record Subject(
        ChannelType type,
        TestChannel channel,
        TestChannel other,
        String model,
        Set<Capability> claimed,
        List<Fixture> fixtures,
        Predicate<String> scanned) {
    public Subject {
        claimed = Set.copyOf(claimed);
        fixtures = List.copyOf(fixtures);
    }
}
