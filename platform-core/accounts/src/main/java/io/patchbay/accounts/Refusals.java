package io.patchbay.accounts;

import io.patchbay.foundation.json.Json;
import io.patchbay.foundation.problem.Problem;
import io.patchbay.foundation.seed.SeedAnswer;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The answers to callers that may not go on, in the shapes of the three kinds of routes. */
final class Refusals {
    private static final String BANNED = "current user is banned";
    private static final String OUT_OF_SCOPE = "The scopes of this api key do not cover this route.";

    private Refusals() {}

    /** As model clients expect it; an empty reason stands for a missing or unreadable credential. */
    static Response model(Optional<Authentication.Reason> reason) {
        if (reason.isEmpty()) {
            return openAi(
                    401,
                    "You didn't provide a valid API key. Send it in the Authorization header: Bearer YOUR_KEY.",
                    "invalid_api_key");
        }
        return switch (reason.get()) {
            case BAD_KEY -> openAi(401, "Incorrect API key provided.", "invalid_api_key");
            case BANNED -> openAi(403, BANNED, "account_banned");
            case BLACKLISTED -> openAi(403, "ip in black list", "address_blocked");
            case OUT_OF_SCOPE -> openAi(403, OUT_OF_SCOPE, "insufficient_scope");
        };
    }

    /** As account routes answer; the original named the reason {@code error} or {@code message}. */
    static Response account(Optional<Authentication.Reason> reason, SignedIn.Refusal shape) {
        if (shape == SignedIn.Refusal.PROBLEM) {
            throw problem(reason);
        }
        if (reason.isEmpty()) {
            return seed(UserDirectory.NOT_FOUND, shape);
        }
        return switch (reason.get()) {
            case BAD_KEY -> coded(401, 401, "Access denied. Please provide correct api key.");
            case BLACKLISTED -> coded(401, 403, "ip in black list");
            case BANNED -> seed(BANNED, shape);
            case OUT_OF_SCOPE -> coded(403, 403, OUT_OF_SCOPE);
        };
    }

    /** As administration routes answer whoever is no administrator. */
    static Response administration() {
        return coded(401, 401, "Access denied.");
    }

    /** As administration routes answer an administrator whose password the server generated. */
    static Response passwordChangeNeeded() {
        return coded(403, 403, "Change the generated password first: POST /api/account/password.");
    }

    private static Problem problem(Optional<Authentication.Reason> reason) {
        if (reason.isEmpty()) {
            return Problem.unauthenticated("this route needs a signed-in user");
        }
        return switch (reason.get()) {
            case BAD_KEY -> Problem.unauthenticated("there is no such API key");
            case BANNED -> Problem.forbidden(BANNED);
            case BLACKLISTED -> Problem.forbidden("too many unknown API keys came from this address");
            case OUT_OF_SCOPE -> Problem.forbidden("the scopes of this API key do not cover this route");
        };
    }

    private static Response seed(String sentence, SignedIn.Refusal shape) {
        return shape == SignedIn.Refusal.MESSAGE ? SeedAnswer.failMessage(sentence) : SeedAnswer.fail(sentence);
    }

    private static Response coded(int status, int code, String message) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("code", code);
        body.put("message", message);
        return answer(status, body);
    }

    private static Response openAi(int status, String message, String code) {
        Map<String, @Nullable Object> error = new LinkedHashMap<>();
        error.put("message", message);
        error.put("type", "invalid_request_error");
        error.put("param", null);
        error.put("code", code);
        return answer(status, Map.of("error", error));
    }

    private static Response answer(int status, Object body) {
        return Response.status(status)
                .type(SeedAnswer.JSON)
                .entity(Json.bytes(body))
                .build();
    }
}
