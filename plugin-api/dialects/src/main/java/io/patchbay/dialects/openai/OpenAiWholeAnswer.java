package io.patchbay.dialects.openai;

import io.patchbay.dialects.ClientPlan;
import io.patchbay.dialects.WholeAnswer;
import io.patchbay.spi.Usage;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.spi.json.JsonArray;
import io.patchbay.spi.json.JsonNull;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonString;
import io.patchbay.spi.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Collects events into one {@code chat.completion}. */
final class OpenAiWholeAnswer implements WholeAnswer {
    private final ClientPlan plan;
    private final Map<Integer, Choice> choices = new TreeMap<>();

    private static final class Choice {
        final StringBuilder text = new StringBuilder();
        final StringBuilder reasoning = new StringBuilder();
        final StringBuilder refusal = new StringBuilder();
        final Map<Integer, Call> calls = new TreeMap<>();
        JsonObject extra = JsonObject.EMPTY;

        @Nullable
        String finish;
    }

    private static final class Call {
        String id = "";
        String name = "";
        final StringBuilder arguments = new StringBuilder();
    }

    OpenAiWholeAnswer(ClientPlan plan) {
        this.plan = plan;
    }

    @Override
    public void on(ChatEvent event) {
        switch (event) {
            case ChatEvent.Started ignored -> {}
            case ChatEvent.Used ignored -> {}
            case ChatEvent.Text text -> choice(text.choice()).text.append(text.text());
            case ChatEvent.Reasoning reasoning ->
                choice(reasoning.choice()).reasoning.append(reasoning.text());
            case ChatEvent.Refusal refusal -> choice(refusal.choice()).refusal.append(refusal.text());
            case ChatEvent.ToolCallPiece piece -> call(piece);
            case ChatEvent.Extra extra -> {
                Choice choice = choice(extra.choice());
                choice.extra = Merging.objects(choice.extra, extra.members());
            }
            case ChatEvent.Finish finish -> {
                Choice choice = choice(finish.choice());
                choice.finish = choice.finish == null ? finish.reason() : choice.finish;
            }
        }
    }

    private Choice choice(int index) {
        return choices.computeIfAbsent(index, none -> new Choice());
    }

    private void call(ChatEvent.ToolCallPiece piece) {
        Call call = choice(piece.choice()).calls.computeIfAbsent(piece.index(), none -> new Call());
        if (call.id.isEmpty() && piece.id() != null) {
            call.id = piece.id();
        }
        if (call.name.isEmpty() && piece.name() != null) {
            call.name = piece.name();
        }
        call.arguments.append(piece.arguments());
    }

    @Override
    public byte[] body(Usage usage) {
        if (choices.isEmpty()) {
            choice(0);
        }
        List<JsonValue> all = new ArrayList<>();
        choices.forEach((index, choice) -> all.add(json(index, choice)));
        return JsonObject.builder()
                .put("id", plan.answerId())
                .put("object", "chat.completion")
                .put("created", plan.createdSeconds())
                .put("model", plan.publicModel())
                .put("choices", new JsonArray(all))
                .put("usage", UsageJson.write(usage))
                .build()
                .toBytes();
    }

    private static JsonObject json(int index, Choice choice) {
        boolean noText = choice.text.isEmpty() && (!choice.calls.isEmpty() || !choice.refusal.isEmpty());
        JsonObject.Builder message = JsonObject.builder()
                .put("role", "assistant")
                .put("content", noText ? JsonNull.NULL : new JsonString(choice.text.toString()))
                .put("refusal", choice.refusal.isEmpty() ? JsonNull.NULL : new JsonString(choice.refusal.toString()));
        if (!choice.reasoning.isEmpty()) {
            message.put("reasoning_content", choice.reasoning.toString());
        }
        JsonValue logprobs = choice.extra.get("logprobs");
        message.putAll(choice.extra).remove("logprobs");
        if (!choice.calls.isEmpty()) {
            List<JsonValue> calls = new ArrayList<>();
            choice.calls.values().forEach(call -> calls.add(json(call)));
            message.put("tool_calls", new JsonArray(calls));
        }
        String finish = choice.finish == null ? "stop" : choice.finish;
        return JsonObject.builder()
                .put("index", index)
                .put("message", message.build())
                .put("logprobs", logprobs == null ? JsonNull.NULL : logprobs)
                .put("finish_reason", FinishWords.forClients(finish))
                .build();
    }

    private static JsonObject json(Call call) {
        return JsonObject.builder()
                .put("id", call.id.isEmpty() ? ToolCallReader.newId() : call.id)
                .put("type", "function")
                .put(
                        "function",
                        JsonObject.builder()
                                .put("name", call.name)
                                .put("arguments", call.arguments.isEmpty() ? "{}" : call.arguments.toString())
                                .build())
                .build();
    }
}
