package io.patchbay.plugin.azure;

import io.patchbay.spi.ChannelDescriptor;
import io.patchbay.spi.ChannelType;
import io.patchbay.spi.ChannelView;
import io.patchbay.spi.Flow;
import io.patchbay.spi.chat.ChatCall;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.spi.media.Moderation;
import io.patchbay.spi.media.ModerationCall;
import io.patchbay.toolkit.data.ChannelTypeFile;
import io.patchbay.toolkit.openai.OpenAiSurface;
import io.patchbay.toolkit.openai.OpenAiUpstream;
import org.osgi.service.component.annotations.Component;

/** Azure OpenAI: OpenAI's surface behind deployments, with content filters of its own. */
@Component(service = ChannelType.class)
public final class AzureChannelType extends OpenAiSurface {
    /**
     * Which fields are lost depends on the model, as with OpenAI itself. Errors are of Azure's own (azure-openai page,
     * read 2026-11).
     */
    private static final ChannelTypeFile FILE = ChannelTypeFile.of(AzureChannelType.class);

    @Override
    public ChannelDescriptor descriptor() {
        return FILE.descriptor();
    }

    @Override
    protected OpenAiUpstream upstream(ChannelView channel) {
        return new Resource(channel);
    }

    /** Azure filters by itself and serves no moderation model. */
    @Override
    public Flow<Moderation> moderate(ModerationCall call, ChannelView channel) {
        return Flow.unsupported("moderation");
    }

    @Override
    public Flow<ChatEvent> chat(ChatCall call, ChannelView channel) {
        return FILE.faults().over(super.chat(call, channel));
    }
}
