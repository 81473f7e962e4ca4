package io.patchbay.plugin.stablediffusion;

import io.patchbay.spi.Capability;
import io.patchbay.spi.ChannelDescriptor;
import io.patchbay.spi.ChannelType;
import io.patchbay.spi.ChannelView;
import io.patchbay.spi.Flow;
import io.patchbay.spi.Offer;
import io.patchbay.spi.media.ImageCall;
import io.patchbay.spi.media.ImageEvent;
import io.patchbay.toolkit.data.ChannelTypeFile;
import org.osgi.service.component.annotations.Component;

/** Stability's own REST API, second generation. */
@Component(service = ChannelType.class)
public final class StabilityChannelType implements ChannelType {
    static final String KEY = "key";

    private static final ChannelTypeFile FILE = ChannelTypeFile.named(StabilityChannelType.class, "stability.json");

    @Override
    public ChannelDescriptor descriptor() {
        return FILE.descriptor();
    }

    @Override
    public Offer offer(String model, ChannelView channel) {
        Offer.Builder offer = Offer.builder().capability(Capability.IMAGES);
        return (model.startsWith("sd3") ? offer.capability(Capability.IMAGE_EDITS) : offer).build();
    }

    @Override
    public Flow<ImageEvent> images(ImageCall call, ChannelView channel) {
        return StabilityImages.of(call, channel);
    }
}
