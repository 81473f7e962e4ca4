package io.patchbay.toolkit;

import io.patchbay.dialects.ChatCodecs;
import io.patchbay.spi.Dialect;
import io.patchbay.spi.Profile;
import io.patchbay.spi.ReasoningInput;
import io.patchbay.spi.chat.ChatCall;
import io.patchbay.spi.chat.Wire;
import io.patchbay.spi.http.Body;
import io.patchbay.spi.json.JsonArray;
import io.patchbay.spi.json.JsonNumber;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What changes between the client's chat body and the one a vendor gets. */
final class ChatEdits {
    /** Leaving one of these out would answer another question than the one asked, or cost more than was reserved. */
    private static final Set<String> ESSENTIAL = Set.of(
            "model",
            "messages",
            "stream",
            "n",
            "max_tokens",
            "max_completion_tokens",
            "tools",
            "tool_choice",
            "functions",
            "function_call",
            "response_format",
            "modalities",
            "audio");

    /** The only two names for the same thing: any other proposal would need another value too. */
    private static final Set<String> TOKEN_BOUNDS = Set.of("max_tokens", "max_completion_tokens");

    private final ChatCall call;
    private final Source source;
    private final Map<String, JsonValue> set = new LinkedHashMap<>();
    private final Map<String, String> rename = new LinkedHashMap<>();
    private final Set<String> remove = new TreeSet<>();
    private final Set<String> dropped = new TreeSet<>();

    private ChatEdits(ChatCall call, Source source) {
        this.call = call;
        this.source = source;
    }

    /** The body to edit: the client's own bytes, or a tree written from the canonical request. */
    private sealed interface Source {
        Set<String> names();

        @Nullable
        JsonValue get(String name);

        Body edited(Map<String, JsonValue> set, Map<String, String> rename, Set<String> remove);

        record Bytes(Wire wire) implements Source {
            @Override
            public Set<String> names() {
                return wire.names();
            }

            @Override
            public @Nullable JsonValue get(String name) {
                return wire.get(name);
            }

            @Override
            public Body edited(Map<String, JsonValue> set, Map<String, String> rename, Set<String> remove) {
                return wire.edited(set, rename, remove);
            }
        }

        record Tree(JsonObject body) implements Source {
            @Override
            public Set<String> names() {
                return body.members().keySet();
            }

            @Override
            public @Nullable JsonValue get(String name) {
                return body.get(name);
            }

            @Override
            public Body edited(Map<String, JsonValue> set, Map<String, String> rename, Set<String> remove) {
                Map<String, JsonValue> members = new LinkedHashMap<>();
                body.members().forEach((name, value) -> {
                    if (!remove.contains(name)) {
                        members.put(rename.getOrDefault(name, name), value);
                    }
                });
                members.putAll(set);
                return Body.json(JsonObject.of(members));
            }
        }
    }

    /**
     * Returns the edits a profile asks for.
     *
     * @param settings win over whatever the client sent
     * @param silent the client's fields that go without a word, because something else says the same
     * @param refused further fields the vendor does not get
     */
    static ChatEdits of(
            ChatCall call,
            Dialect dialect,
            Profile profile,
            Map<String, JsonValue> settings,
            Set<String> silent,
            Set<String> refused) {
        ChatEdits edits = new ChatEdits(call, source(call, dialect));
        boolean stream = call.stream() || profile.streamsOnly();
        edits.set.put("model", JsonValue.of(call.model()));
        if (edits.asksToStream() != stream) {
            edits.set.put("stream", JsonValue.of(stream));
        }
        edits.set.putAll(settings);
        for (String name : silent) {
            if (edits.source.names().contains(name) && !edits.set.containsKey(name)) {
                edits.remove.add(name);
            }
        }
        for (String name : refused) {
            edits.drop(name);
        }
        edits.askForUsage(stream && profile.asksForUsage());
        if (dialect.equals(Dialect.OPENAI_CHAT)) {
            edits.adapt(profile);
        }
        for (Map.Entry<String, JsonValue> fixed : profile.fixed().entrySet()) {
            edits.fix(fixed.getKey(), fixed.getValue());
        }
        for (String name : profile.dropped()) {
            edits.drop(name);
        }
        for (Map.Entry<String, String> renamed : profile.renamed().entrySet()) {
            edits.rename(renamed.getKey(), renamed.getValue());
        }
        for (Map.Entry<String, JsonValue> preset : profile.defaults().entrySet()) {
            edits.preset(preset.getKey(), preset.getValue());
        }
        for (Map.Entry<String, Profile.Range> clamped : profile.clamped().entrySet()) {
            edits.clamp(clamped.getKey(), clamped.getValue());
        }
        return edits;
    }

    /** Returns the names of fields the client sent and the vendor does not get, in order. */
    Set<String> dropped() {
        return dropped;
    }

    Body body() {
        return source.edited(set, rename, remove);
    }

    /**
     * Returns these edits without a field the vendor refused, or with the field by the name the vendor proposed, or
     * {@code null} when that field was not sent or must not be left out.
     */
    @Nullable
    ChatEdits without(@Nullable String refused, @Nullable String proposed) {
        if (refused == null) {
            return null;
        }
        // A vendor that refuses stream_options.include_usage refuses a member we added; without the whole there is no
        // usage
        // event, which the host can live with.
        String field = refused.startsWith("stream_options.") ? "stream_options" : refused;
        String ours = ourNameOf(field);
        boolean sent = set.containsKey(field) || (source.names().contains(ours) && !remove.contains(ours));
        if (!sent) {
            return null;
        }
        ChatEdits other = new ChatEdits(call, source);
        other.set.putAll(set);
        other.rename.putAll(rename);
        other.remove.addAll(remove);
        other.dropped.addAll(dropped);
        if (proposed != null
                && TOKEN_BOUNDS.contains(field)
                && TOKEN_BOUNDS.contains(proposed)
                && !proposed.equals(field)) {
            other.rename.remove(ours);
            JsonValue value = other.set.remove(field);
            if (value != null) {
                other.set.put(proposed, value);
            } else {
                other.rename(ours, proposed);
            }
            return other;
        }
        if (ESSENTIAL.contains(ours) || ESSENTIAL.contains(field)) {
            return null;
        }
        other.set.remove(field);
        other.rename.remove(ours);
        other.drop(ours);
        return other;
    }

    private String ourNameOf(String theirs) {
        for (Map.Entry<String, String> entry : rename.entrySet()) {
            if (entry.getValue().equals(theirs)) {
                return entry.getKey();
            }
        }
        return theirs;
    }

    private boolean asksToStream() {
        JsonValue stream = source.get("stream");
        return stream != null && stream.equals(JsonValue.of(true));
    }

    private void askForUsage(boolean asking) {
        JsonValue options = source.get("stream_options");
        if (asking) {
            JsonObject given = options == null ? JsonObject.EMPTY : options.asObject();
            if (!given.flag("include_usage", false)) {
                set.put(
                        "stream_options",
                        given.toBuilder().put("include_usage", true).build());
            }
        } else if (options != null) {
            remove.add("stream_options");
        }
    }

    /** What OpenAI's chat dialect says of messages, tool choice and reasoning, as the vendor wants it. */
    private void adapt(Profile profile) {
        String prompt = "";
        ReasoningInput input = profile.reasoningInput();
        if (input != null) {
            ReasoningEdits reasoning = ReasoningEdits.of(input, this::given);
            ThinkingWish.FIELDS.stream().filter(source.names()::contains).forEach(remove::add);
            reasoning.set().forEach(this::put);
            dropped.addAll(reasoning.lost());
            prompt = reasoning.prompt();
        }
        if ((MessageEdits.needed(profile) || !prompt.isEmpty()) && source.get("messages") instanceof JsonArray before) {
            MessageEdits messages = new MessageEdits(profile);
            JsonArray after = messages.apply(before);
            after = prompt.isEmpty() ? after : MessageEdits.withPrompt(after, prompt);
            if (!after.equals(before)) {
                put("messages", after);
            }
            dropped.addAll(messages.lost());
        }
        if (!profile.toolChoices().isEmpty()) {
            chooseTools(profile.toolChoices());
        }
        if (profile.mostStops() > 0) {
            boundStops(profile.mostStops());
        }
        JsonValue format = profile.takesSchemas() ? null : given("response_format");
        if (format != null && "json_schema".equals(format.string("type"))) {
            put(
                    "response_format",
                    JsonObject.builder().put("type", "json_object").build());
            dropped.add("response_format");
        }
    }

    private void boundStops(int most) {
        JsonValue stop = given("stop");
        if (stop == null) {
            return;
        }
        List<JsonValue> all = stop.string() == null ? stop.elements() : List.of(stop);
        if (all.isEmpty()) {
            remove.add("stop");
        } else {
            put("stop", new JsonArray(all.subList(0, Math.min(most, all.size()))));
        }
        if (all.size() > most) {
            dropped.add("stop");
        }
    }

    private void chooseTools(Map<String, String> words) {
        JsonValue choice = given("tool_choice");
        String form = choice == null ? "" : choice.string() == null ? "function" : choice.string();
        String word = words.get(form);
        if (word == null || set.containsKey("tool_choice")) {
            return;
        }
        boolean forced = form.equals("required") || form.equals("function");
        if (forced && (word.isEmpty() || word.equals("auto") || form.equals("function"))) {
            dropped.add("tool_choice");
        }
        if (!word.isEmpty()) {
            put("tool_choice", JsonValue.of(word));
            return;
        }
        remove.add("tool_choice");
        if (form.equals("none")) {
            // No tools say the same as not to use them.
            List.of("tools", "functions", "parallel_tool_calls").forEach(remove::add);
        }
    }

    /** Returns a member of the body, {@code null} when it is missing or JSON null. */
    private @Nullable JsonValue given(String name) {
        JsonValue value = source.names().contains(name) ? source.get(name) : null;
        return value == null || value.isNull() ? null : value;
    }

    /** Sets a member unless the plugin itself has. */
    private void put(String name, JsonValue value) {
        if (set.putIfAbsent(name, value) == null) {
            remove.remove(name);
        }
    }

    private void fix(String name, JsonValue value) {
        JsonValue theirs = given(name);
        if (theirs != null && !theirs.equals(value) && !NeutralValues.isNeutral(name, theirs)) {
            dropped.add(name);
        }
        put(name, value);
    }

    private void preset(String name, JsonValue value) {
        boolean bounded = TOKEN_BOUNDS.contains(name) && TOKEN_BOUNDS.stream().anyMatch(bound -> given(bound) != null);
        if (given(name) == null && !bounded && !rename.containsValue(name)) {
            put(name, value);
        }
    }

    private void drop(String name) {
        if (!source.names().contains(name) || set.containsKey(name)) {
            return;
        }
        remove.add(name);
        JsonValue value = given(name);
        if (value != null && !NeutralValues.isNeutral(name, value)) {
            dropped.add(name);
        }
    }

    private void clamp(String theirs, Profile.Range range) {
        String ours = ourNameOf(theirs);
        JsonValue value = remove.contains(ours) || set.containsKey(theirs) ? null : given(ours);
        BigDecimal number = value == null ? null : value.number();
        if (number == null) {
            return;
        }
        BigDecimal near = number.max(range.least()).min(range.most());
        if (near.compareTo(number) != 0) {
            if (rename.remove(ours) != null) {
                remove.add(ours);
            }
            set.put(theirs, new JsonNumber(near.toPlainString()));
        }
    }

    /** Renames; when the body already has the vendor's name, that one wins. */
    private void rename(String ours, String theirs) {
        if (!source.names().contains(ours) || remove.contains(ours)) {
            return;
        }
        if (source.names().contains(theirs) || set.containsKey(theirs)) {
            remove.add(ours);
        } else {
            rename.put(ours, theirs);
        }
    }

    private static Source source(ChatCall call, Dialect dialect) {
        Wire wire = call.wire();
        if (wire != null && wire.dialect().equals(dialect)) {
            return new Source.Bytes(wire);
        }
        JsonObject body = ChatCodecs.upstream(dialect)
                .orElseThrow(
                        () -> new IllegalArgumentException("the host has no codec for the dialect " + dialect.id()))
                .writeRequest(call.request(), call.model(), call.stream());
        return new Source.Tree(body);
    }
}
