package io.patchbay.dialects.gemini;

import io.patchbay.dialects.fault.FaultReader;
import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.http.Answer;
import io.patchbay.spi.json.JsonArray;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What Google's errors mean beyond the common tables: {@code {"error":{code,message,status,details}}}, also as the only
 * element of an array (Errors, read 2026-11).
 */
public final class GeminiFaults {
    /** Reasons that concern the key and its project, whatever was asked. */
    private static final Set<String> DEAD = Set.of(
            "API_KEY_INVALID",
            "API_KEY_EXPIRED",
            "API_KEY_SERVICE_BLOCKED",
            "CONSUMER_SUSPENDED",
            "CONSUMER_INVALID",
            "SERVICE_DISABLED",
            "BILLING_DISABLED",
            "ACCOUNT_STATE_INVALID",
            "USER_PROJECT_DENIED");

    private static final List<String> DEAD_WORDS =
            List.of("reported as leaked", "suspended", "has not been used in project", "requires billing");

    private GeminiFaults() {}

    /** Returns the fault of an answer without success. */
    public static Fault of(Answer answer) {
        JsonValue body = answer.json();
        return body == null ? answer.fault() : refined(answer.fault(), body);
    }

    /** Returns the fault of an error inside a stream or a 200 answer. */
    public static Fault inBand(JsonValue payload) {
        JsonValue error = error(payload);
        return refined(FaultReader.inBand(error.asObject().isEmpty() ? payload : error), payload);
    }

    private static JsonValue error(JsonValue payload) {
        JsonValue whole = payload instanceof JsonArray && payload.get(0) != null ? payload.get(0) : payload;
        JsonValue error = whole == null ? null : whole.get("error");
        return error == null ? JsonObject.EMPTY : error;
    }

    private static Fault refined(Fault fault, JsonValue payload) {
        JsonValue error = error(payload);
        String status = error.string("status");
        if (status == null) {
            return fault;
        }
        Fault.Builder refined = fault.toBuilder().vendorCode(status.length() > 100 ? status.substring(0, 100) : status);
        Set<String> reasons = new HashSet<>();
        boolean nothing = false;
        for (JsonValue detail : error.elements("details")) {
            reasons.add(detail.string("reason", ""));
            for (JsonValue violation : detail.elements("violations")) {
                nothing |= "0".equals(violation.string("quotaValue"));
            }
        }
        String words = error.string("message", "").toLowerCase(Locale.ROOT);
        switch (status) {
            case "RESOURCE_EXHAUSTED" -> {
                // A limit of 0 is a model the key's plan does not include at all: waiting does not help.
                if (nothing || words.contains("limit: 0,") || words.endsWith("limit: 0")) {
                    refined.kind(FaultKind.QUOTA).sub("quota_exhausted");
                }
            }
            case "FAILED_PRECONDITION" -> {
                if (words.contains("billing")) {
                    refined.kind(FaultKind.QUOTA).sub("quota_exhausted");
                } else if (words.contains("policy")) {
                    refined.kind(FaultKind.NO_ACCESS).sub("permission");
                }
            }
            case "PERMISSION_DENIED" -> {
                if (DEAD_WORDS.stream().anyMatch(words::contains)) {
                    refined.kind(FaultKind.KEY_DEAD).sub("account_banned");
                }
            }
            default -> {}
        }
        reasons.retainAll(DEAD);
        if (!reasons.isEmpty()) {
            refined.kind(FaultKind.KEY_DEAD).sub("auth_invalid");
        }
        return refined.build();
    }
}
