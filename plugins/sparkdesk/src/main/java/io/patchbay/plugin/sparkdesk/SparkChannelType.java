package io.patchbay.plugin.sparkdesk;

import io.patchbay.spi.Capability;
import io.patchbay.spi.ChannelDescriptor;
import io.patchbay.spi.ChannelType;
import io.patchbay.spi.ChannelView;
import io.patchbay.spi.Flow;
import io.patchbay.spi.Offer;
import io.patchbay.spi.chat.ChatCall;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.toolkit.data.ChannelTypeFile;
import org.osgi.service.component.annotations.Component;

/** Spark: one question on a signed socket. */
@Component(service = ChannelType.class)
public final class SparkChannelType implements ChannelType {
    static final String TIERS = "tiers";
    static final String FUNCTIONS = "functions";

    /** The socket for questions about a picture; its host is another one. */
    static final String PICTURES = "pictureEndpoint";

    /** Errors are the codes of {@code header.code} (sparkdesk page, read 2026-11). */
    static final ChannelTypeFile FILE = ChannelTypeFile.of(SparkChannelType.class);

    @Override
    public ChannelDescriptor descriptor() {
        return FILE.descriptor();
    }

    @Override
    public Offer offer(String model, ChannelView channel) {
        Tier tier = Tier.of(model, channel.option(TIERS));
        Offer.Builder offer = Offer.builder()
                .capability(Capability.CHAT, Capability.VISION, Capability.WEB_SEARCH)
                .imageInput(Offer.ImageInput.INLINE);
        if (tier.functions() && !channel.option(FUNCTIONS).equals("false")) {
            offer.capability(Capability.TOOLS);
        }
        if (tier.reasons()) {
            offer.capability(Capability.REASONING);
        }
        return offer.build();
    }

    @Override
    public Flow<ChatEvent> chat(ChatCall call, ChannelView channel) {
        return new SparkChat(call, channel);
    }
}
