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
import io.patchbay.spi.http.Answer;
import io.patchbay.spi.json.JsonArray;
import io.patchbay.spi.json.JsonValue;
import io.patchbay.spi.media.EmbeddingCall;
import io.patchbay.spi.media.Embeddings;
import io.patchbay.spi.media.ImageCall;
import io.patchbay.spi.media.ImageEvent;
import io.patchbay.toolkit.Flows;
import io.patchbay.toolkit.google.GoogleChat;
import io.patchbay.toolkit.google.GoogleEmbeddings;
import io.patchbay.toolkit.google.GoogleImages;
import io.patchbay.toolkit.google.GoogleOffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;

/** Google's Gemini API. The type is called {@code palm} after the models it served first. */
@Component(service = ChannelType.class)
public final class GeminiChannelType implements ChannelType {
    private static final int NOT_FOUND = 404;

    @Override
    public ChannelDescriptor descriptor() {
        return GeminiDescriptor.INSTANCE;
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
        GeminiUpstream upstream = new GeminiUpstream(channel);
        return Flows.pages(upstream.models(""), answer -> read(answer, upstream));
    }

    private static Flows.@Nullable Page<ModelInfo> read(Answer answer, GeminiUpstream upstream) {
        JsonValue body = answer.json();
        if (body == null || !(body.get("models") instanceof JsonArray list)) {
            return null;
        }
        List<ModelInfo> models = new ArrayList<>();
        for (JsonValue entry : list.elements()) {
            String name = entry.string("name", "");
            if (!name.isEmpty()) {
                models.add(new ModelInfo(
                        name.startsWith("models/") ? name.substring("models/".length()) : name,
                        "google",
                        entry.asObject()));
            }
        }
        String next = body.string("nextPageToken", "");
        return next.isEmpty() ? Flows.Page.last(models) : new Flows.Page<>(models, upstream.models(next));
    }
}
