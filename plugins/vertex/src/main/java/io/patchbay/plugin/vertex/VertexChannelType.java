package io.patchbay.plugin.vertex;

import io.patchbay.dialects.anthropic.ClaudeModel;
import io.patchbay.dialects.gemini.GeminiCodec;
import io.patchbay.dialects.gemini.GeminiModel;
import io.patchbay.spi.Capability;
import io.patchbay.spi.ChannelDescriptor;
import io.patchbay.spi.ChannelType;
import io.patchbay.spi.ChannelView;
import io.patchbay.spi.Dialect;
import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.Flow;
import io.patchbay.spi.Minted;
import io.patchbay.spi.Offer;
import io.patchbay.spi.Secret;
import io.patchbay.spi.chat.ChatCall;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.spi.media.EmbeddingCall;
import io.patchbay.spi.media.Embeddings;
import io.patchbay.spi.media.ImageCall;
import io.patchbay.spi.media.ImageEvent;
import io.patchbay.toolkit.DialectChat;
import io.patchbay.toolkit.anthropic.Claude;
import io.patchbay.toolkit.data.ChannelTypeFile;
import io.patchbay.toolkit.google.GoogleChat;
import io.patchbay.toolkit.google.GoogleEmbeddings;
import io.patchbay.toolkit.google.GoogleImages;
import io.patchbay.toolkit.google.GoogleOffer;
import java.util.function.Function;
import org.osgi.service.component.annotations.Component;

/** Google's Vertex AI: models of several publishers, each in its own dialect, with one account. */
@Component(service = ChannelType.class)
public final class VertexChannelType implements ChannelType {
    /** Fields from pictures on are lost with some models only. */
    private static final ChannelTypeFile FILE = ChannelTypeFile.of(VertexChannelType.class, GoogleChat.safetyOption());

    @Override
    public ChannelDescriptor descriptor() {
        return FILE.descriptor();
    }

    @Override
    public Offer offer(String model, ChannelView channel) {
        if (isClaude(model)) {
            return Claude.offer(ClaudeModel.of(model), Offer.ImageInput.INLINE).build();
        }
        return isOpen(model)
                ? Offer.builder()
                        .dialect(Dialect.OPENAI_CHAT)
                        .capability(Capability.CHAT, Capability.TOOLS, Capability.PARALLEL_TOOLS)
                        .build()
                : GoogleOffer.of(GeminiModel.of(model)).build();
    }

    @Override
    public Flow<Minted> mint(ChannelView channel) {
        ServiceAccount account = ServiceAccount.of(channel);
        return account == null ? Flow.failed(ServiceAccount.UNREADABLE) : new TokenFlow(account);
    }

    @Override
    public Flow<ChatEvent> chat(ChatCall call, ChannelView channel) {
        String model = call.model();
        GeminiModel gemini = GeminiModel.of(model);
        if (gemini.isPalm() || gemini.embeds() || gemini.name().startsWith("deep-research")) {
            return Flow.failed(
                    Fault.of(FaultKind.UNSUPPORTED, "the model \"" + model + "\" does not answer chats here"));
        }
        return connected(channel, upstream -> {
            if (isClaude(model)) {
                return ClaudeOnVertex.chat(call, upstream);
            }
            if (isOpen(model)) {
                return DialectChat.of(call, Dialect.OPENAI_CHAT, upstream::openModels)
                        .faults(VertexFaults::of);
            }
            if (gemini.isImagen()) {
                return images(upstream, model, "predict").chat(call);
            }
            return GoogleChat.of(call, channel, stream -> upstream.content(model, stream))
                    .edited(GeminiCodec::withoutCallIds)
                    .faults(VertexFaults::of);
        });
    }

    @Override
    public Flow<Embeddings> embed(EmbeddingCall call, ChannelView channel) {
        return connected(
                channel,
                upstream -> GoogleEmbeddings.predictions(
                        call, () -> upstream.post("google", call.model(), "predict"), VertexFaults::of));
    }

    @Override
    public Flow<ImageEvent> images(ImageCall call, ChannelView channel) {
        String method = GeminiModel.of(call.model()).isImagen() ? "predict" : "generateContent";
        return connected(
                channel, upstream -> images(upstream, call.model(), method).images(call));
    }

    private static GoogleImages images(VertexUpstream upstream, String model, String method) {
        return GoogleImages.of(() -> upstream.post("google", model, method), VertexFaults::of)
                .onVertex();
    }

    private static <E> Flow<E> connected(ChannelView channel, Function<VertexUpstream, Flow<E>> flow) {
        ServiceAccount account = ServiceAccount.of(channel);
        if (account == null) {
            return Flow.failed(ServiceAccount.UNREADABLE);
        }
        Secret token = channel.minted(TokenFlow.TOKEN);
        if (token == null) {
            return Flow.failed(Fault.of(FaultKind.KEY_STALE, "the call came without a token"));
        }
        VertexUpstream upstream = VertexUpstream.of(channel, account, token);
        return upstream == null
                ? Flow.failed(Fault.of(
                        FaultKind.CONFIG, "the channel needs the id of a project: the account's key names none"))
                : flow.apply(upstream);
    }

    private static boolean isClaude(String model) {
        return model.substring(model.lastIndexOf('/') + 1).startsWith("claude");
    }

    /** Open models are called by publisher and name, as in {@code qwen/qwen3-…-maas}. */
    private static boolean isOpen(String model) {
        return model.endsWith("-maas");
    }
}
