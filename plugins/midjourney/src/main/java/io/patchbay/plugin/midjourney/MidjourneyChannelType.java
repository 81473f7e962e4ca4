package io.patchbay.plugin.midjourney;

import io.patchbay.spi.ChannelDescriptor;
import io.patchbay.spi.ChannelType;
import io.patchbay.spi.ChannelView;
import io.patchbay.spi.Offer;
import io.patchbay.spi.task.TaskWork;
import io.patchbay.toolkit.data.ChannelTypeFile;
import org.osgi.service.component.annotations.Component;

/** Midjourney. All of its work is tasks; a chat that asks for one is answered with progress, picture and buttons. */
@Component(service = ChannelType.class)
public final class MidjourneyChannelType implements ChannelType {
    /**
     * All settings stand inside the words of the prompt. Errors are the proxy's own codes besides 1 (submitted), 22
     * (queued) and 21 (there already, or waiting for a dialog).
     */
    static final ChannelTypeFile FILE = ChannelTypeFile.of(MidjourneyChannelType.class);

    @Override
    public ChannelDescriptor descriptor() {
        return FILE.descriptor();
    }

    @Override
    public Offer offer(String model, ChannelView channel) {
        return FILE.offer(model);
    }

    @Override
    public TaskWork tasks() {
        return new MidjourneyWork();
    }
}
