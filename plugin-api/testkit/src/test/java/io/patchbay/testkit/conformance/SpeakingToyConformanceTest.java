package io.patchbay.testkit.conformance;

import io.patchbay.spi.Capability;
import io.patchbay.spi.ChannelType;
import java.util.List;
import java.util.Set;

/** The suite as an author runs it. */
final class SpeakingToyConformanceTest extends ChannelTypeConformance {
    @Override
    protected ChannelType type() {
        return new SpeakingToy();
    }

    @Override
    protected Set<Capability> claimed() {
        return SpeakingToy.CLAIMED;
    }

    @Override
    protected List<Fixture> fixtures() {
        return OpenAiFixtures.of("toy-1", SpeakingToy.CLAIMED);
    }

    @Override
    protected boolean scanned(String binaryName) {
        return binaryName.startsWith(SpeakingToy.class.getName());
    }
}
