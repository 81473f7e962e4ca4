package io.patchbay.plugin.anthropic;

import io.patchbay.dialects.anthropic.AnthropicRequest;
import io.patchbay.dialects.anthropic.ThinkingRepair;
import io.patchbay.spi.Dialect;
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
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** {@code POST /v1/messages}. One object serves one run. */
final class MessagesFlow implements Flow<ChatEvent> {
    private static final Profile PROFILE =
            Profile.builder().endMarker(true).asksForUsage(false).build();

    /** Nothing comes of a whole answer before all of it is made; longer ones must be streamed. */
    private static final Duration SILENCE = Duration.ofMinutes(10);

    private final ChatCall call;
    private final Upstream upstream;

    MessagesFlow(ChatCall call, Upstream upstream) {
        this.call = call;
        this.upstream = upstream;
    }

    @Override
    public Next begin(Turn<ChatEvent> turn) {
        Asking asking = new Asking(turn, call.model(), call.stream(), upstream);
        Wire wire = call.wire();
        if (wire != null && wire.dialect().equals(Dialect.ANTHROPIC_MESSAGES)) {
            Map<String, JsonValue> set =
                    Map.of("model", JsonValue.of(call.model()), "stream", JsonValue.of(call.stream()));
            return asking.speak(wire.edited(set, Map.of(), Set.of()), answer -> null);
        }
        return asking.ask(completed(call.request()), true);
    }

    /** Returns the request with what the operator and the host know better than the client. */
    private ChatRequest completed(ChatRequest request) {
        ChatRequest.Builder completed = ChatRequest.builder();
        request.messages().forEach(completed::message);
        request.tools().forEach(completed::tool);
        request.settings().members().forEach(completed::set);
        if (request.maxTokens() == null && upstream.maxTokens() > 0) {
            completed.set("max_tokens", JsonValue.of(upstream.maxTokens()));
        }
        JsonObject settings = request.settings();
        if (settings.string("user") == null && settings.string("safety_identifier") == null) {
            completed.set("user", JsonValue.of(call.userMark()));
        }
        return completed.build();
    }

    /** What is left of the call once it was read: the call itself would keep the client's whole body alive. */
    private record Asking(Turn<ChatEvent> turn, String model, boolean stream, Upstream upstream) {
        Next ask(ChatRequest request, boolean first) {
            AnthropicRequest written = AnthropicRequest.of(request, model, stream);
            if (!written.unmapped().isEmpty()) {
                turn.dropped(written.unmapped());
            }
            Body body = Body.json(written.body());
            // Only a request that brings thinking back is kept for a second try.
            return first && ThinkingRepair.mayHelp(request)
                    ? speak(body, answer -> repaired(request, answer))
                    : speak(body, answer -> null);
        }

        private @Nullable Next repaired(ChatRequest request, Answer answer) {
            ThinkingRepair repair = answer.status() != 400
                    ? null
                    : ThinkingRepair.of(request, answer.fault().message());
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
            HttpRequest.Builder request = upstream.messages()
                    .header("Accept", stream ? "text/event-stream" : "application/json")
                    .body(body);
            if (!stream) {
                request.silence(SILENCE);
            }
            Framing framing = stream ? Framing.SSE : Framing.WHOLE;
            return Flows.send(
                    request, built -> Next.speak(built, framing, Dialect.ANTHROPIC_MESSAGES, new Ear(turn, another)));
        }
    }

    /** Reads refusals. */
    private record Ear(Turn<ChatEvent> turn, Function<Answer, @Nullable Next> another) implements Voice {
        @Override
        public Profile profile() {
            return PROFILE;
        }

        @Override
        public Next refused(Answer answer) {
            String id = answer.header("request-id");
            if (id != null) {
                turn.note("request-id", id);
            }
            Next next = another.apply(answer);
            return next == null ? Next.fail(RateLimits.fault(answer, turn.now())) : next;
        }
    }
}
