package io.patchbay.plugin.bedrock;

import io.patchbay.dialects.fault.FaultReader;
import io.patchbay.spi.Next;
import io.patchbay.spi.Turn;
import io.patchbay.spi.Usage;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.spi.http.Answer;
import io.patchbay.spi.json.JsonArray;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import io.patchbay.toolkit.ChatWriter;
import io.patchbay.toolkit.JsonReader;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads Converse's events, or its whole answer. One object serves one run. */
final class ConverseReader extends JsonReader {
    private final Turn<ChatEvent> turn;
    private final ChatWriter out;
    private final StringBuilder thought = new StringBuilder();
    private boolean metadata;

    ConverseReader(Turn<ChatEvent> turn) {
        this.turn = turn;
        this.out = new ChatWriter(turn);
    }

    @Override
    protected Next frame(String event, JsonObject frame) {
        if (event.startsWith("exception:")) {
            return Next.fail(Runtime.fault(FaultReader.inBand(frame), event.substring("exception:".length())));
        }
        String block = String.valueOf(frame.longValue("contentBlockIndex", 0));
        switch (event) {
            case "messageStart" -> out.started(null, null);
            case "contentBlockStart" -> {
                JsonValue use = frame.at("start", "toolUse");
                if (use != null) {
                    out.toolCall(block, use.string("toolUseId"), use.string("name"), "");
                }
            }
            case "contentBlockDelta" -> delta(block, frame.get("delta"));
            case "messageStop" -> out.finish(reason(frame.string("stopReason", "")));
            case "metadata" -> {
                metadata = true;
                out.used(usage(frame.get("usage")));
            }
            default -> {}
        }
        return metadata && out.isFinished() ? out.done() : Next.more();
    }

    /** The usage comes behind the finish; an answer without it is complete all the same. */
    @Override
    public Next end() {
        return out.isFinished() ? out.done() : super.end();
    }

    @Override
    public Next refused(Answer answer) {
        return Next.fail(Runtime.refusal(answer));
    }

    private void delta(String block, @Nullable JsonValue delta) {
        if (delta == null) {
            return;
        }
        out.text(delta.string("text"));
        JsonValue use = delta.get("toolUse");
        if (use != null) {
            out.toolCall(block, null, null, use.string("input", ""));
        }
        JsonValue piece = delta.get("reasoningContent");
        if (piece != null) {
            out.reasoning(piece.string("text"));
            thought.append(piece.string("text", ""));
            signed(piece.string("signature"), piece.string("redactedContent"));
        }
    }

    /** A signature is of use only together with the whole thought when the client sends both back. */
    private void signed(@Nullable String signature, @Nullable String redacted) {
        JsonObject detail = null;
        if (signature != null) {
            detail = JsonObject.builder()
                    .put("type", "reasoning.text")
                    .put("text", thought.toString())
                    .put("signature", signature)
                    .build();
            thought.setLength(0);
        } else if (redacted != null) {
            detail = JsonObject.builder()
                    .put("type", "reasoning.encrypted")
                    .put("data", redacted)
                    .build();
        }
        if (detail != null) {
            turn.emit(new ChatEvent.Extra(
                    0,
                    JsonObject.builder()
                            .put("reasoning_details", new JsonArray(List.of(detail)))
                            .build()));
        }
    }

    @Override
    public Next unframed(Answer answer) {
        if (!answer.ok()) {
            return refused(answer);
        }
        JsonValue body = answer.json();
        JsonValue message = body == null ? null : body.at("output", "message");
        if (body == null || message == null || body.string("stopReason") == null) {
            return Next.fail(answer.fault());
        }
        out.started(null, null);
        int index = 0;
        for (JsonValue block : message.elements("content")) {
            out.text(block.string("text"));
            JsonValue use = block.get("toolUse");
            if (use != null) {
                JsonValue input = use.get("input");
                out.toolCall(
                        String.valueOf(index),
                        use.string("toolUseId"),
                        use.string("name"),
                        input == null ? "{}" : input.toJson());
            }
            JsonValue whole = block.at("reasoningContent", "reasoningText");
            if (whole != null) {
                out.reasoning(whole.string("text"));
                thought.append(whole.string("text", ""));
                signed(whole.string("signature"), null);
            }
            index++;
        }
        out.finish(reason(body.string("stopReason", "")));
        return out.used(usage(body.get("usage"))).done();
    }

    private static String reason(String theirs) {
        return switch (theirs) {
            case "end_turn", "stop_sequence" -> "stop";
            case "max_tokens", "model_context_window_exceeded" -> "length";
            case "tool_use" -> "tool_calls";
            case "guardrail_intervened", "content_filtered" -> "content_filter";
            default -> theirs.isEmpty() ? "stop" : theirs;
        };
    }

    /** The service's input excludes what was read from and written to the cache. */
    private static @Nullable Usage usage(@Nullable JsonValue usage) {
        if (!(usage instanceof JsonObject raw)) {
            return null;
        }
        long read = raw.longValue("cacheReadInputTokens", 0);
        long written = raw.longValue("cacheWriteInputTokens", 0);
        return Usage.builder()
                .input(raw.longValue("inputTokens", 0) + Math.max(0, read) + Math.max(0, written))
                .output(raw.longValue("outputTokens", 0))
                .cachedInput(read)
                .cacheWrite(written)
                .raw(raw)
                .build();
    }
}
