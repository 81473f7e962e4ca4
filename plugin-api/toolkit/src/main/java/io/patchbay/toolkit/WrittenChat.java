package io.patchbay.toolkit;

import io.patchbay.dialects.ChatCodecs;
import io.patchbay.dialects.UpstreamCodec;
import io.patchbay.spi.Dialect;
import io.patchbay.spi.Fault;
import io.patchbay.spi.Flow;
import io.patchbay.spi.Framing;
import io.patchbay.spi.Next;
import io.patchbay.spi.Profile;
import io.patchbay.spi.Turn;
import io.patchbay.spi.Voice;
import io.patchbay.spi.chat.ChatCall;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.spi.chat.ChatRequest;
import io.patchbay.spi.http.Answer;
import io.patchbay.spi.http.Body;
import io.patchbay.spi.http.HttpRequest;
import io.patchbay.spi.json.JsonObject;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The chat of a vendor that speaks a dialect the host knows under rules of its own: the model stands in the address,
 * members of the body are added or missing. Unlike {@link DialectChat} it always writes the body from the canonical
 * request, and adds nothing to it by itself. What of the request has no place in the dialect is told to the host as
 * dropped.
 *
 * <pre>{@code
 * return WrittenChat.of(call, Dialect.GEMINI_CONTENT, stream -> HttpRequest.post(url(call.model(), stream))
 *                 .header("x-goog-api-key", channel.secret("key")))
 *         .edited(body -> body.toBuilder().put("labels", labels).build());
 * }</pre>
 *
 * One object serves one run; the methods that set it up return itself.
 */
public final class WrittenChat implements Flow<ChatEvent> {
    private final ChatCall call;
    private final UpstreamCodec codec;
    private final Opening opening;
    private UnaryOperator<JsonObject> edits = UnaryOperator.identity();
    private Profile profile = Profile.STANDARD;
    private Function<Answer, Fault> faults = Answer::fault;
    private BiFunction<Fault, JsonObject, @Nullable JsonObject> rewriting = (fault, body) -> null;
    private int wholeStatus;

    private WrittenChat(ChatCall call, UpstreamCodec codec, Opening opening) {
        this.call = call;
        this.codec = codec;
        this.opening = opening;
    }

    /** Begins a request. */
    @FunctionalInterface
    public interface Opening {
        /** Returns address and credentials; the body is added. */
        HttpRequest.Builder begin(boolean stream);
    }

    /**
     * Returns the flow of a vendor without further peculiarities.
     *
     * @throws IllegalArgumentException when the host has no codec for the dialect
     */
    public static WrittenChat of(ChatCall call, Dialect dialect, Opening opening) {
        UpstreamCodec codec = ChatCodecs.upstream(dialect)
                .orElseThrow(
                        () -> new IllegalArgumentException("the host has no codec for the dialect " + dialect.id()));
        return new WrittenChat(call, codec, opening);
    }

    /** Changes the written body before it is sent; later changes see what earlier ones made. */
    public WrittenChat edited(UnaryOperator<JsonObject> change) {
        UnaryOperator<JsonObject> before = edits;
        edits = body -> change.apply(before.apply(body));
        return this;
    }

    /** Sets what the vendor's answers have of their own; requests are not touched by it. */
    public WrittenChat with(Profile value) {
        profile = value;
        return this;
    }

    /** Sets another reading of refusals; see {@link Faults}. */
    public WrittenChat faults(Function<Answer, Fault> reading) {
        faults = reading;
        return this;
    }

    /**
     * Has a refused request sent once more with another body.
     *
     * @param other gets the fault and the body that was refused; returns another body, or {@code null} or an equal one
     *     to let the fault stand
     */
    public WrittenChat rewriting(BiFunction<Fault, JsonObject, @Nullable JsonObject> other) {
        rewriting = other;
        return this;
    }

    /** Has a stream that is refused with that status asked for as a whole answer. */
    public WrittenChat wholeAfter(int status) {
        wholeStatus = status;
        return this;
    }

    @Override
    public Next begin(Turn<ChatEvent> turn) {
        ChatRequest request = call.request();
        Set<String> lost = codec.unmapped(request, call.model());
        if (!lost.isEmpty()) {
            turn.dropped(lost);
        }
        JsonObject body = edits.apply(codec.writeRequest(request, call.model(), call.stream()));
        return new Exchange(codec.dialect(), opening, profile, faults, rewriting, wholeStatus)
                .send(body, call.stream(), true);
    }

    /**
     * What is left of the flow once the request is written: the call and its parsed request can go.
     *
     * @param wholeStatus a stream refused with it is asked for as a whole; 0 for none
     */
    private record Exchange(
            Dialect dialect,
            Opening opening,
            Profile profile,
            Function<Answer, Fault> faults,
            BiFunction<Fault, JsonObject, @Nullable JsonObject> rewriting,
            int wholeStatus) {
        Next send(JsonObject body, boolean stream, boolean first) {
            HttpRequest.Builder builder = opening.begin(stream)
                    .header("Accept", stream ? "text/event-stream" : "application/json")
                    .body(Body.json(body));
            Voice voice = new Voice() {
                @Override
                public Profile profile() {
                    return profile;
                }

                @Override
                public Next refused(Answer answer) {
                    return Exchange.this.refused(answer, body, stream, first);
                }
            };
            return Flows.send(
                    builder, built -> Next.speak(built, stream ? Framing.SSE : Framing.WHOLE, dialect, voice));
        }

        private Next refused(Answer answer, JsonObject body, boolean stream, boolean first) {
            if (stream && answer.status() == wholeStatus) {
                return send(body, false, first);
            }
            Fault fault = faults.apply(answer);
            JsonObject other = first ? rewriting.apply(fault, body) : null;
            return other == null || other.equals(body) ? Next.fail(fault) : send(other, stream, false);
        }
    }
}
