package io.patchbay.relay.call;

import io.patchbay.billing.admission.Admission;
import io.patchbay.dialects.WireError;
import io.patchbay.foundation.problem.Problem;
import io.patchbay.spi.Fault;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The one table that says what a client of an OpenAI-format route is told. An upstream's own 401, 402 and 403 never
 * reach the client: they speak of the operator's key, not of the client's.
 */
public final class RelayErrors {

    private RelayErrors() {}

    /** Returns what a client is told of an upstream's fault. */
    public static WireError of(Fault fault) {
        String message = fault.message();
        return switch (fault.kind()) {
            case BAD_REQUEST ->
                new WireError(400, message, "invalid_request_error", null, coded(fault, "upstream_rejected_request"));
            case TOO_LONG ->
                new WireError(400, message, "invalid_request_error", "messages", "context_length_exceeded");
            case CONTENT -> new WireError(400, message, "invalid_request_error", null, "content_filter");
            case UNSUPPORTED ->
                new WireError(400, message, "invalid_request_error", null, coded(fault, "unsupported_operation"));
            case NO_ACCESS ->
                new WireError(
                        404,
                        "The upstream does not offer this model to this site at the moment.",
                        "invalid_request_error",
                        "model",
                        "model_not_found");
            case RATE -> new WireError(429, message, "rate_limit_error", null, "rate_limit_exceeded");
            case KEY_DEAD, KEY_STALE, QUOTA, CLOCK, CONFIG ->
                new WireError(
                        503,
                        "No channel of this site can answer for this model at the moment; its operator has to act.",
                        "server_error",
                        null,
                        "channel_unavailable");
            case RETRY ->
                "timeout".equals(fault.sub())
                        ? new WireError(504, message, "server_error", null, "upstream_timeout")
                        : new WireError(503, message, "server_error", null, "upstream_unavailable");
            case UPSTREAM -> new WireError(502, message, "server_error", null, "upstream_error");
            case TRUNCATED -> new WireError(502, message, "server_error", null, "upstream_truncated");
            case UNKNOWN_OUTCOME -> new WireError(502, message, "server_error", null, "unknown_outcome");
            case PLUGIN ->
                new WireError(502, "The plugin that serves this model failed.", "server_error", null, "plugin_failed");
        };
    }

    /** Returns the headers of an error answer in JSON. */
    static Map<String, String> headers(WireError error, Fault fault) {
        Map<String, String> headers = new LinkedHashMap<>(ClientStream.JSON_HEADERS);
        int usual = Problem.Kind.of(error.status()).retryAfterSeconds();
        if (usual > 0) {
            long after = fault.after() == null ? usual : fault.after().toSeconds();
            headers.put("Retry-After", Long.toString(Math.max(1, after)));
        }
        return headers;
    }

    private static @Nullable String coded(Fault fault, String fallback) {
        return fault.vendorCode() == null ? fallback : fault.vendorCode();
    }

    /**
     * Returns what a client is told whose credits end in the middle of an answer.
     *
     * @param needed what the answer would cost, in micro-credits
     * @param held what could be held for it, in micro-credits
     */
    static WireError spent(String model, long needed, long held) {
        return new WireError(
                402,
                Admission.notEnough(model, needed, held),
                "insufficient_quota",
                null,
                Admission.INSUFFICIENT_QUOTA);
    }

    /** Returns what a client is told of a refusal of ours. */
    public static WireError of(Problem problem) {
        Object code = problem.fields().get("code");
        Object param = problem.fields().get("param");
        int status = problem.kind().status();
        String type = switch (status) {
            case 401 -> "authentication_error";
            case 402 -> "insufficient_quota";
            case 403 -> "permission_error";
            case 429 -> "rate_limit_error";
            default -> status >= 500 ? "server_error" : "invalid_request_error";
        };
        return new WireError(
                status,
                problem.detail(),
                type,
                param == null ? null : param.toString(),
                code == null ? defaultCode(status) : code.toString());
    }

    private static @Nullable String defaultCode(int status) {
        return switch (status) {
            case 401 -> "invalid_api_key";
            case 402 -> "insufficient_quota";
            case 404 -> "not_found";
            case 413 -> "request_too_large";
            case 429 -> "rate_limit_exceeded";
            case 503 -> "unavailable";
            default -> null;
        };
    }
}
