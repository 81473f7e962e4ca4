package io.patchbay.plugin.cohere;

import io.patchbay.spi.ChannelDescriptor;
import io.patchbay.spi.ChannelType;
import io.patchbay.spi.ChannelView;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.Flow;
import io.patchbay.spi.ModelInfo;
import io.patchbay.spi.Offer;
import io.patchbay.spi.chat.ChatCall;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.spi.media.EmbeddingCall;
import io.patchbay.spi.media.Embeddings;
import io.patchbay.spi.media.RerankCall;
import io.patchbay.spi.media.Reranked;
import io.patchbay.toolkit.VendorFaults;
import org.osgi.service.component.annotations.Component;

/** Cohere's own API, version 2. */
@Component(service = ChannelType.class)
public final class CohereChannelType implements ChannelType {
    /** Cohere gives words only, and the status 498 that nobody else uses; HTTP status codes page, read 2026-11. */
    private static final VendorFaults FAULTS = VendorFaults.NONE
            .words(FaultKind.KEY_DEAD, "invalid api token", "*")
            .words(FaultKind.QUOTA, "/ month", "*")
            .words(FaultKind.QUOTA, "monthly", "*")
            .words(FaultKind.TOO_LONG, "too many tokens", "*");

    @Override
    public ChannelDescriptor descriptor() {
        return CohereDescriptor.INSTANCE;
    }

    @Override
    public Offer offer(String model, ChannelView channel) {
        return new Model(model).offer();
    }

    @Override
    public Flow<ChatEvent> chat(ChatCall call, ChannelView channel) {
        return FAULTS.over(new CohereChat(call, new CohereServer(channel)));
    }

    @Override
    public Flow<Embeddings> embed(EmbeddingCall call, ChannelView channel) {
        return FAULTS.over(new EmbedFlow(call, new CohereServer(channel)));
    }

    @Override
    public Flow<Reranked> rerank(RerankCall call, ChannelView channel) {
        return FAULTS.over(RerankFlow.of(call, new CohereServer(channel)));
    }

    @Override
    public Flow<ModelInfo> models(ChannelView channel) {
        return FAULTS.over(ModelFlow.of(new CohereServer(channel)));
    }
}
