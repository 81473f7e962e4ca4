package io.patchbay.dialects.responses;

import io.patchbay.dialects.AnswerFacts;
import io.patchbay.dialects.ChatDecoder;
import io.patchbay.dialects.TapFacts;
import io.patchbay.dialects.fault.FaultReader;
import io.patchbay.spi.Bytes;
import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.Usage;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.spi.json.JsonArray;
import io.patchbay.spi.json.JsonException;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Reads the events of a streamed response, or one whole response. What it does not know is passed over. */
final class ResponsesDecoder implements ChatDecoder {
    /** No call consumes more; beyond it sums could overflow. */
    private static final long MOST = 1_000_000_000_000_000L;

    private final boolean whole;
    private final AnswerFacts facts = new AnswerFacts();
    private final Map<Long, Slot> slots = new HashMap<>();
    private boolean started;
    private boolean used;
    private String thinking = "";
    private long thought = -1;

    /** What was told of one item of the output. */
    private static final class Slot {
        int call = -1;
        final StringBuilder arguments = new StringBuilder();
        boolean texted;
        boolean sealed;
    }

    ResponsesDecoder(boolean whole) {
        this.whole = whole;
    }

    @Override
    public void on(String event, Bytes payload, Consumer<ChatEvent> out) {
        if (facts.over()) {
            return;
        }
        JsonValue value;
        try {
            value = payload.json();
        } catch (JsonException e) {
            // Keep-alive words and another dialect's end marker are noise; a broken object is not.
            if (whole || payload.utf8().stripLeading().startsWith("{")) {
                facts.malformed("the upstream sent an event that is no JSON");
            }
            return;
        }
        if (!(value instanceof JsonObject object)) {
            if (whole) {
                facts.malformed("the upstream's answer holds no response");
            }
        } else if (whole) {
            response(object, out);
        } else {
            event(object.string("type", event), object, out);
        }
    }

    private void event(String type, JsonObject payload, Consumer<ChatEvent> out) {
        long place = payload.longValue("output_index", 0);
        JsonObject item = object(payload, "item");
        switch (type) {
            case "response.created", "response.in_progress", "response.queued" ->
                start(object(payload, "response"), out);
            case "response.output_item.added" -> call(place, item, "", out);
            case "response.output_item.done" -> done(place, item, out);
            case "response.output_text.delta", "response.refusal.delta" -> {
                slot(place).texted = true;
                said(type.contains("refusal"), payload.string("delta", ""), out);
            }
            case "response.output_text.done" -> {
                if (!slot(place).texted) {
                    slot(place).texted = true;
                    said(false, payload.string("text", ""), out);
                }
            }
            case "response.function_call_arguments.delta", "response.custom_tool_call_input.delta" ->
                arguments(place, payload.string("delta", ""), out);
            case "response.reasoning_summary_text.delta", "response.reasoning_text.delta" ->
                reasoning(type, payload.longValue("summary_index", 0), payload.string("delta", ""), out);
            case "response.output_text.annotation.added" -> annotation(object(payload, "annotation"), out);
            case "response.completed", "response.incomplete", "response.failed", "response.cancelled" -> {
                JsonObject response = object(payload, "response");
                response(response.isEmpty() ? payload : response, out);
            }
            case "error" -> fail(payload);
            default -> {
                if (!type.startsWith("response.") && FaultReader.isError(payload)) {
                    fail(payload);
                }
            }
        }
    }

    /** Errors come flat or nested (openai-responses page, read 2026-11). */
    private void fail(JsonObject payload) {
        JsonValue error = payload.get("error");
        facts.fail(FaultReader.inBand(error == null || error.isNull() ? payload : error));
    }

    private void start(JsonObject response, Consumer<ChatEvent> out) {
        if (!started) {
            started = true;
            facts.begin(response.string("id"), response.string("model"));
            out.accept(new ChatEvent.Started(response.string("id"), response.string("model")));
        }
    }

    private Slot slot(long place) {
        return slots.computeIfAbsent(place, ignored -> new Slot());
    }

    private void said(boolean refusal, String text, Consumer<ChatEvent> out) {
        if (!text.isEmpty()) {
            facts.said(text);
            out.accept(refusal ? new ChatEvent.Refusal(0, text) : new ChatEvent.Text(text));
        }
    }

    /** Begins a tool call when the item is one and is new. */
    private void call(long place, JsonObject item, String arguments, Consumer<ChatEvent> out) {
        String type = item.string("type", "");
        Slot slot = slot(place);
        if (slot.call >= 0 || !(type.equals("function_call") || type.equals("custom_tool_call"))) {
            return;
        }
        String name = item.string("name", "");
        slot.call = facts.called(name);
        slot.arguments.append(arguments);
        String id = item.string("call_id", item.string("id", "call_" + slot.call));
        out.accept(new ChatEvent.ToolCallPiece(0, slot.call, id, name, arguments));
    }

    private void arguments(long place, String delta, Consumer<ChatEvent> out) {
        Slot slot = slot(place);
        if (slot.call >= 0 && !delta.isEmpty()) {
            slot.arguments.append(delta);
            facts.said(delta);
            out.accept(new ChatEvent.ToolCallPiece(0, slot.call, null, null, delta));
        }
    }

    /** An item is complete: what its pieces have not told yet is told now. */
    private void done(long place, JsonObject item, Consumer<ChatEvent> out) {
        String whole = item.string("arguments", item.string("input", ""));
        call(place, item, "", out);
        Slot slot = slot(place);
        if (slot.call >= 0) {
            String told = slot.arguments.toString();
            if (whole.startsWith(told)) {
                arguments(place, whole.substring(told.length()), out);
            }
        }
        String type = item.string("type", "");
        if (type.equals("message") && !slot.texted) {
            slot.texted = true;
            for (JsonValue part : item.elements("content")) {
                said(part.string("type", "").equals("refusal"), part.string("text", part.string("refusal", "")), out);
                part.elements("annotations").forEach(annotation -> annotation(annotation.asObject(), out));
            }
        } else if (type.equals("reasoning") && !slot.sealed) {
            slot.sealed = true;
            if (thinking.isEmpty()) {
                long paragraph = 0;
                for (JsonValue part : item.elements("summary")) {
                    reasoning("whole", paragraph++, part.string("text", ""), out);
                }
            }
            sealed(item, out);
        }
    }

    /** Of the two kinds of reasoning the first seen is told; paragraphs of a summary are kept apart. */
    private void reasoning(String kind, long paragraph, String text, Consumer<ChatEvent> out) {
        if (thinking.isEmpty()) {
            thinking = kind;
        }
        if (text.isEmpty() || !thinking.equals(kind)) {
            return;
        }
        String gap = thought >= 0 && thought != paragraph ? "\n\n" : "";
        thought = paragraph;
        facts.said(text);
        out.accept(new ChatEvent.Reasoning(gap + text));
    }

    /** The sealed thoughts go to the client so that it can send them back. */
    private static void sealed(JsonObject item, Consumer<ChatEvent> out) {
        String content = item.string("encrypted_content");
        if (content != null) {
            JsonObject detail = JsonObject.builder()
                    .put("type", "reasoning.encrypted")
                    .put("format", "openai-responses-v1")
                    .put("id", item.string("id"))
                    .put("encrypted_content", content)
                    .build();
            out.accept(new ChatEvent.Extra(
                    0,
                    JsonObject.builder()
                            .put("reasoning_details", new JsonArray(List.of(detail)))
                            .build()));
        }
    }

    private static void annotation(JsonObject annotation, Consumer<ChatEvent> out) {
        if (!annotation.isEmpty()) {
            JsonObject cited = annotation.has("url_citation") || annotation.get("url") == null
                    ? annotation
                    : JsonObject.builder()
                            .put("type", "url_citation")
                            .put(
                                    "url_citation",
                                    annotation.toBuilder().remove("type").build())
                            .build();
            out.accept(new ChatEvent.Extra(
                    0,
                    JsonObject.builder()
                            .put("annotations", new JsonArray(List.of(cited)))
                            .build()));
        }
    }

    /** Reads the response as a whole: alone, or behind its stream, where only what is new is told. */
    private void response(JsonObject response, Consumer<ChatEvent> out) {
        String status = response.string("status", "");
        JsonValue error = response.get("error");
        if (status.equals("failed") || (error instanceof JsonObject && !status.equals("completed"))) {
            facts.fail(FaultReader.inBand(error == null || error.isNull() ? response : error));
            return;
        }
        if (!(response.get("output") instanceof JsonArray output) || status.equals("in_progress")) {
            facts.malformed("the upstream's answer holds no response");
            return;
        }
        start(response, out);
        long place = 0;
        for (JsonValue item : output.elements()) {
            done(place++, item.asObject(), out);
        }
        usage(object(response, "usage"));
        String reason = reason(status, object(response, "incomplete_details").string("reason", ""));
        facts.finish(0, reason);
        out.accept(new ChatEvent.Finish(reason));
        facts.complete();
        tellUsage(out);
    }

    private String reason(String status, String why) {
        if (status.equals("incomplete")) {
            return why.equals("content_filter") ? "content_filter" : "length";
        }
        return facts.toolCalls() > 0 ? "tool_calls" : "stop";
    }

    private void usage(JsonObject usage) {
        if (usage.isEmpty()) {
            return;
        }
        facts.used(Usage.builder()
                .input(count(usage, "input_tokens"))
                .output(count(usage, "output_tokens"))
                .cachedInput(count(object(usage, "input_tokens_details"), "cached_tokens"))
                .cacheWrite(count(object(usage, "input_tokens_details"), "cache_write_tokens"))
                .reasoning(count(object(usage, "output_tokens_details"), "reasoning_tokens"))
                .raw(usage)
                .build());
    }

    private static long count(JsonObject counts, String name) {
        return Math.clamp(counts.longValue(name, 0), 0, MOST);
    }

    private static JsonObject object(JsonObject payload, String name) {
        JsonValue value = payload.get(name);
        return value == null ? JsonObject.EMPTY : value.asObject();
    }

    private void tellUsage(Consumer<ChatEvent> out) {
        Usage usage = facts.usage();
        if (!used && usage != null) {
            used = true;
            out.accept(new ChatEvent.Used(usage));
        }
    }

    @Override
    public void end(Consumer<ChatEvent> out) {
        if (!facts.over()) {
            if (whole) {
                facts.malformed("the upstream's answer holds no response");
            } else {
                facts.fail(Fault.of(FaultKind.TRUNCATED, "the upstream's answer ended before it was complete"));
            }
        }
    }

    @Override
    public TapFacts facts() {
        return facts;
    }
}
