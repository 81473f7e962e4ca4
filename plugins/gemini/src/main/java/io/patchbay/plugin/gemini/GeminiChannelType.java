package io.patchbay.plugin.gemini;

import io.patchbay.dialects.gemini.GeminiFaults;
import io.patchbay.dialects.gemini.GeminiModel;
import io.patchbay.spi.Capability;
import io.patchbay.spi.ChannelDescriptor;
import io.patchbay.spi.ChannelType;
import io.patchbay.spi.ChannelView;
import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.Flow;
import io.patchbay.spi.ModelInfo;
import io.patchbay.spi.Offer;
import io.patchbay.spi.chat.ChatCall;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.spi.media.EmbeddingCall;
import io.patchbay.spi.media.Embeddings;
import io.patchbay.spi.media.ImageCall;
import io.patchbay.spi.media.ImageEvent;
import io.patchbay.toolkit.ModelList;
import io.patchbay.toolkit.data.ChannelTypeFile;
import io.patchbay.toolkit.google.GoogleChat;
import io.patchbay.toolkit.google.GoogleEmbeddings;
import io.patchbay.toolkit.google.GoogleImages;
import io.patchbay.toolkit.google.GoogleOffer;
import org.osgi.service.component.annotations.Component;

/** Google's Gemini API. The type is called {@code palm} after the models it served first. */
@Component(service = ChannelType.class)
public final class GeminiChannelType implements ChannelType {
    /** The last four fields are lost with some models only. */
    private static final ChannelTypeFile FILE = ChannelTypeFile.of(GeminiChannelType.class, GoogleChat.safetyOption());

    private static final int NOT_FOUND = 404;

    @Override
    public ChannelDescriptor descriptor() {
        return FILE.descriptor();
    }

    @Override
    public Offer offer(String model, ChannelView channel) {
        return GoogleOffer.of(GeminiModel.of(model))
                .capability(Capability.MODEL_LIST)
                .build();
    }

    @Override
    public Flow<ChatEvent> chat(ChatCall call, ChannelView channel) {
        GeminiUpstream upstream = new GeminiUpstream(channel);
        GeminiModel model = GeminiModel.of(call.model());
        if (model.isPalm() || model.embeds() || model.name().startsWith("deep-research")) {
            return Flow.failed(Fault.of(
                    FaultKind.UNSUPPORTED,
                    model.isPalm()
                            ? "Google has switched off PaLM 2: choose a Gemini model, or map \"" + call.model()
                                    + "\" to one"
                            : "the model \"" + call.model() + "\" does not answer chats"));
        }
        if (model.isImagen()) {
            return images(upstream, call.model(), "predict").chat(call);
        }
        String name = call.model();
        // Not every model can stream, and the answer to that is the one for a model that is not there.
        return GoogleChat.of(call, channel, stream -> upstream.chat(name, stream))
                .faults(GeminiFaults::of)
                .wholeAfter(NOT_FOUND);
    }

    @Override
    public Flow<Embeddings> embed(EmbeddingCall call, ChannelView channel) {
        GeminiUpstream upstream = new GeminiUpstream(channel);
        return GoogleEmbeddings.batches(
                call, () -> upstream.post(call.model(), "batchEmbedContents"), GeminiFaults::of);
    }

    @Override
    public Flow<ImageEvent> images(ImageCall call, ChannelView channel) {
        String method = GeminiModel.of(call.model()).isImagen() ? "predict" : "generateContent";
        return images(new GeminiUpstream(channel), call.model(), method).images(call);
    }

    private static GoogleImages images(GeminiUpstream upstream, String model, String method) {
        return GoogleImages.of(() -> upstream.post(model, method), GeminiFaults::of);
    }

    @Override
    public Flow<ModelInfo> models(ChannelView channel) {
        return ModelList.in("models")
                .id("name")
                .without("models/")
                .ownedBy("google")
                .pages(new GeminiUpstream(channel)::models, body -> body.string("nextPageToken", ""));
    }
}
