package io.patchbay.plugin.bedrock;

import io.patchbay.spi.ChannelDescriptor;
import io.patchbay.spi.ChannelType;
import io.patchbay.spi.ChannelView;
import io.patchbay.spi.Flow;
import io.patchbay.spi.ModelInfo;
import io.patchbay.spi.Offer;
import io.patchbay.spi.chat.ChatCall;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.toolkit.ModelList;
import io.patchbay.toolkit.data.ChannelTypeFile;
import org.osgi.service.component.annotations.Component;

/** Chat with whatever model of AWS Bedrock speaks Converse. */
@Component(service = ChannelType.class)
public final class BedrockChannelType implements ChannelType {
    private static final ChannelTypeFile FILE = ChannelTypeFile.of(BedrockChannelType.class);

    @Override
    public ChannelDescriptor descriptor() {
        return FILE.descriptor();
    }

    @Override
    public Offer offer(String model, ChannelView channel) {
        return FILE.offer(model);
    }

    @Override
    public Flow<ChatEvent> chat(ChatCall call, ChannelView channel) {
        return new ConverseChat(call, channel);
    }

    @Override
    public Flow<ModelInfo> models(ChannelView channel) {
        return ModelList.in("modelSummaries")
                .id("modelId")
                .owner("providerName")
                .of(Runtime.foundationModels(channel));
    }
}
