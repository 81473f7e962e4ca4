package io.patchbay.plugin.stablediffusion;

import io.patchbay.spi.Capability;
import io.patchbay.spi.ChannelDescriptor;
import io.patchbay.spi.ChannelType;
import io.patchbay.spi.ChannelView;
import io.patchbay.spi.Flow;
import io.patchbay.spi.Offer;
import io.patchbay.spi.Text;
import io.patchbay.spi.config.ConfigField;
import io.patchbay.spi.media.ImageCall;
import io.patchbay.spi.media.ImageEvent;
import org.osgi.service.component.annotations.Component;

/** Stability's own REST API, second generation. */
@Component(service = ChannelType.class)
public final class StabilityChannelType implements ChannelType {
    static final String KEY = "key";

    private static final ChannelDescriptor DESCRIPTOR = ChannelDescriptor.builder(
                    "stability", Text.of("Stability AI", "Stability AI"))
            .description(Text.of("Pictures by Stability's REST API.", "通过 Stability 的 REST 接口生成图片。"))
            .defaultEndpoint("https://api.stability.ai")
            .secretPart(ConfigField.secret(KEY, Text.of("API key", "API 密钥")))
            .templateModels(
                    "stable-image-ultra",
                    "stable-image-core",
                    "sd3.5-large",
                    "sd3.5-large-turbo",
                    "sd3.5-medium",
                    "sd3.5-flash")
            .unmapped("quality", "background", "mask")
            .logo(WebUiChannelType.LOGO)
            .build();

    @Override
    public ChannelDescriptor descriptor() {
        return DESCRIPTOR;
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
