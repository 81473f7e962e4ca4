package io.patchbay.plugin.zhipu;

import io.patchbay.spi.ChannelDescriptor;
import io.patchbay.spi.ChannelType;
import io.patchbay.spi.ChannelView;
import io.patchbay.spi.FaultKind;
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
import io.patchbay.toolkit.VendorFaults;
import io.patchbay.toolkit.data.ChannelTypeFile;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;

/** Zhipu's API, version 4. */
@Component(service = ChannelType.class)
public final class ZhipuChannelType implements ChannelType {
    /** Errors are by the page "Error codes", read 2026-11. The status does not tell: 429 is also debt. */
    static final ChannelTypeFile FILE = ChannelTypeFile.of(ZhipuChannelType.class);

    /** A token may be too old where the key behind it is good. */
    private static final VendorFaults SIGNED =
            VendorFaults.NONE.code(FaultKind.KEY_STALE, "1003").and(FILE.faults());

    @Override
    public ChannelDescriptor descriptor() {
        return FILE.descriptor();
    }

    @Override
    public Offer offer(String model, ChannelView channel) {
        return FILE.offer(model);
    }

    @Override
    public @Nullable Flow<Minted> mint(ChannelView channel) {
        return new Zhipu(channel).mint();
    }

    @Override
    public Flow<ChatEvent> chat(ChatCall call, ChannelView channel) {
        return over(channel, zhipu -> GlmChat.of(call, zhipu));
    }

    @Override
    public Flow<Embeddings> embed(EmbeddingCall call, ChannelView channel) {
        return over(channel, zhipu -> DialectMedia.embeddings(call, zhipu.post("embeddings"), Set.of("dimensions")));
    }

    @Override
    public Flow<ImageEvent> images(ImageCall call, ChannelView channel) {
        if (!call.pictures().isEmpty()) {
            return Flow.unsupported("edits of images");
        }
        return over(channel, zhipu -> CogView.of(call, zhipu));
    }

    private static <E> Flow<E> over(ChannelView channel, Function<Zhipu, Flow<E>> flow) {
        Zhipu zhipu = new Zhipu(channel);
        return (zhipu.signs() ? SIGNED : FILE.faults()).over(flow.apply(zhipu));
    }
}
