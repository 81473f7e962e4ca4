package io.patchbay.toolkit;

import io.patchbay.spi.Turn;
import io.patchbay.spi.chat.ChatRequest;
import io.patchbay.spi.json.JsonArray;
import io.patchbay.spi.json.JsonBoolean;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a chat request, taken one by one by whoever maps them to a vendor's request; what nobody took is told to
 * the host at the end, so that no field gets lost in silence.
 *
 * <pre>{@code
 * RequestFields fields = RequestFields.of(call.request());
 * body.putIfPresent("temperature", fields.number("temperature", 0.01, 1));
 * body.putIfPresent("max_output", fields.maxTokens(1, 8192));
 * fields.reportRest(turn);
 * }</pre>
 *
 * One object serves one run.
 */
public final class RequestFields {
    private final ChatRequest request;
    private final Set<String> taken = new HashSet<>(Set.of("stream_options"));
    private final Set<String> lost = new TreeSet<>();
    private boolean toolsTaken;

    private RequestFields(ChatRequest request) {
        this.request = request;
    }

    /** Returns the fields of that request, none taken. */
    public static RequestFields of(ChatRequest request) {
        return new RequestFields(request);
    }

    /** Returns the settings of a call beside chat, in the OpenAI form, none taken. */
    public static RequestFields of(JsonObject settings) {
        ChatRequest.Builder request = ChatRequest.builder();
        settings.members().forEach(request::set);
        return new RequestFields(request.build());
    }

    /** Takes a field as it came; {@code null} when it is missing or JSON null. */
    public @Nullable JsonValue take(String name) {
        taken.add(name);
        JsonValue value = request.settings().get(name);
        return value == null || value.isNull() ? null : value;
    }

    /** Takes a text field; {@code null} when it is missing or no text. */
    public @Nullable String text(String name) {
        JsonValue value = take(name);
        return value == null ? null : value.string();
    }

    /** Takes a number; {@code null} when it is missing or none. */
    public @Nullable Double number(String name) {
        JsonValue value = take(name);
        BigDecimal number = value == null ? null : value.number();
        return number == null ? null : number.doubleValue();
    }

    /** Takes a number and moves it into the vendor's range; {@code null} when it is missing or none. */
    public @Nullable Double number(String name, double least, double most) {
        Double number = number(name);
        return number == null ? null : Math.clamp(number, least, most);
    }

    /** Takes a whole number and moves it into the vendor's range; {@code null} when it is missing or none. */
    public @Nullable Long whole(String name, long least, long most) {
        Double number = number(name);
        return number == null ? null : Math.clamp(Math.round(number), least, most);
    }

    /** Takes a flag; {@code null} when it is missing or none. */
    public @Nullable Boolean flag(String name) {
        return take(name) instanceof JsonBoolean flag ? flag.value() : null;
    }

    /** Takes the bound of the answer in tokens by both its names, moved into the vendor's range, or {@code null}. */
    public @Nullable Long maxTokens(long least, long most) {
        taken.add("max_tokens");
        taken.add("max_completion_tokens");
        Long bound = request.maxTokens();
        return bound == null ? null : Math.clamp(bound, least, most);
    }

    /** Takes the stop sequences; empty when there are none. */
    public List<String> stop() {
        taken.add("stop");
        return request.stop();
    }

    /** Takes the stop sequences as a JSON list, {@code null} when there are none. */
    public @Nullable JsonArray stopList() {
        List<String> stop = stop();
        return stop.isEmpty()
                ? null
                : new JsonArray(stop.stream().map(JsonValue::of).toList());
    }

    /**
     * Takes the stop sequences as a JSON list for a vendor that takes so many at most, {@code null} when there are
     * none; further ones are lost.
     */
    public @Nullable JsonArray stopList(int most) {
        List<String> stop = stop();
        if (stop.size() > most) {
            lose("stop");
        }
        return stop.isEmpty() ? null : JsonArray.ofStrings(stop.subList(0, Math.min(most, stop.size())));
    }

    /**
     * Takes the tools for a vendor that knows functions but no choice among them; {@code null} when there are none.
     * That none is to be called is said by sending none.
     *
     * @param written writes one
     */
    public @Nullable JsonArray functions(Function<ChatRequest.Tool, JsonObject> written) {
        List<ChatRequest.Tool> tools = tools();
        if (JsonValue.of("none").equals(request.toolChoice())) {
            take("tool_choice");
            return null;
        }
        return tools.isEmpty()
                ? null
                : new JsonArray(tools.stream().<JsonValue>map(written).toList());
    }

    /**
     * Takes the response format for a vendor that can be told to answer JSON, but not by which schema: a schema is
     * lost. Returns {@code {"type": "json_object"}}, or {@code null} for plain text.
     */
    public @Nullable JsonObject jsonFormat() {
        JsonValue format = take("response_format");
        String type = format == null ? "text" : format.string("type", "text");
        if (type.equals("json_schema")) {
            lose("response_format");
        }
        return type.equals("text")
                ? null
                : JsonObject.builder().put("type", "json_object").build();
    }

    /** Takes the tools; the choice among them is a field of its own, {@code tool_choice}. */
    public List<ChatRequest.Tool> tools() {
        toolsTaken = true;
        return request.tools();
    }

    /** Copies fields whose names and meanings are the vendor's too. */
    public RequestFields copy(JsonObject.Builder into, String... names) {
        for (String name : names) {
            into.putIfPresent(name, take(name));
        }
        return this;
    }

    /** Says that something of the request is lost although it was looked at, for example {@code messages.image_url}. */
    public RequestFields lose(String field) {
        lost.add(field);
        return this;
    }

    /** Tells the host what nobody took. Called once, when all fields that can be mapped were taken. */
    public void reportRest(Turn<?> turn) {
        Set<String> rest = rest();
        if (!rest.isEmpty()) {
            turn.dropped(rest);
        }
    }

    /** Returns what nobody took, in order, for those who have no turn to tell it to; see {@link #reportRest}. */
    public Set<String> rest() {
        Set<String> rest = new TreeSet<>(lost);
        request.settings().members().forEach((name, value) -> {
            if (!taken.contains(name) && !isNeutral(name, value)) {
                rest.add(name);
            }
        });
        if (!toolsTaken && !request.tools().isEmpty()) {
            rest.add("tools");
        }
        return rest;
    }

    private boolean isNeutral(String name, JsonValue value) {
        boolean aboutTools = name.equals("tool_choice") || name.equals("parallel_tool_calls");
        return aboutTools && request.tools().isEmpty() || NeutralValues.isNeutral(name, value);
    }
}
