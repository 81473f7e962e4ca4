package io.patchbay.plugin.openai;

import io.patchbay.spi.ChannelDescriptor;
import io.patchbay.spi.ChannelType;
import io.patchbay.spi.ChannelView;
import io.patchbay.toolkit.data.ChannelTypeFile;
import io.patchbay.toolkit.openai.OpenAiSurface;
import io.patchbay.toolkit.openai.OpenAiUpstream;
import org.osgi.service.component.annotations.Component;

/** OpenAI's API, and whoever else serves it. */
@Component(service = ChannelType.class)
public final class OpenAiChannelType extends OpenAiSurface {
    /**
     * Which fields are lost depends on the model: reasoning models refuse sampling, OpenAI itself refuses foreign
     * fields.
     */
    private static final ChannelTypeFile FILE = ChannelTypeFile.of(OpenAiChannelType.class);

    @Override
    public ChannelDescriptor descriptor() {
        return FILE.descriptor();
    }

    @Override
    protected OpenAiUpstream upstream(ChannelView channel) {
        return new Upstream(channel);
    }
}
