package io.patchbay.plugin.cohere;

import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the events of a chat, or its whole answer. */
final class CohereReader extends JsonReader {
    private final Turn<ChatEvent> turn;
    private final ChatWriter writer;
    private final Map<String, ToolCall> calls = new LinkedHashMap<>();

    CohereReader(Turn<ChatEvent> turn) {
        this.turn = turn;
        this.writer = new ChatWriter(turn);
    }

    /** A call whose arguments are held as long as they could be the word {@code null}, which stands for none. */
    private final class ToolCall {
        private final String key;
        private final @Nullable String id;
        private final @Nullable String name;
        private String held = "";
        private boolean told;

        private ToolCall(String key, @Nullable String id, @Nullable String name) {
            this.key = key;
            this.id = id;
            this.name = name;
        }

        void add(String fragment) {
            held += fragment;
            if (told || !"null".startsWith(held)) {
                tell(held);
            }
        }

        void end() {
            if (!told) {
                tell(held.isEmpty() || held.equals("null") ? "{}" : held);
            }
        }

        private void tell(String arguments) {
            writer.toolCall(key, id, name, arguments);
            told = true;
            held = "";
        }
    }

    @Override
    protected Next frame(String event, JsonObject frame) {
        JsonValue told = frame.at("delta", "message");
        JsonObject message = told == null ? JsonObject.EMPTY : told.asObject();
        switch (frame.string("type", event)) {
            case "message-start" -> writer.started(frame.string("id"), null);
            case "content-start", "content-delta" -> {
                content(message.get("content"));
                logprobs(frame.get("logprobs"));
            }
            case "tool-plan-delta" -> writer.reasoning(message.string("tool_plan"));
            case "tool-call-start" -> called(key(frame), message.get("tool_calls"));
            case "tool-call-delta" -> {
                ToolCall call = calls.get(key(frame));
                JsonValue arguments = message.at("tool_calls", "function", "arguments");
                if (call != null && arguments != null && arguments.string() != null) {
                    call.add(arguments.string());
                }
            }
            case "tool-call-end" -> {
                ToolCall call = calls.get(key(frame));
                if (call != null) {
                    call.end();
                }
            }
            case "citation-start" -> cited(message.get("citations"));
            case "message-end" -> {
                JsonValue delta = frame.get("delta");
                return ended(delta == null ? JsonObject.EMPTY : delta.asObject());
            }
            default -> {
                if (frame.get("type") == null && frame.get("message") != null || frame.get("error") != null) {
                    return fail(frame);
                }
            }
        }
        return Next.more();
    }

    @Override
    public Next unframed(Answer answer) {
        JsonValue body = answer.ok() ? answer.json() : null;
        JsonValue message = body == null ? null : body.get("message");
        if (body == null || !(message instanceof JsonObject) || body.string("finish_reason") == null) {
            return Next.fail(answer.fault());
        }
        writer.started(body.string("id"), null);
        writer.reasoning(message.string("tool_plan"));
        message.elements("content").forEach(this::content);
        logprobs(body.get("logprobs"));
        List<JsonValue> asked = message.elements("tool_calls");
        for (int i = 0; i < asked.size(); i++) {
            called(Integer.toString(i), asked.get(i));
        }
        cited(message.get("citations"));
        return ended(body.asObject());
    }

    private static String key(JsonObject frame) {
        JsonValue index = frame.get("index");
        return String.valueOf(index == null ? null : index.scalarText());
    }

    private void content(@Nullable JsonValue content) {
        if (content != null) {
            writer.reasoning(content.string("thinking"));
            writer.text(content.string("text"));
        }
    }

    private void called(String key, @Nullable JsonValue asked) {
        JsonValue name = asked == null ? null : asked.at("function", "name");
        if (asked == null || name == null) {
            return;
        }
        ToolCall call = new ToolCall(key, asked.string("id"), name.string());
        calls.put(key, call);
        JsonValue arguments = asked.at("function", "arguments");
        if (arguments != null && arguments.string() != null) {
            call.add(arguments.string());
        }
    }

    /** Says what of its sources the answer rests on, as Cohere says it: they are seldom addresses. */
    private void cited(@Nullable JsonValue citations) {
        if (citations instanceof JsonArray list && !list.elements().isEmpty()) {
            cite(list);
        } else if (citations instanceof JsonObject one) {
            cite(new JsonArray(List.of(one)));
        }
    }

    private void cite(JsonArray citations) {
        turn.emit(new ChatEvent.Extra(
                0, JsonObject.builder().put("citations", citations).build()));
    }

    private void logprobs(@Nullable JsonValue logprobs) {
        if (logprobs != null) {
            Logprobs.written(logprobs).ifPresent(members -> turn.emit(new ChatEvent.Extra(0, members)));
        }
    }

    private Next ended(JsonObject end) {
        calls.values().forEach(ToolCall::end);
        String reason = end.string("finish_reason", "");
        switch (reason) {
            case "COMPLETE", "STOP_SEQUENCE" -> writer.finish();
            case "MAX_TOKENS" -> writer.finish("length");
            case "TOOL_CALL" -> writer.finish("tool_calls");
            case "ERROR_TOXIC" -> writer.finish("content_filter");
            case "TIMEOUT" -> {
                return Next.fail(Fault.of(FaultKind.RETRY, "the model did not answer in time"));
            }
            case "", "ERROR", "ERROR_LIMIT" -> {
                return Next.fail(
                        Fault.of(FaultKind.UPSTREAM, end.string("error", "the model could not finish its answer")));
            }
            default -> writer.finish(reason.toLowerCase(Locale.ROOT));
        }
        return writer.used(usage(end.get("usage"))).done();
    }

    /** Cohere charges for the billed units; all tokens include its own template and what of it was cached. */
    private static @Nullable Usage usage(@Nullable JsonValue usage) {
        if (usage == null) {
            return null;
        }
        JsonValue billed = usage.get("billed_units");
        JsonValue all = usage.get("tokens");
        Usage.Builder told = Usage.builder().raw(usage.asObject());
        if (billed != null && billed.longValue("input_tokens", 0) + billed.longValue("output_tokens", 0) > 0) {
            return told.input(billed.longValue("input_tokens", 0))
                    .output(billed.longValue("output_tokens", 0))
                    .build();
        }
        return all == null
                ? null
                : told.input(all.longValue("input_tokens", 0))
                        .output(all.longValue("output_tokens", 0))
                        .cachedInput(usage.longValue("cached_tokens", 0))
                        .build();
    }
}
