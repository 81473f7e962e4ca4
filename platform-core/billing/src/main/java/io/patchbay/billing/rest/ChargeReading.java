package io.patchbay.billing.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import io.patchbay.foundation.json.Json;
import io.patchbay.foundation.seed.SeedAnswer;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How the price routes read a body and refuse it. */
final class ChargeReading {
    private static final String BAD_BODY = "the body is not the JSON expected";

    private ChargeReading() {}

    /**
     * Returns what the work answers to the value read. What is no JSON of the shape is answered with HTTP 400; a value
     * that is refused, by its type or by the work, with the sentence of the {@link IllegalArgumentException}.
     */
    static <T> Response answer(String json, Class<T> type, Function<T, Response> work) {
        try {
            @Nullable T value = Json.read(json, type);
            return value == null ? badBody() : work.apply(value);
        } catch (ValueInstantiationException e) {
            return e.getCause() instanceof IllegalArgumentException refusal ? refused(refusal) : badBody();
        } catch (JsonProcessingException e) {
            return badBody();
        } catch (IllegalArgumentException e) {
            return refused(e);
        }
    }

    /** Returns the answer to a body of another shape. */
    static Response badBody() {
        return Response.status(Response.Status.BAD_REQUEST)
                .type(SeedAnswer.JSON)
                .entity(Json.bytes(Map.of("status", false, "error", BAD_BODY)))
                .build();
    }

    static Response refused(IllegalArgumentException refusal) {
        return SeedAnswer.fail(String.valueOf(refusal.getMessage()));
    }
}
