package io.patchbay.plugin.slack;

import io.patchbay.spi.ChannelDescriptor;
import io.patchbay.spi.ChannelType;
import io.patchbay.spi.ChannelView;
import io.patchbay.spi.Flow;
import io.patchbay.spi.chat.ChatCall;
import io.patchbay.spi.chat.ChatEvent;
import org.osgi.service.component.annotations.Component;

/** The Claude app of a Slack workspace. */
@Component(service = ChannelType.class)
public final class SlackChannelType implements ChannelType {
    @Override
    public ChannelDescriptor descriptor() {
        return SlackDescriptor.INSTANCE;
    }

    @Override
    public Flow<ChatEvent> chat(ChatCall call, ChannelView channel) {
        return new SlackChat(call, channel);
    }
}
