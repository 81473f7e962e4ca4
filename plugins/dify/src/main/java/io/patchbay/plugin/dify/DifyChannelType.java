package io.patchbay.plugin.dify;

import io.patchbay.spi.ChannelDescriptor;
import io.patchbay.spi.ChannelType;
import io.patchbay.spi.ChannelView;
import io.patchbay.spi.Flow;
import io.patchbay.spi.Offer;
import io.patchbay.spi.chat.ChatCall;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.toolkit.data.ChannelTypeFile;
import org.osgi.service.component.annotations.Component;

/** Apps and agents of Dify: one key is one published app. */
@Component(service = ChannelType.class)
public final class DifyChannelType implements ChannelType {
    /**
     * The app's own settings decide all that is lost. Errors are by the error codes of its app routes, read 2026-11;
     * one of completion requests quotes the app's own model provider, so that only words tell something about the
     * question.
     */
    private static final ChannelTypeFile FILE = ChannelTypeFile.of(DifyChannelType.class);

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
        return FILE.faults().over(new DifyChat(call, channel));
    }
}
