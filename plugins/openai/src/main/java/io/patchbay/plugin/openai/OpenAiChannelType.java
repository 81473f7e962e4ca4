package io.patchbay.plugin.openai;

import io.patchbay.spi.ChannelDescriptor;
import io.patchbay.spi.ChannelType;
import io.patchbay.spi.ChannelView;
import io.patchbay.spi.Dialect;
import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.Flow;
import io.patchbay.spi.ModelInfo;
import io.patchbay.spi.Offer;
import io.patchbay.spi.Usage;
import io.patchbay.spi.chat.ChatCall;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.spi.media.EmbeddingCall;
import io.patchbay.spi.media.Embeddings;
import io.patchbay.spi.media.ImageCall;
import io.patchbay.spi.media.ImageEvent;
import io.patchbay.spi.media.Moderation;
import io.patchbay.spi.media.ModerationCall;
import io.patchbay.spi.media.SpeechCall;
import io.patchbay.spi.media.Transcript;
import io.patchbay.spi.media.TranscriptionCall;
import io.patchbay.toolkit.DialectChat;
import org.osgi.service.component.annotations.Component;

/** OpenAI's API, and whoever else serves it. */
@Component(service = ChannelType.class)
public final class OpenAiChannelType implements ChannelType {
    @Override
    public ChannelDescriptor descriptor() {
        return OpenAiDescriptor.INSTANCE;
    }

    @Override
    public Offer offer(String model, ChannelView channel) {
        return ModelFamily.offer(model, Upstream.of(channel).official());
    }

    @Override
    public Flow<ChatEvent> chat(ChatCall call, ChannelView channel) {
        Upstream upstream = Upstream.of(channel);
        ModelFamily family = ModelFamily.of(call.model());
        if (family == ModelFamily.COMPLETION) {
            return new LegacyCompletion(call, upstream);
        }
        if (family == ModelFamily.RESPONSES && upstream.official()) {
            return Flow.failed(Fault.of(
                    FaultKind.UNSUPPORTED,
                    "the model \"" + call.model()
                            + "\" is served by the Responses API only, which this channel type does" + " not speak"));
        }
        DialectChat chat = DialectChat.of(call, Dialect.OPENAI_CHAT, () -> upstream.post("chat/completions"))
                .askingAgain();
        return upstream.strict() ? chat.with(ChatParameters.profile(call, upstream.official())) : chat;
    }

    @Override
    public Flow<Embeddings> embed(EmbeddingCall call, ChannelView channel) {
        return EmbeddingFlows.embed(call, Upstream.of(channel));
    }

    @Override
    public Flow<ImageEvent> images(ImageCall call, ChannelView channel) {
        return ImageFlows.images(call, Upstream.of(channel));
    }

    @Override
    public Flow<Usage> speech(SpeechCall call, ChannelView channel) {
        return AudioFlows.speech(call, Upstream.of(channel));
    }

    @Override
    public Flow<Transcript> transcribe(TranscriptionCall call, ChannelView channel) {
        return AudioFlows.transcribe(call, Upstream.of(channel));
    }

    @Override
    public Flow<Moderation> moderate(ModerationCall call, ChannelView channel) {
        return ModerationFlows.moderate(call, Upstream.of(channel));
    }

    @Override
    public Flow<ModelInfo> models(ChannelView channel) {
        return ModelFlows.list(Upstream.of(channel));
    }
}
