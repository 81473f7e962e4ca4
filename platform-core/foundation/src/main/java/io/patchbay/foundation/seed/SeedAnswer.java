package io.patchbay.foundation.seed;

import io.patchbay.foundation.json.Json;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Answers of the original product's routes: HTTP 200 with {@code status} telling success, other fields beside it.
 *
 * <p>Which of {@code error} and {@code message} carries the reason differs by route; see each route.
 */
public final class SeedAnswer {
    /** The content type of every JSON answer. */
    public static final String JSON = "application/json; charset=utf-8";

    private SeedAnswer() {}

    /** Returns {@code {"status":true}}. */
    public static Response ok() {
        return ok(Map.of());
    }

    /** Returns {@code {"status":true, ...}} with the given fields in their order; values may be null. */
    public static Response ok(Map<String, ? extends @Nullable Object> fields) {
        return answer(true, fields);
    }

    /** Returns {@code {"status":true, "<name>":value}}. */
    public static Response ok(String name, @Nullable Object value) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put(name, value);
        return answer(true, fields);
    }

    /** Returns {@code {"status":false, "error":"..."}}. */
    public static Response fail(String error) {
        return answer(false, Map.of("error", error));
    }

    /** Returns {@code {"status":false, "message":"..."}}, for the routes that name the reason so. */
    public static Response failMessage(String message) {
        return answer(false, Map.of("message", message));
    }

    /** Returns {@code {"status":false, ...}} with the given fields in their order; values may be null. */
    public static Response fail(Map<String, ? extends @Nullable Object> fields) {
        return answer(false, fields);
    }

    /** Returns HTTP 200 with any value as JSON, without {@code status}. */
    public static Response json(Object value) {
        return Response.ok(Json.bytes(value), JSON).build();
    }

    private static Response answer(boolean status, Map<String, ? extends @Nullable Object> fields) {
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("status", status);
        body.putAll(fields);
        return json(body);
    }
}
