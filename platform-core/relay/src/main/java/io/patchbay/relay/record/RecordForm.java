package io.patchbay.relay.record;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.patchbay.accounts.Caller;
import io.patchbay.foundation.json.Json;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks the request log for, and whether it may. Members that are absent, null or empty texts say nothing;
 * numbers may come as texts. Ordinary users see their own lines whatever they send, and are told when they ask for
 * others.
 */
final class RecordForm {
    private final JsonNode form;
    private final Caller caller;

    private RecordForm(JsonNode form, Caller caller) {
        this.form = form;
        this.caller = caller;
    }

    /**
     * Reads a body; an empty one asks for nothing in particular.
     *
     * @throws IllegalArgumentException with a sentence when it is no JSON object
     */
    static RecordForm read(String body, Caller caller) {
        if (body.isBlank()) {
            return new RecordForm(JsonNodeFactory.instance.objectNode(), caller);
        }
        try {
            JsonNode form = Json.mapper().readTree(body);
            if (form != null && form.isObject()) {
                return new RecordForm(form, caller);
            }
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the body is not valid JSON: expected an object with filters", e);
        }
        throw new IllegalArgumentException("expected a JSON object with filters in the body");
    }

    /** Reads the parameters of an address as the members of a body. */
    static RecordForm read(MultivaluedMap<String, String> parameters, Caller caller) {
        var form = JsonNodeFactory.instance.objectNode();
        parameters.keySet().forEach(name -> form.put(name, parameters.getFirst(name)));
        return new RecordForm(form, caller);
    }

    /**
     * Returns the query.
     *
     * @param page the page's number as the client wrote it; what is no number counts as 0, as in the original
     * @throws IllegalArgumentException with a sentence that names the member that is wrong or not allowed
     */
    RecordQuery query(String page) {
        Long size = number("size");
        return query(
                RecordQuery.Type.ALL,
                pageNumber(page),
                size == null ? RecordQuery.DEFAULT_SIZE : (int) Math.clamp(size, 0, Integer.MAX_VALUE));
    }

    /**
     * Returns the query of an export, which is about calls when nothing else is said.
     *
     * @throws IllegalArgumentException as {@link #query(String)}
     */
    RecordQuery export() {
        return query(RecordQuery.Type.CONSUME, 0, RecordQuery.MAX_SIZE);
    }

    private RecordQuery query(RecordQuery.Type usual, int page, int size) {
        String start = text("start_time");
        String end = text("end_time");
        String type = text("type");
        Long channel = number("channel");
        if (channel != null && !caller.admin()) {
            throw new IllegalArgumentException("channel: only administrators can look for channels");
        }
        return new RecordQuery(
                userId(),
                start.isEmpty() ? 0 : RecordTimes.read("start_time", start).from(),
                end.isEmpty()
                        ? Long.MAX_VALUE
                        : RecordTimes.read("end_time", end).until(),
                text("token_name"),
                text("model"),
                type.isEmpty() ? usual : type(type),
                channel,
                text("outcome"),
                page,
                size);
    }

    private static RecordQuery.Type type(String name) {
        return RecordQuery.Type.named(name)
                .orElseThrow(() -> new IllegalArgumentException("type: expected all, topup, consume or system"));
    }

    /**
     * Returns whose lines are asked for, {@code null} for those of all users. Administrators may say {@code user_id}, or
     * {@code self} for their own.
     *
     * @throws IllegalArgumentException when an ordinary user asks for somebody else's
     */
    @Nullable
    Long userId() {
        Long asked = number("user_id");
        if (caller.admin()) {
            return flag("self") ? Long.valueOf(caller.userId()) : asked;
        }
        if (asked != null && asked != caller.userId()) {
            throw new IllegalArgumentException("user_id: only administrators can look at other users");
        }
        return caller.userId();
    }

    /** Returns what of a line the caller may and wants to see. */
    RecordJson.Sight sight() {
        return new RecordJson.Sight(caller.admin(), flag("show_channel"));
    }

    private static int pageNumber(String page) {
        try {
            return (int) Math.clamp(Long.parseLong(page.strip()), 0, Integer.MAX_VALUE);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private String text(String name) {
        JsonNode value = form.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return "";
        }
        if (!value.isTextual()) {
            throw new IllegalArgumentException(name + ": expected a text, found " + kind(value));
        }
        return value.textValue().strip();
    }

    private @Nullable Long number(String name) {
        JsonNode value = form.path(name);
        if (value.isIntegralNumber() && value.canConvertToLong()) {
            return value.longValue();
        }
        if (value.isNumber()) {
            throw new IllegalArgumentException(name + ": expected a whole number");
        }
        String text = text(name);
        if (text.isEmpty()) {
            return null;
        }
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + ": expected a whole number", e);
        }
    }

    private boolean flag(String name) {
        JsonNode value = form.path(name);
        return value.isBoolean() ? value.booleanValue() : Boolean.parseBoolean(text(name));
    }

    private static String kind(JsonNode value) {
        return "a value of type " + value.getNodeType().name().toLowerCase(Locale.ROOT);
    }
}
