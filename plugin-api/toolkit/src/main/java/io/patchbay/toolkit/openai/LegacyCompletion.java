package io.patchbay.toolkit.openai;

import io.patchbay.spi.Flow;
import io.patchbay.spi.Framing;
import io.patchbay.spi.Next;
import io.patchbay.spi.Turn;
import io.patchbay.spi.chat.ChatCall;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.spi.chat.ChatMessage;
import io.patchbay.spi.chat.ChatRequest;
import io.patchbay.spi.http.Body;
import io.patchbay.spi.http.HttpRequest;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import io.patchbay.toolkit.Flows;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeSet;

/** A chat with a model that only knows {@code POST /v1/completions}: the conversation becomes one prompt. */
final class LegacyCompletion implements Flow<ChatEvent> {
    /** The route answers 16 tokens unless told otherwise, which no chat client expects; the context is 4,096 tokens. */
    private static final long USUAL_BOUND = 1_024;

    private static final List<String> TAKEN = List.of(
            "temperature", "top_p", "n", "stop", "presence_penalty", "frequency_penalty", "logit_bias", "seed", "user");

    /** Settings that are mapped, or say nothing about the answer. */
    private static final Set<String> SILENT = Set.of("max_tokens", "max_completion_tokens", "stream_options");

    private final ChatCall call;
    private final OpenAiUpstream upstream;

    LegacyCompletion(ChatCall call, OpenAiUpstream upstream) {
        this.call = call;
        this.upstream = upstream;
    }

    @Override
    public Next begin(Turn<ChatEvent> turn) {
        ChatRequest request = call.request();
        noteDropped(turn, request);
        HttpRequest.Builder post = upstream.post(call.model(), "completions")
                .header("Accept", call.stream() ? "text/event-stream" : "application/json")
                .body(Body.json(body(request)));
        CompletionReader reader =
                new CompletionReader(turn, Math.clamp(request.settings().longValue("n", 1), 1, 128));
        boolean streamed = call.stream();
        return Flows.send(
                post, built -> streamed ? Next.stream(built, Framing.SSE, reader) : Next.ask(built, reader::whole));
    }

    private JsonObject body(ChatRequest request) {
        Long bound = request.maxTokens();
        JsonObject.Builder body = JsonObject.builder()
                .put("model", call.model())
                .put("prompt", prompt(request.messages()))
                .put("max_tokens", bound == null ? USUAL_BOUND : bound);
        for (String name : TAKEN) {
            body.putIfPresent(name, request.settings().get(name));
        }
        body.put("stream", call.stream());
        if (call.stream()) {
            body.put(
                    "stream_options",
                    JsonObject.builder().put("include_usage", true).build());
        }
        return body.build();
    }

    private static String prompt(List<ChatMessage> messages) {
        StringJoiner lines = new StringJoiner("\n");
        for (ChatMessage message : messages) {
            lines.add(message.role() + ": " + message.text());
        }
        return lines.toString();
    }

    private static void noteDropped(Turn<ChatEvent> turn, ChatRequest request) {
        Set<String> dropped = new TreeSet<>();
        request.settings().members().forEach((String name, JsonValue value) -> {
            if (!TAKEN.contains(name) && !SILENT.contains(name) && !value.isNull()) {
                dropped.add(name);
            }
        });
        if (!request.tools().isEmpty()) {
            dropped.add("tools");
        }
        if (!dropped.isEmpty()) {
            turn.dropped(dropped);
        }
    }
}
