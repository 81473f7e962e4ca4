package io.patchbay.plugin.zhipu;

import io.patchbay.spi.ChannelDescriptor;
import io.patchbay.spi.ChannelType;
import io.patchbay.spi.ChannelView;
import io.patchbay.spi.Flow;
import io.patchbay.spi.Minted;
import io.patchbay.spi.Offer;
import io.patchbay.spi.chat.ChatCall;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.spi.media.EmbeddingCall;
import io.patchbay.spi.media.Embeddings;
import io.patchbay.spi.media.ImageCall;
import io.patchbay.spi.media.ImageEvent;
import io.patchbay.toolkit.DialectMedia;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;

/** Zhipu's API, version 4. */
@Component(service = ChannelType.class)
public final class ZhipuChannelType implements ChannelType {
    @Override
    public ChannelDescriptor descriptor() {
        return ZhipuDescriptor.INSTANCE;
    }

    @Override
    public Offer offer(String model, ChannelView channel) {
        return new GlmModel(model).offer();
    }

    @Override
    public @Nullable Flow<Minted> mint(ChannelView channel) {
        return new Zhipu(channel).mint();
    }

    @Override
    public Flow<ChatEvent> chat(ChatCall call, ChannelView channel) {
        Zhipu zhipu = new Zhipu(channel);
        return ZhipuFaults.of(zhipu).over(GlmChat.of(call, zhipu));
    }

    @Override
    public Flow<Embeddings> embed(EmbeddingCall call, ChannelView channel) {
        Zhipu zhipu = new Zhipu(channel);
        return ZhipuFaults.of(zhipu)
                .over(DialectMedia.embeddings(call, zhipu.post("embeddings"), Set.of("dimensions")));
    }

    @Override
    public Flow<ImageEvent> images(ImageCall call, ChannelView channel) {
        if (!call.pictures().isEmpty()) {
            return Flow.unsupported("edits of images");
        }
        Zhipu zhipu = new Zhipu(channel);
        return ZhipuFaults.of(zhipu).over(CogView.of(call, zhipu));
    }
}
