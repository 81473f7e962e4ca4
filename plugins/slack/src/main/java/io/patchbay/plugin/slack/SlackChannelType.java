package io.patchbay.plugin.slack;

import io.patchbay.spi.ChannelDescriptor;
import io.patchbay.spi.ChannelType;
import io.patchbay.spi.ChannelView;
import io.patchbay.spi.Flow;
import io.patchbay.spi.chat.ChatCall;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.toolkit.data.ChannelTypeFile;
import org.osgi.service.component.annotations.Component;

/** The Claude app of a Slack workspace. */
@Component(service = ChannelType.class)
public final class SlackChannelType implements ChannelType {
    /** A message has no settings. Errors are of the methods used here, read 2026-11. */
    static final ChannelTypeFile FILE = ChannelTypeFile.of(SlackChannelType.class);

    @Override
    public ChannelDescriptor descriptor() {
        return FILE.descriptor();
    }

    @Override
    public Flow<ChatEvent> chat(ChatCall call, ChannelView channel) {
        return new SlackChat(call, channel);
    }
}
