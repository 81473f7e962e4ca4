package io.patchbay.dialects.fault;

import io.patchbay.spi.json.JsonArray;
import io.patchbay.spi.json.JsonBoolean;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an error body says, whatever its shape.
 *
 * @param message the vendor's words, empty when there are none
 * @param code its name of the error
 * @param type its class of errors
 * @param status the status the body itself names, 0 when it names none
 * @param reasons further names from details (Google)
 * @param retryDelay the wait a detail asks for, such as {@code 34.4s}
 * @param json whether the body was JSON
 * @param surface a body that was none, in lower case and cut; else empty
 */
record ErrorWords(
        String message,
        @Nullable String code,
        @Nullable String type,
        int status,
        List<String> reasons,
        @Nullable String retryDelay,
        boolean json,
        String surface) {
    static final ErrorWords NONE = new ErrorWords("", null, null, 0, List.of(), null, false, "");

    private static final int MAX_SURFACE = 4_096;
    private static final List<String> MESSAGES = List.of(
            "message",
            "msg",
            "error_msg",
            "errorMsg",
            "error_message",
            "status_msg",
            "error_description",
            "description",
            "Message",
            "detail",
            "details",
            "error",
            "title");
    private static final List<String> CODES =
            List.of("code", "error_code", "errorCode", "status_code", "Code", "reason");

    static boolean isError(JsonValue payload) {
        JsonValue error = payload instanceof JsonArray ? at(payload, "error") : payload.get("error");
        if (error != null) {
            return says(error);
        }
        if ("error".equals(payload.string("object")) || "error".equals(payload.string("type"))) {
            return true;
        }
        JsonValue base = payload.get("base_resp");
        if (base != null) {
            return base.longValue("status_code", 0) != 0;
        }
        boolean coded =
                payload.get("code") != null || payload.get("error_code") != null || payload.get("detail") != null;
        return coded && !message(payload.asObject()).isEmpty();
    }

    private static @Nullable JsonValue at(JsonValue array, String name) {
        JsonValue first = array.get(0);
        return first == null ? null : first.get(name);
    }

    private static boolean says(JsonValue error) {
        String text = error.string();
        if (text != null) {
            return !text.isBlank();
        }
        return switch (error) {
            case JsonObject object -> !object.isEmpty();
            case JsonArray array -> !array.elements().isEmpty();
            default -> error == JsonBoolean.TRUE;
        };
    }

    static ErrorWords of(JsonValue body) {
        JsonValue whole = body instanceof JsonArray && body.get(0) != null ? body.get(0) : body;
        JsonObject error = whole.asObject();
        String plain = whole.string();
        for (String wrapper : new String[] {"detail", "Response", "header", "error", "Error", "errors", "base_resp"}) {
            JsonValue inner = error.get(wrapper);
            if (inner instanceof JsonArray list && list.get(0) instanceof JsonObject first) {
                inner = first;
            }
            if (inner instanceof JsonObject object && !object.isEmpty()) {
                // A vendor's outer code is kept where the inner object has none.
                error = merged(error, object);
            }
        }
        String code = first(error, CODES);
        List<String> reasons = new ArrayList<>();
        String delay = null;
        for (JsonValue detail : error.elements("details")) {
            add(reasons, detail.string("reason"));
            for (JsonValue violation : detail.elements("violations")) {
                add(reasons, violation.string("quotaId"));
            }
            delay = detail.string("retryDelay") == null ? delay : detail.string("retryDelay");
        }
        add(reasons, error.get("innererror") == null ? null : at(error, "innererror", "code"));
        return new ErrorWords(
                plain == null ? message(error) : plain,
                code,
                first(error, List.of("type", "status", "__type")),
                status(error, code),
                List.copyOf(reasons),
                delay,
                true,
                "");
    }

    private static @Nullable String at(JsonObject object, String name, String inner) {
        JsonValue value = object.at(name, inner);
        return value == null ? null : value.string();
    }

    private static void add(List<String> reasons, @Nullable String reason) {
        if (reason != null && !reason.isEmpty()) {
            reasons.add(reason);
        }
    }

    private static JsonObject merged(JsonObject outer, JsonObject inner) {
        JsonObject.Builder all = JsonObject.builder();
        outer.members().forEach((name, value) -> {
            if (!(value instanceof JsonObject)) {
                all.put(name, value);
            }
        });
        for (Map.Entry<String, JsonValue> member : inner.members().entrySet()) {
            if (!member.getValue().isNull() || outer.get(member.getKey()) == null) {
                all.put(member.getKey(), member.getValue());
            }
        }
        return all.build();
    }

    /** Reads a body that is no JSON: the title of a page, or its first line. */
    static ErrorWords ofText(String text) {
        String surface = text.length() > MAX_SURFACE ? text.substring(0, MAX_SURFACE) : text;
        String lower = surface.toLowerCase(Locale.ROOT);
        String message = "";
        int title = lower.indexOf("<title");
        if (title >= 0) {
            int from = lower.indexOf('>', title) + 1;
            int to = lower.indexOf("</title", from);
            if (from > 0 && to > from && to <= surface.length()) {
                message = surface.substring(from, to);
            }
        } else if (!lower.stripLeading().startsWith("<")) {
            message = surface;
        }
        return new ErrorWords(message, null, null, 0, List.of(), null, false, lower);
    }

    /** Returns the vendor's own name of the error: the code, else the class. */
    @Nullable
    String vendorCode() {
        String name = code != null && !code.isEmpty() ? code : type;
        if (name == null || name.isEmpty()) {
            return null;
        }
        String clean = CleanText.of(name);
        return clean.length() > 100 ? clean.substring(0, 100) : clean;
    }

    private static String message(JsonObject error) {
        for (String name : MESSAGES) {
            JsonValue value = error.get(name);
            if (value == null) {
                continue;
            }
            String text = value.string();
            if (text == null && value.get(0) != null) {
                text = validation(value);
            }
            if (text != null && !text.isBlank()) {
                return text;
            }
        }
        return "";
    }

    /** Reads a list of validation errors as FastAPI writes it: where and what. */
    private static @Nullable String validation(JsonValue list) {
        StringBuilder all = new StringBuilder();
        for (JsonValue entry : list.elements()) {
            String what = entry.string() == null ? entry.string("msg") : entry.string();
            if (what == null) {
                continue;
            }
            if (!all.isEmpty()) {
                all.append("; ");
            }
            StringBuilder where = new StringBuilder();
            for (JsonValue step : entry.elements("loc")) {
                where.append(where.isEmpty() ? "" : ".").append(step.scalarText());
            }
            all.append(where.isEmpty() ? "" : where + ": ").append(what);
            if (all.length() > 1_000) {
                break;
            }
        }
        return all.isEmpty() ? null : all.toString();
    }

    private static @Nullable String first(JsonObject error, List<String> names) {
        for (String name : names) {
            JsonValue value = error.get(name);
            String text = value == null ? null : value.scalarText();
            if (text != null && !text.isEmpty()) {
                return text;
            }
        }
        return null;
    }

    private static int status(JsonObject error, @Nullable String code) {
        for (String name : new String[] {"status", "status_code", "http_status"}) {
            long value = error.longValue(name, 0);
            if (value >= 400 && value < 600) {
                return (int) value;
            }
        }
        return code != null && code.matches("[45]\\d\\d") ? Integer.parseInt(code) : 0;
    }
}
