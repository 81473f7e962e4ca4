package io.patchbay.plugin.dashscope;

import io.patchbay.spi.ChannelDescriptor;
import io.patchbay.spi.ChannelType;
import io.patchbay.spi.ChannelView;
import io.patchbay.spi.Flow;
import io.patchbay.spi.Offer;
import io.patchbay.spi.chat.ChatCall;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.spi.media.EmbeddingCall;
import io.patchbay.spi.media.Embeddings;
import io.patchbay.spi.media.ImageCall;
import io.patchbay.spi.media.ImageEvent;
import io.patchbay.spi.task.TaskWork;
import io.patchbay.toolkit.DialectMedia;
import io.patchbay.toolkit.data.ChannelTypeFile;
import java.util.Set;
import org.osgi.service.component.annotations.Component;

/** DashScope's native API. */
@Component(service = ChannelType.class)
public final class DashScopeChannelType implements ChannelType {
    /** Errors are by the page "Status codes", read 2026-11. */
    static final ChannelTypeFile FILE = ChannelTypeFile.of(DashScopeChannelType.class);

    @Override
    public ChannelDescriptor descriptor() {
        return FILE.descriptor();
    }

    @Override
    public Offer offer(String model, ChannelView channel) {
        return new QwenModel(model).offer();
    }

    @Override
    public Flow<ChatEvent> chat(ChatCall call, ChannelView channel) {
        return FILE.faults().over(new QwenChat(call, new QwenModel(call.model()), new DashScope(channel)));
    }

    @Override
    public Flow<Embeddings> embed(EmbeddingCall call, ChannelView channel) {
        DashScope server = new DashScope(channel);
        return FILE.faults()
                .over(DialectMedia.embeddings(
                        call, server.post("/compatible-mode/v1/embeddings"), Set.of("dimensions")));
    }

    @Override
    public Flow<ImageEvent> images(ImageCall call, ChannelView channel) {
        QwenModel model = new QwenModel(call.model());
        boolean edit = !call.pictures().isEmpty();
        if (model.kind() != QwenModel.Kind.PICTURES || (edit && !model.edits())) {
            return Flow.unsupported(edit ? "edits of images by this model" : "images by this model outside of tasks");
        }
        return FILE.faults().over(QwenImages.of(call, new DashScope(channel)));
    }

    @Override
    public TaskWork tasks() {
        return new QwenWork();
    }
}
