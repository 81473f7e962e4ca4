package io.patchbay.plugin.skylark;

import io.patchbay.spi.Capability;
import io.patchbay.spi.ChannelDescriptor;
import io.patchbay.spi.ChannelType;
import io.patchbay.spi.ChannelView;
import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.Flow;
import io.patchbay.spi.Offer;
import io.patchbay.spi.chat.ChatCall;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.spi.media.EmbeddingCall;
import io.patchbay.spi.media.Embeddings;
import io.patchbay.spi.media.ImageCall;
import io.patchbay.spi.media.ImageEvent;
import io.patchbay.toolkit.DialectMedia;
import io.patchbay.toolkit.data.ChannelTypeFile;
import java.util.Set;
import org.osgi.service.component.annotations.Component;

/** Volcengine's models. */
@Component(service = ChannelType.class)
public final class SkylarkChannelType implements ChannelType {
    /** Errors are by Ark's page "Error codes", read 2026-11; versions of it spell them differently. */
    static final ChannelTypeFile FILE = ChannelTypeFile.of(SkylarkChannelType.class);

    private static final Offer OLD =
            Offer.builder().capability(Capability.CHAT, Capability.TOOLS).build();

    @Override
    public ChannelDescriptor descriptor() {
        return FILE.descriptor();
    }

    @Override
    public Offer offer(String model, ChannelView channel) {
        return new Volcengine(channel).paired() ? OLD : FILE.offer(model);
    }

    @Override
    public Flow<ChatEvent> chat(ChatCall call, ChannelView channel) {
        Volcengine server = new Volcengine(channel);
        if (!server.paired()) {
            return FILE.faults().over(ArkChat.of(call, server));
        }
        if (server.isArk()) {
            return Flow.failed(Fault.of(
                    FaultKind.CONFIG,
                    "Ark takes an API key and no access key|secret key; make one in its console, or point the endpoint at"
                            + " the old model service"));
        }
        return FILE.faults().over(new MaasChat(call, server));
    }

    @Override
    public Flow<Embeddings> embed(EmbeddingCall call, ChannelView channel) {
        Volcengine server = new Volcengine(channel);
        return server.paired()
                ? Flow.unsupported("embeddings with this kind of key")
                : FILE.faults().over(DialectMedia.embeddings(call, server.ark("embeddings"), Set.of("dimensions")));
    }

    @Override
    public Flow<ImageEvent> images(ImageCall call, ChannelView channel) {
        Volcengine server = new Volcengine(channel);
        boolean edit = !call.pictures().isEmpty();
        if (server.paired() || edit && !FILE.offer(call.model()).has(Capability.IMAGE_EDITS)) {
            return Flow.unsupported(edit ? "edits of images by this model" : "images with this kind of key");
        }
        return FILE.faults().over(Seedream.of(call, server));
    }
}
