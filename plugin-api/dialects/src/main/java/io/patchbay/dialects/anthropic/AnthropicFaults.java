package io.patchbay.dialects.anthropic;

import io.patchbay.dialects.fault.FaultReader;
import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.http.Answer;
import io.patchbay.spi.json.JsonValue;
import java.util.Map;

/**
 * What this dialect's errors mean beyond the common tables, {@code {"type":"error","error":{"type":…,"message":…}}}
 * (Errors, read 2026-11).
 */
public final class AnthropicFaults {
    /** Types the common tables know by the status only, which an event does not have. */
    private static final Map<String, Meaning> BARE = Map.of(
            "billing_error", new Meaning(FaultKind.QUOTA, "quota_exhausted"),
            "timeout_error", new Meaning(FaultKind.RETRY, "timeout"),
            "invalid_request_error", new Meaning(FaultKind.BAD_REQUEST, "invalid_request"));

    private record Meaning(FaultKind kind, String sub) {}

    private AnthropicFaults() {}

    /** Returns the fault of an answer without success. */
    public static Fault of(Answer answer) {
        return refined(answer.fault());
    }

    /** Returns the fault of an error inside a stream or a 200 answer. */
    public static Fault inBand(JsonValue payload) {
        return refined(FaultReader.inBand(payload));
    }

    private static Fault refined(Fault fault) {
        String type = fault.vendorCode() == null ? "" : fault.vendorCode();
        if (type.equals("request_too_large")) {
            return fault.toBuilder().kind(FaultKind.TOO_LONG).build();
        }
        Meaning meaning = BARE.get(type);
        // A telling message has been read already, and so has the vendor's word that asking again is useless.
        boolean unread = fault.kind() == FaultKind.UPSTREAM && "upstream_server".equals(fault.sub());
        return meaning == null || !unread
                ? fault
                : fault.toBuilder().kind(meaning.kind()).sub(meaning.sub()).build();
    }
}
