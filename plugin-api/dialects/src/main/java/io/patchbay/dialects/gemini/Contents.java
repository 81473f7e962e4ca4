package io.patchbay.dialects.gemini;

import io.patchbay.spi.chat.ChatMessage;
import io.patchbay.spi.chat.ChatMessage.ToolCall;
import io.patchbay.spi.chat.ContentPart;
import io.patchbay.spi.json.Json;
import io.patchbay.spi.json.JsonArray;
import io.patchbay.spi.json.JsonException;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes messages as contents. Gemini wants the user to begin and to end, the two roles by turns, and behind calls
 * exactly as many results, in one content (Text generation and Function calling, read 2026-11): what the client has
 * otherwise is put right here.
 */
final class Contents {
    /** Says something where the rules demand a turn and nothing was said. */
    private static final String NOTHING = ".";

    private final List<ChatMessage> messages;
    private final GeminiModel model;
    private final Fields fields;
    private final PartWriter writer;
    private final List<JsonValue> system = new ArrayList<>();
    private final List<Turn> turns = new ArrayList<>();
    /** Results that were written with their call. */
    private final Set<Integer> told = new HashSet<>();

    private record Turn(boolean ofModel, List<JsonValue> parts) {
        boolean calls() {
            return ofModel && parts.stream().anyMatch(part -> part.get("functionCall") != null);
        }
    }

    private Contents(List<ChatMessage> messages, GeminiModel model, Fields fields) {
        this.messages = messages;
        this.model = model;
        this.fields = fields;
        this.writer = new PartWriter(model, fields);
    }

    /** Writes {@code systemInstruction} and {@code contents}. */
    static void write(Fields fields, GeminiModel model, JsonObject.Builder body) {
        Contents contents = new Contents(fields.request().messages(), model, fields);
        contents.read();
        contents.repair();
        if (!contents.system.isEmpty()) {
            body.put(
                    "systemInstruction",
                    JsonObject.builder()
                            .put("parts", new JsonArray(contents.system))
                            .build());
        }
        List<JsonValue> all = new ArrayList<>();
        for (Turn turn : contents.turns) {
            all.add(JsonObject.builder()
                    .put("role", turn.ofModel() ? "model" : "user")
                    .put("parts", new JsonArray(turn.parts()))
                    .build());
        }
        body.put("contents", new JsonArray(all));
    }

    private void read() {
        int question = lastQuestion();
        for (int i = 0; i < messages.size(); i++) {
            ChatMessage message = messages.get(i);
            switch (message.role()) {
                case "system", "developer" -> system.addAll(parts(message));
                case "assistant" -> assistant(i, i > question);
                case "tool", "function" -> {
                    if (!told.contains(i)) {
                        // A result without its call is refused, or answered with nothing.
                        add(false, List.of(PartWriter.text("[result of the tool] " + message.text())));
                    }
                }
                default -> {
                    if (message.name() != null) {
                        fields.lose("messages.name");
                    }
                    add(false, parts(message));
                }
            }
        }
    }

    private int lastQuestion() {
        for (int i = messages.size() - 1; i >= 0; i--) {
            if (messages.get(i).role().equals("user")) {
                return i;
            }
        }
        return -1;
    }

    private List<JsonValue> parts(ChatMessage message) {
        List<JsonValue> parts = new ArrayList<>();
        for (ContentPart part : message.parts()) {
            JsonObject written = writer.part(part);
            if (written != null) {
                parts.add(written);
            }
        }
        return parts;
    }

    private void add(boolean ofModel, List<? extends JsonValue> parts) {
        if (parts.isEmpty()) {
            return;
        }
        if (turns.isEmpty() || turns.getLast().ofModel() != ofModel) {
            turns.add(new Turn(ofModel, new ArrayList<>()));
        }
        turns.getLast().parts().addAll(parts);
    }

    /**
     * Writes an assistant's message and the results of its calls behind it.
     *
     * @param current whether the turn it belongs to is still going on, so that its calls must be signed
     */
    private void assistant(int index, boolean current) {
        ChatMessage message = messages.get(index);
        List<JsonValue> parts = parts(message);
        if (model.isGemma()) {
            message.toolCalls()
                    .forEach(call -> parts.add(
                            PartWriter.text("[called the tool " + call.name() + " with " + call.arguments() + "]")));
            add(true, parts);
            return;
        }
        Signatures signatures = Signatures.of(message);
        String ofText = signatures.ofText();
        if (ofText != null && !parts.isEmpty()) {
            parts.set(parts.size() - 1, signed(parts.getLast().asObject(), ofText));
        }
        parts.addAll(0, signatures.thoughts());
        boolean first = true;
        for (ToolCall call : message.toolCalls()) {
            String signature = signatures.ofCall(call.id());
            boolean lost = signature == null && first && current && model.isThird();
            parts.add(call(call, lost ? Signatures.PLACEHOLDER : signature));
            first = false;
        }
        add(true, parts);
        if (!message.toolCalls().isEmpty()) {
            results(index, message.toolCalls());
        }
    }

    private static JsonObject signed(JsonObject part, String signature) {
        return part.toBuilder().put("thoughtSignature", signature).build();
    }

    private static JsonObject call(ToolCall call, @Nullable String signature) {
        JsonObject.Builder called = JsonObject.builder();
        if (!call.id().isEmpty()) {
            called.put("id", call.id());
        }
        called.put("name", FunctionNames.write(call.name())).put("args", arguments(call.arguments()));
        return JsonObject.builder()
                .put("functionCall", called.build())
                .putIfPresent("thoughtSignature", signature)
                .build();
    }

    private static JsonObject arguments(String text) {
        if (text.isBlank()) {
            return JsonObject.EMPTY;
        }
        try {
            JsonValue value = Json.parse(text);
            return value instanceof JsonObject object
                    ? object
                    : value.isNull()
                            ? JsonObject.EMPTY
                            : JsonObject.builder().put("value", value).build();
        } catch (JsonException e) {
            return JsonObject.builder().put("_raw", text).build();
        }
    }

    private void results(int index, List<ToolCall> calls) {
        if (index + 1 == messages.size()) {
            return;
        }
        Map<String, Integer> byId = new HashMap<>();
        for (int i = index + 1; i < messages.size(); i++) {
            ChatMessage message = messages.get(i);
            if (message.role().equals("assistant")) {
                break;
            }
            String id = message.toolCallId();
            if (id != null && calls.stream().anyMatch(call -> call.id().equals(id))) {
                // Of several results of one call the last counts.
                byId.put(id, i);
                told.add(i);
            }
        }
        List<JsonValue> results = new ArrayList<>();
        List<JsonValue> media = new ArrayList<>();
        for (ToolCall call : calls) {
            Integer found = byId.get(call.id());
            ChatMessage message = found == null ? null : messages.get(found);
            results.add(result(call, message == null ? "(no result)" : message.text()));
            if (message != null) {
                parts(message).stream().filter(part -> part.get("text") == null).forEach(media::add);
            }
        }
        add(false, results);
        add(false, media);
    }

    private static JsonObject result(ToolCall call, String text) {
        JsonObject.Builder response = JsonObject.builder();
        if (!call.id().isEmpty()) {
            response.put("id", call.id());
        }
        response.put("name", FunctionNames.write(call.name())).put("response", response(text));
        return JsonObject.builder().put("functionResponse", response.build()).build();
    }

    private static JsonObject response(String text) {
        try {
            if (Json.parse(text) instanceof JsonObject object) {
                return object;
            }
        } catch (JsonException e) {
            // Plain words, as most tools answer.
        }
        return JsonObject.builder().put("result", text).build();
    }

    private void repair() {
        if (model.isGemma() && !system.isEmpty()) {
            if (turns.isEmpty() || turns.getFirst().ofModel()) {
                turns.addFirst(new Turn(false, new ArrayList<>()));
            }
            turns.getFirst().parts().addAll(0, system);
            system.clear();
        }
        if (!turns.isEmpty() && turns.getLast().calls()) {
            turns.removeLast();
        }
        if (turns.isEmpty()) {
            add(false, system.isEmpty() ? List.of(PartWriter.text(NOTHING)) : List.copyOf(system));
            system.clear();
        }
        if (turns.getFirst().ofModel()) {
            turns.addFirst(new Turn(false, List.of(PartWriter.text(NOTHING))));
        }
        if (turns.getLast().ofModel()) {
            add(false, List.of(PartWriter.text("Continue.")));
        }
    }
}
