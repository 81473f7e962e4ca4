package io.patchbay.plugin.coze;

import io.patchbay.spi.ChannelDescriptor;
import io.patchbay.spi.ChannelType;
import io.patchbay.spi.ChannelView;
import io.patchbay.spi.Flow;
import io.patchbay.spi.Offer;
import io.patchbay.spi.chat.ChatCall;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.toolkit.data.ChannelTypeFile;
import org.osgi.service.component.annotations.Component;

/** Bots of Coze, and its chatflows and workflows. */
@Component(service = ChannelType.class)
public final class CozeChannelType implements ChannelType {
    /**
     * The bot's own settings decide what is lost; metadata and pictures reach bots and chatflows, not workflows.
     * Errors are by the error codes page, read 2026-11: the codes of content reviews are many, their words few.
     */
    private static final ChannelTypeFile FILE = ChannelTypeFile.of(CozeChannelType.class);

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
        Target target = Target.of(call.model());
        return FILE.faults()
                .over(
                        target.kind() == Target.Kind.WORKFLOW
                                ? new WorkflowRun(call, target, channel)
                                : new CozeChat(call, target, channel));
    }
}
