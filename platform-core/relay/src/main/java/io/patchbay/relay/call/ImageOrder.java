package io.patchbay.relay.call;

import io.patchbay.accounts.Caller;
import io.patchbay.dialects.ChatCodec;
import io.patchbay.relay.edit.ChannelEdits;
import io.patchbay.spi.chat.Wire;
import io.patchbay.spi.http.Blob;
import io.patchbay.spi.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The images a client asked for, before any upstream is chosen.
 *
 * @param codec writes errors in the client's form
 * @param model the public model name
 * @param prompt maybe empty, when pictures are given
 * @param input the pictures to work on
 * @param settings everything else the client wrote, in the OpenAI form; also {@code images} and {@code mask} of an edit in
 *     JSON, for upstreams that take it as it is
 * @param unused fields that are given to no upstream
 * @param wire the client's JSON, {@code null} when it sent a form
 * @param wanted the form of the answer the client asked for
 * @param stream whether the images are told as events
 * @param inputTokens input tokens by our own count
 * @param conversation the client's name for its conversation, empty for none
 */
public record ImageOrder(
        String requestId,
        Caller caller,
        ChatCodec codec,
        String model,
        String prompt,
        Input input,
        JsonObject settings,
        Set<String> unused,
        @Nullable Wire wire,
        Wanted wanted,
        boolean stream,
        InputTokens inputTokens,
        String conversation,
        Instant startedAt) {
    public ImageOrder {
        unused = Set.copyOf(unused);
    }

    /** Returns the input tokens as far as they are known without work. */
    public long inputEstimate() {
        return inputTokens.estimate();
    }

    /** Returns this order as a channel with these edits wants it, itself when there are none. */
    ImageOrder edited(ChannelEdits edits) {
        return edits.none()
                ? this
                : new ImageOrder(
                        requestId,
                        caller,
                        codec,
                        model,
                        prompt,
                        input,
                        edits.apply(settings),
                        unused,
                        wire == null ? null : edits.apply(wire),
                        wanted,
                        stream,
                        inputTokens,
                        conversation,
                        startedAt);
    }

    /** How a client wants its images. */
    public enum Wanted {
        /** As the upstream sends them. */
        ANY,
        /** By address: images that come as bytes are stored. */
        URL,
        /** As base64; images that come by address stay addresses. */
        BASE64
    }

    /**
     * Pictures to work on: sent as files, or named by URLs that are fetched for upstreams that want files.
     *
     * @param urls empty when files were sent; an empty text stands for one that is named in another way
     * @param maskUrl {@code null} for none
     */
    public record Input(
            List<Blob> files,
            @Nullable Blob mask,
            List<String> urls,
            @Nullable String maskUrl) {
        /** No pictures at all. */
        public static final Input NONE = new Input(List.of(), null, List.of(), null);

        public Input {
            files = List.copyOf(files);
            urls = List.copyOf(urls);
        }
    }
}
