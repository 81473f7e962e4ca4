package io.patchbay.plugin.anthropic;

import io.patchbay.dialects.anthropic.ClaudeModel;
import io.patchbay.spi.Capability;
import io.patchbay.spi.ChannelDescriptor;
import io.patchbay.spi.ChannelType;
import io.patchbay.spi.ChannelView;
import io.patchbay.spi.Dialect;
import io.patchbay.spi.Flow;
import io.patchbay.spi.ModelInfo;
import io.patchbay.spi.Offer;
import io.patchbay.spi.chat.ChatCall;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.toolkit.ModelList;
import io.patchbay.toolkit.anthropic.Claude;
import io.patchbay.toolkit.data.ChannelTypeFile;
import org.osgi.service.component.annotations.Component;

/** Anthropic's API, and whoever else serves it. */
@Component(service = ChannelType.class)
public final class AnthropicChannelType implements ChannelType {
    /**
     * Which fields are lost depends on the model: newer ones refuse sampling and demanded calls, older ones do not
     * think.
     */
    private static final ChannelTypeFile FILE = ChannelTypeFile.of(AnthropicChannelType.class);

    @Override
    public ChannelDescriptor descriptor() {
        return FILE.descriptor();
    }

    @Override
    public Offer offer(String model, ChannelView channel) {
        return Claude.offer(ClaudeModel.of(model), Offer.ImageInput.URL_OR_INLINE)
                .dialect(Dialect.ANTHROPIC_MESSAGES)
                .capability(Capability.MODEL_LIST)
                .build();
    }

    @Override
    public Flow<ChatEvent> chat(ChatCall call, ChannelView channel) {
        return Messages.of(call, new Upstream(channel));
    }

    @Override
    public Flow<ModelInfo> models(ChannelView channel) {
        return ModelList.in("data")
                .ownedBy("anthropic")
                .pages(
                        new Upstream(channel)::models,
                        body -> body.flag("has_more", false) ? body.string("last_id", "") : "");
    }
}
