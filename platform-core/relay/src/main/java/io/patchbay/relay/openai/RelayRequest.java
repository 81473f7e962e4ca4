package io.patchbay.relay.openai;

import io.patchbay.accounts.Agent;
import io.patchbay.accounts.Caller;
import io.patchbay.accounts.Callers;
import io.patchbay.dialects.wire.WireBody;
import io.patchbay.dialects.wire.WireException;
import io.patchbay.foundation.problem.Problem;
import io.patchbay.relay.routing.CallThread;
import io.patchbay.relay.routing.Route;
import io.patchbay.relay.routing.Router;
import io.patchbay.spi.Dialect;
import io.patchbay.spi.json.JsonBoolean;
import io.patchbay.spi.json.JsonValue;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What all model routes read of a request, and how they refuse it. */
final class RelayRequest {
    private static final int MAX_MODEL_NAME = 200;
    private static final String CONVERSATION_HEADER = "Patchbay-Conversation";
    private static final Pattern CONVERSATION = Pattern.compile("[A-Za-z0-9._:-]{1,100}");

    private RelayRequest() {}

    /** Returns the owner of the API key. */
    static Caller keyOwner(ContainerRequestContext request) {
        Caller caller = caller(request);
        if (caller.agent() != Agent.API_KEY) {
            throw new Problem(
                    Problem.Kind.UNAUTHENTICATED, "access denied for invalid agent", Map.of("code", "invalid_api_key"));
        }
        return caller;
    }

    /** Returns whoever is signed in, by API key or session. */
    static Caller caller(ContainerRequestContext request) {
        return Callers.of(request)
                .orElseThrow(() -> new Problem(
                        Problem.Kind.UNAUTHENTICATED,
                        "access denied for invalid api key",
                        Map.of("code", "invalid_api_key")));
    }

    /** Returns the content type, empty when there is none. */
    static String contentType(ContainerRequestContext request) {
        String type = request.getHeaderString("Content-Type");
        return type == null ? "" : type;
    }

    /** Returns whether a body of that content type is a form with files. */
    static boolean isForm(String contentType) {
        return contentType.toLowerCase(Locale.ROOT).startsWith("multipart/form-data");
    }

    /** Returns the client's own name for its conversation, empty when it has none. */
    static String conversation(ContainerRequestContext request) {
        String name = request.getHeaderString(CONVERSATION_HEADER);
        if (name == null) {
            return "";
        }
        if (!CONVERSATION.matcher(name).matches()) {
            throw new Problem(
                    Problem.Kind.BAD_REQUEST,
                    "invalid header " + CONVERSATION_HEADER
                            + ": expected 1 to 100 letters, digits or characters of ._:-",
                    Map.of("code", "invalid_value"));
        }
        return name;
    }

    /** Indexes a JSON body. */
    static WireBody wire(Dialect dialect, byte[] body) {
        try {
            return WireBody.read(dialect, body);
        } catch (WireException e) {
            throw new Problem(
                    Problem.Kind.BAD_REQUEST,
                    "invalid request body: " + e.getMessage(),
                    Map.of("code", "invalid_json"));
        }
    }

    /** Returns the model's name. */
    static String model(@Nullable String name) {
        if (name == null || name.isBlank() || name.length() > MAX_MODEL_NAME) {
            throw invalid("model", "expected the name of a model, 1 to " + MAX_MODEL_NAME + " characters");
        }
        return name;
    }

    /** Returns a switch; missing is off. */
    static boolean flag(@Nullable JsonValue value, String name) {
        if (value == null || value.isNull()) {
            return false;
        }
        if (value instanceof JsonBoolean flag) {
            return flag.value();
        }
        throw invalid(name, "expected true or false");
    }

    /** Opens the route of a call; refuses a model that no channel offers to the caller's group. */
    static Route route(Router router, String model, Caller caller, CallThread thread) {
        if (!router.offers(model, caller.group())) {
            throw new Problem(
                    Problem.Kind.NOT_FOUND,
                    "The model '" + model + "' does not exist or you do not have access to it.",
                    Map.of("code", "model_not_found", "param", "model"));
        }
        return router.route(model, caller.group(), thread);
    }

    /** Returns the refusal of a field's value. */
    static Problem invalid(String param, String expected) {
        return new Problem(
                Problem.Kind.BAD_REQUEST,
                "invalid request body: '" + param + "': " + expected,
                Map.of("param", param, "code", "invalid_value"));
    }
}
