package io.patchbay.spi;

import io.patchbay.spi.chat.ChatCall;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.spi.media.EmbeddingCall;
import io.patchbay.spi.media.Embeddings;
import io.patchbay.spi.media.ImageCall;
import io.patchbay.spi.media.ImageEvent;
import io.patchbay.spi.media.Moderation;
import io.patchbay.spi.media.ModerationCall;
import io.patchbay.spi.media.RerankCall;
import io.patchbay.spi.media.Reranked;
import io.patchbay.spi.media.SpeechCall;
import io.patchbay.spi.media.Transcript;
import io.patchbay.spi.media.TranscriptionCall;
import io.patchbay.spi.task.TaskWork;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * One kind of upstream, for example {@code openai}. The entry point of a provider plugin.
 *
 * <p>An instance is stateless, is called from many threads, and must not block. Register it as an OSGi service (a
 * Declarative Services component) or name it in {@code META-INF/services/io.patchbay.spi.ChannelType}. What an upstream
 * cannot do is left to the default, which answers {@link FaultKind#UNSUPPORTED}.
 */
@ConsumerType
public interface ChannelType {
    /** Returns what the console and the relay need to know before any call; the same at every call. */
    ChannelDescriptor descriptor();

    /** Returns what this type can do with that upstream model on that channel. Called often: must be quick. */
    default Offer offer(String model, ChannelView channel) {
        return Offer.CHAT;
    }

    /** Returns the flow that makes short-lived credentials, or {@code null} when the key itself is sent. */
    default @Nullable Flow<Minted> mint(ChannelView channel) {
        return null;
    }

    /** Answers a chat. The flow must emit a {@link ChatEvent.Finish} unless it ends in {@link Next#speak}. */
    default Flow<ChatEvent> chat(ChatCall call, ChannelView channel) {
        return Flow.unsupported("chat");
    }

    /** Turns texts into vectors. */
    default Flow<Embeddings> embed(EmbeddingCall call, ChannelView channel) {
        return Flow.unsupported("embeddings");
    }

    /** Makes or edits images. */
    default Flow<ImageEvent> images(ImageCall call, ChannelView channel) {
        return Flow.unsupported("images");
    }

    /** Speaks a text; ends in {@link Next#pass}, or emits the usage when the vendor tells it. */
    default Flow<Usage> speech(SpeechCall call, ChannelView channel) {
        return Flow.unsupported("speech");
    }

    /** Writes down what an audio file says. */
    default Flow<Transcript> transcribe(TranscriptionCall call, ChannelView channel) {
        return Flow.unsupported("transcription");
    }

    /** Classifies content. */
    default Flow<Moderation> moderate(ModerationCall call, ChannelView channel) {
        return Flow.unsupported("moderation");
    }

    /** Puts documents in the order of a question. */
    default Flow<Reranked> rerank(RerankCall call, ChannelView channel) {
        return Flow.unsupported("reranking");
    }

    /** Returns the work of this type that is submitted and waited for, or {@code null} when there is none. */
    default @Nullable TaskWork tasks() {
        return null;
    }

    /** Lists the models the upstream offers to this key, one event each. */
    default Flow<ModelInfo> models(ChannelView channel) {
        return Flow.unsupported("a model list");
    }

    /**
     * Asks what is left on the account behind this key: one event a currency, and further ones for parts of the account
     * where the vendor tells them apart. Costs nothing.
     */
    default Flow<Balance> balance(ChannelView channel) {
        return Flow.unsupported("a balance");
    }
}
