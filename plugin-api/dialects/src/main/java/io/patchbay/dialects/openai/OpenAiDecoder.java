package io.patchbay.dialects.openai;

import io.patchbay.dialects.ChatDecoder;
import io.patchbay.dialects.TapFacts;
import io.patchbay.dialects.openai.ChatFacts.Choice;
import io.patchbay.spi.Bytes;
import io.patchbay.spi.Profile;
import io.patchbay.spi.Usage;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.spi.json.JsonArray;
import io.patchbay.spi.json.JsonException;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads chunks, or one whole answer, into events. Gathers the same facts as the taps do. */
final class OpenAiDecoder implements ChatDecoder {
    /** Members of a delta or message that have events of their own. */
    private static final Set<String> KNOWN =
            Set.of("role", "content", "reasoning_content", "reasoning", "refusal", "tool_calls", "function_call");

    private final ChatFacts facts;
    private final Profile profile;
    private final boolean whole;
    private final String holder;
    private final ToolCallReader tools;
    private boolean started;
    private boolean used;

    OpenAiDecoder(Profile profile, boolean whole) {
        this.facts = new ChatFacts(profile);
        this.profile = profile;
        this.whole = whole;
        this.holder = whole ? "message" : "delta";
        this.tools = new ToolCallReader(facts, whole);
    }

    @Override
    public void on(String event, Bytes payload, Consumer<ChatEvent> out) {
        if (facts.over()) {
            return;
        }
        if (event.equals("error")) {
            facts.errorEvent(payload);
            return;
        }
        int begin = Payloads.begin(payload);
        switch (Payloads.kind(payload, begin)) {
            case Payloads.NOTHING -> {}
            case Payloads.END -> marker(out);
            case Payloads.OBJECT -> object(payload, out);
            default -> facts.foreign(payload.slice(begin, payload.length() - begin));
        }
        if (whole) {
            wholeCame();
        }
    }

    private void wholeCame() {
        if (facts.fault() != null) {
            return;
        }
        if (facts.finishes().isEmpty()) {
            facts.noAnswer();
        } else {
            facts.wholeCame();
        }
    }

    private void marker(Consumer<ChatEvent> out) {
        for (Choice choice : facts.open()) {
            finish(choice, "stop", out);
        }
        facts.markerCame();
        used(out);
    }

    private void object(Bytes payload, Consumer<ChatEvent> out) {
        JsonObject chunk;
        try {
            chunk = payload.json().asObject();
        } catch (JsonException e) {
            facts.broken(payload);
            return;
        }
        JsonValue error = error(chunk);
        if (error != null && facts.error(error)) {
            return;
        }
        @Nullable JsonArray choices = chunk.get("choices") instanceof JsonArray array ? array : null;
        if (choices == null && !(chunk.get("usage") instanceof JsonObject)) {
            facts.strange(chunk);
            return;
        }
        if (choices != null && isWild(choices)) {
            facts.wild();
            return;
        }
        head(chunk, choices == null ? List.of() : choices.elements(), out);
        if (choices != null) {
            int position = 0;
            for (JsonValue choice : choices.elements()) {
                if (choice instanceof JsonObject object) {
                    choice(object, position, out);
                }
                position++;
            }
        }
    }

    private static @Nullable JsonValue error(JsonObject chunk) {
        JsonValue error = chunk.get("error");
        JsonValue inner = error == null ? chunk.at("x_groq", "error") : error;
        return inner == null || inner.isNull() ? null : inner;
    }

    private boolean isWild(JsonArray choices) {
        for (JsonValue choice : choices.elements()) {
            if (!(choice instanceof JsonObject) || choice.longValue("index", 0) > ChoiceScan.MAX_INDEX) {
                return true;
            }
            JsonValue held = choice.get(holder);
            if (held != null) {
                for (JsonValue call : held.elements("tool_calls")) {
                    if (call.longValue("index", 0) > ChoiceScan.MAX_INDEX) {
                        return true;
                    }
                }
            }
        }
        return choices.elements().size() > ChoiceScan.MAX_INDEX;
    }

    private void head(JsonObject chunk, List<JsonValue> choices, Consumer<ChatEvent> out) {
        String id = filled(chunk.string("id"));
        String model = filled(chunk.string("model"));
        if (id != null) {
            facts.id(id);
        }
        if (model != null) {
            facts.model(model);
        }
        JsonValue usage = chunk.get("usage");
        if (!(usage instanceof JsonObject)) {
            for (JsonValue choice : choices) {
                usage = choice.get("usage") instanceof JsonObject inner ? inner : usage;
            }
            if (!(usage instanceof JsonObject)) {
                usage = chunk.at("x_groq", "usage");
            }
        }
        if (usage instanceof JsonObject object) {
            facts.usage(object);
        }
        if (!started && !choices.isEmpty()) {
            started = true;
            out.accept(new ChatEvent.Started(facts.upstreamId(), facts.upstreamModel()));
        }
    }

    private void choice(JsonObject object, int position, Consumer<ChatEvent> out) {
        long index = object.longValue("index", position);
        Choice choice = facts.choice((int) (index < 0 ? position : index));
        JsonObject held = object.get(holder) instanceof JsonObject delta ? delta : JsonObject.EMPTY;
        String text = held.string("content", "");
        String reasoning = reasoning(choice, held);
        if (held.get("content") instanceof JsonArray parts) {
            text = ContentArrays.text(parts);
            reasoning = reasoning.isEmpty() ? ContentArrays.reasoning(parts) : reasoning;
        }
        if (!reasoning.isEmpty()) {
            choice.reasoned = true;
            thought(choice, reasoning, out);
        }
        if (!text.isEmpty() && profile.reasoningTags().isEmpty()) {
            text(choice, text, out);
        } else if (!text.isEmpty()) {
            if (choice.tags == null) {
                choice.tags = new ReasoningTags(profile.reasoningTags());
            }
            choice.tags.add(text, sink(choice, out));
        }
        String refusal = held.string("refusal", "");
        if (!refusal.isEmpty()) {
            said(choice, refusal);
            out.accept(new ChatEvent.Refusal(choice.index, refusal));
        }
        tools.read(choice, held, out);
        JsonObject extra = extra(choice, object, held);
        if (!extra.isEmpty()) {
            out.accept(new ChatEvent.Extra(choice.index, extra));
        }
        String word = object.string("finish_reason", "");
        if (!word.isEmpty()) {
            finish(choice, word, out);
        } else if (whole && !choice.finished) {
            finish(choice, "stop", out);
        }
    }

    private void thought(Choice choice, String text, Consumer<ChatEvent> out) {
        said(choice, text);
        out.accept(new ChatEvent.Reasoning(choice.index, text));
    }

    private void text(Choice choice, String text, Consumer<ChatEvent> out) {
        said(choice, text);
        out.accept(new ChatEvent.Text(choice.index, text));
    }

    /** Some vendors send the same reasoning in a member of its own and in tags: then the tagged copy is left out. */
    private ReasoningTags.Sink sink(Choice choice, Consumer<ChatEvent> out) {
        return new ReasoningTags.Sink() {
            @Override
            public void reasoning(String piece) {
                if (!choice.reasoned) {
                    thought(choice, piece, out);
                }
            }

            @Override
            public void text(String piece) {
                OpenAiDecoder.this.text(choice, piece, out);
            }
        };
    }

    private void said(Choice choice, String text) {
        facts.sawContent(choice);
        facts.tally().add(text);
    }

    /** All members hold the same text where a vendor sends several. */
    private String reasoning(Choice choice, JsonObject held) {
        String text = held.string("reasoning_content", "");
        text = text.isEmpty() ? held.string("reasoning", "") : text;
        for (String name : profile.reasoningMembers()) {
            JsonValue value = held.get(name);
            if (!text.isEmpty() || value == null) {
                continue;
            }
            String told = value.string() == null ? ContentArrays.text(value) : value.string();
            // MiniMax documents pieces that repeat all before them and was seen to send increments.
            boolean repeats = !choice.heard.isEmpty() && told.startsWith(choice.heard.toString());
            text = repeats ? told.substring(choice.heard.length()) : told;
            choice.heard.append(text);
        }
        return text;
    }

    private JsonObject extra(Choice choice, JsonObject object, JsonObject held) {
        JsonObject.Builder extra = null;
        for (Map.Entry<String, JsonValue> member : held.members().entrySet()) {
            if (!KNOWN.contains(member.getKey()) && !isNothing(member.getValue())) {
                extra = extra == null ? JsonObject.builder() : extra;
                extra.put(member.getKey(), member.getValue());
                if (isMedia(member.getKey()) && member.getValue().scalarText() == null) {
                    facts.sawContent(choice);
                }
            }
        }
        JsonValue logprobs = object.get("logprobs");
        if (logprobs instanceof JsonObject && !isNothing(logprobs)) {
            extra = extra == null ? JsonObject.builder() : extra;
            extra.put("logprobs", logprobs);
        }
        return extra == null ? JsonObject.EMPTY : extra.build();
    }

    private static boolean isMedia(String name) {
        return name.equals("audio") || name.equals("images");
    }

    private static boolean isNothing(JsonValue value) {
        return switch (value) {
            case JsonObject object -> object.isEmpty();
            case JsonArray array -> array.elements().isEmpty();
            default -> value.isNull() || "".equals(value.string());
        };
    }

    private void finish(Choice choice, String word, Consumer<ChatEvent> out) {
        boolean before = choice.finished;
        String reason = facts.finish(choice, word);
        if (!before && reason != null) {
            if (choice.tags != null) {
                choice.tags.end(sink(choice, out));
            }
            tools.complete(choice, out);
            out.accept(new ChatEvent.Finish(choice.index, reason));
        }
    }

    private void used(Consumer<ChatEvent> out) {
        Usage usage = facts.usage();
        if (!used && usage != null) {
            used = true;
            out.accept(new ChatEvent.Used(usage));
        }
    }

    @Override
    public void end(Consumer<ChatEvent> out) {
        if (whole && !facts.over()) {
            facts.noAnswer();
        }
        facts.bodyEnded();
        if (facts.fault() == null) {
            used(out);
        }
    }

    @Override
    public TapFacts facts() {
        return facts;
    }

    private static @Nullable String filled(@Nullable String text) {
        return text == null || text.isEmpty() ? null : text;
    }
}
