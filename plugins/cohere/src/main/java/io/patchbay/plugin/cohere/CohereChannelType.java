package io.patchbay.plugin.cohere;

import io.patchbay.spi.ChannelDescriptor;
import io.patchbay.spi.ChannelType;
import io.patchbay.spi.ChannelView;
import io.patchbay.spi.Flow;
import io.patchbay.spi.ModelInfo;
import io.patchbay.spi.Offer;
import io.patchbay.spi.chat.ChatCall;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.spi.media.EmbeddingCall;
import io.patchbay.spi.media.Embeddings;
import io.patchbay.spi.media.RerankCall;
import io.patchbay.spi.media.Reranked;
import io.patchbay.toolkit.ModelList;
import io.patchbay.toolkit.data.ChannelTypeFile;
import org.osgi.service.component.annotations.Component;

/** Cohere's own API, version 2. */
@Component(service = ChannelType.class)
public final class CohereChannelType implements ChannelType {
    /**
     * The last fields are lost with some models only; a response format cannot be had beside tools. Cohere gives words
     * for errors only, and the status 498 that nobody else uses; HTTP status codes page, read 2026-11.
     */
    private static final ChannelTypeFile FILE = ChannelTypeFile.of(CohereChannelType.class);

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
        return FILE.faults().over(new CohereChat(call, new CohereServer(channel)));
    }

    @Override
    public Flow<Embeddings> embed(EmbeddingCall call, ChannelView channel) {
        return FILE.faults().over(EmbedFlow.of(call, new CohereServer(channel)));
    }

    @Override
    public Flow<Reranked> rerank(RerankCall call, ChannelView channel) {
        return FILE.faults().over(RerankFlow.of(call, new CohereServer(channel)));
    }

    @Override
    public Flow<ModelInfo> models(ChannelView channel) {
        return FILE.faults()
                .over(ModelList.in("models")
                        .id("name")
                        .ownedBy("cohere")
                        .pages(new CohereServer(channel)::models, body -> body.string("next_page_token", "")));
    }
}
