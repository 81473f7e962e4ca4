package io.patchbay.toolkit.openai;

import io.patchbay.spi.ChannelType;
import io.patchbay.spi.ChannelView;
import io.patchbay.spi.Dialect;
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
import io.patchbay.spi.task.TaskWork;
import io.patchbay.toolkit.DialectChat;
import io.patchbay.toolkit.ModelList;
import io.patchbay.toolkit.WrittenChat;

/** A channel type for servers with OpenAI's whole surface; a subclass says where the server is and what it is called. */
public abstract class OpenAiSurface implements ChannelType {
    /** For subclasses. */
    protected OpenAiSurface() {}

    /** Returns the server a channel points at. */
    protected abstract OpenAiUpstream upstream(ChannelView channel);

    @Override
    public Offer offer(String model, ChannelView channel) {
        OpenAiUpstream upstream = upstream(channel);
        return upstream.makesVideos(model) ? VideoWork.OFFER : ModelFamily.offer(model, upstream.official());
    }

    @Override
    public TaskWork tasks() {
        return new VideoWork(this::upstream);
    }

    @Override
    public Flow<ChatEvent> chat(ChatCall call, ChannelView channel) {
        OpenAiUpstream upstream = upstream(channel);
        ModelFamily family = ModelFamily.of(call.model());
        if (family == ModelFamily.COMPLETION) {
            return new LegacyCompletion(call, upstream);
        }
        if (family == ModelFamily.RESPONSES && upstream.official()) {
            return WrittenChat.of(call, Dialect.OPENAI_RESPONSES, stream -> upstream.post(call.model(), "responses"));
        }
        DialectChat chat = DialectChat.of(
                        call, Dialect.OPENAI_CHAT, () -> upstream.post(call.model(), "chat/completions"))
                .askingAgain();
        return upstream.strict() ? chat.with(ChatParameters.profile(call, upstream.official())) : chat;
    }

    @Override
    public Flow<Embeddings> embed(EmbeddingCall call, ChannelView channel) {
        return EmbeddingFlows.embed(call, upstream(channel));
    }

    @Override
    public Flow<ImageEvent> images(ImageCall call, ChannelView channel) {
        return ImageFlows.images(call, upstream(channel));
    }

    @Override
    public Flow<Usage> speech(SpeechCall call, ChannelView channel) {
        return AudioFlows.speech(call, upstream(channel));
    }

    @Override
    public Flow<Transcript> transcribe(TranscriptionCall call, ChannelView channel) {
        return AudioFlows.transcribe(call, upstream(channel));
    }

    @Override
    public Flow<Moderation> moderate(ModerationCall call, ChannelView channel) {
        return ModerationFlows.moderate(call, upstream(channel));
    }

    @Override
    public Flow<ModelInfo> models(ChannelView channel) {
        return ModelList.OPENAI.of(upstream(channel).get("models"));
    }
}
