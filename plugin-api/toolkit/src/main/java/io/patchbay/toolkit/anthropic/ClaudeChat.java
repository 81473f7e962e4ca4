package io.patchbay.toolkit.anthropic;

import io.patchbay.dialects.anthropic.AnthropicRequest;
import io.patchbay.dialects.anthropic.ThinkingRepair;
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
import io.patchbay.spi.chat.Wire;
import io.patchbay.spi.http.Answer;
import io.patchbay.spi.http.Body;
import io.patchbay.spi.http.HttpRequest;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import io.patchbay.toolkit.Flows;
import io.patchbay.toolkit.WrittenChat;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The chat of a server of Anthropic's dialect. A request that brings thinking back, and is refused for it, is sent
 * once more without; what of a request has no place in the dialect is told to the host as dropped. One object serves
 * one run; the methods that set it up return itself.
 */
public final class ClaudeChat implements Flow<ChatEvent> {
    private static final int BAD_REQUEST = 400;

    private final ChatCall call;
    private final WrittenChat.Opening opening;
    private UnaryOperator<JsonObject> edits = UnaryOperator.identity();
    private BiFunction<Answer, Instant, Fault> faults = (answer, now) -> answer.fault();
    private @Nullable UnaryOperator<ChatRequest> completion;

    private ClaudeChat(ChatCall call, WrittenChat.Opening opening) {
        this.call = call;
        this.opening = opening;
    }

    /** Returns the flow of a chat whose requests begin that way. */
    public static ClaudeChat of(ChatCall call, WrittenChat.Opening opening) {
        return new ClaudeChat(call, opening);
    }

    /** Changes the written body before it is sent. */
    public ClaudeChat edited(UnaryOperator<JsonObject> change) {
        edits = change;
        return this;
    }

    /** Sets another reading of refusals, which knows what time it is. */
    public ClaudeChat faults(BiFunction<Answer, Instant, Fault> reading) {
        faults = reading;
        return this;
    }

    /**
     * Has the body of a client that speaks the dialect itself forwarded as it is.
     *
     * @param completed completes the request of any other client
     */
    public ClaudeChat forwarding(UnaryOperator<ChatRequest> completed) {
        completion = completed;
        return this;
    }

    @Override
    public Next begin(Turn<ChatEvent> turn) {
        Exchange exchange = new Exchange(turn, call.model(), call.stream(), opening, edits, faults);
        UnaryOperator<ChatRequest> completed = completion;
        Wire wire = call.wire();
        if (completed != null && wire != null && wire.dialect().equals(Dialect.ANTHROPIC_MESSAGES)) {
            Map<String, JsonValue> set =
                    Map.of("model", JsonValue.of(call.model()), "stream", JsonValue.of(call.stream()));
            return exchange.speak(wire.edited(set, Map.of(), Set.of()), answer -> null);
        }
        return exchange.ask(completed == null ? call.request() : completed.apply(call.request()), true);
    }

    /** What is left of the call once it was read: the call itself would keep the client's whole body alive. */
    private record Exchange(
            Turn<ChatEvent> turn,
            String model,
            boolean stream,
            WrittenChat.Opening opening,
            UnaryOperator<JsonObject> edits,
            BiFunction<Answer, Instant, Fault> faults) {
        Next ask(ChatRequest request, boolean first) {
            AnthropicRequest written = AnthropicRequest.of(request, model, stream);
            if (!written.unmapped().isEmpty()) {
                turn.dropped(written.unmapped());
            }
            Body body = Body.json(edits.apply(written.body()));
            // Only a request that brings thinking back is kept for a second try.
            return first && ThinkingRepair.mayHelp(request)
                    ? speak(body, answer -> repaired(request, answer))
                    : speak(body, answer -> null);
        }

        private @Nullable Next repaired(ChatRequest request, Answer answer) {
            ThinkingRepair repair = answer.status() != BAD_REQUEST
                    ? null
                    : ThinkingRepair.of(
                            request, faults.apply(answer, turn.now()).message());
            if (repair == null) {
                return null;
            }
            if (!repair.lost().isEmpty()) {
                turn.dropped(repair.lost());
            }
            turn.note("retried", "without the thinking that came back");
            return ask(repair.request(), false);
        }

        Next speak(Body body, Function<Answer, @Nullable Next> another) {
            HttpRequest.Builder request = opening.begin(stream)
                    .header("Accept", stream ? "text/event-stream" : "application/json")
                    .body(body);
            Framing framing = stream ? Framing.SSE : Framing.WHOLE;
            Voice voice = new Voice() {
                @Override
                public Profile profile() {
                    return Claude.PROFILE;
                }

                @Override
                public Next refused(Answer answer) {
                    return Exchange.this.refused(answer, another);
                }
            };
            return Flows.send(request, built -> Next.speak(built, framing, Dialect.ANTHROPIC_MESSAGES, voice));
        }

        private Next refused(Answer answer, Function<Answer, @Nullable Next> another) {
            String id = answer.header("request-id");
            if (id != null) {
                turn.note("request-id", id);
            }
            Next next = another.apply(answer);
            return next == null ? Next.fail(faults.apply(answer, turn.now())) : next;
        }
    }
}
