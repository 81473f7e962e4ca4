package io.patchbay.server.vendor;

import io.patchbay.spi.json.JsonValue;
import io.patchbay.testkit.upstream.ReceivedRequest;
import io.patchbay.testkit.upstream.Script;

/** A chatflow of Dify. */
public final class DifyVendor implements Vendor {
    private static final String IDS = "\"task_id\":\"t-1\",\"message_id\":\"m-1\",\"conversation_id\":\"v-1\"";

    @Override
    public String plugin() {
        return "dify";
    }

    @Override
    public String type() {
        return "dify";
    }

    @Override
    public String model() {
        return "dify";
    }

    @Override
    public String secret() {
        return "app-vendor-0123456789";
    }

    @Override
    public Script answer(ReceivedRequest request) {
        if (!("Bearer " + secret()).equals(request.header("authorization"))) {
            return refusal(401, "unauthorized", "Access token is invalid");
        }
        if (!request.method().equals("POST") || !request.path().equals("/v1/chat-messages")) {
            return refusal(404, "not_found", "no such route");
        }
        JsonValue body = request.json();
        if (body.string("user", "").isEmpty() || body.get("inputs") == null || body.string("query") == null) {
            return refusal(400, "invalid_param", "query, inputs and user are required");
        }
        if (!"streaming".equals(body.string("response_mode"))) {
            return refusal(400, "invalid_param", "this app only streams");
        }
        if (!body.string("conversation_id", "").isEmpty()) {
            return refusal(404, "not_found", "Conversation Not Exists.");
        }
        return Script.answer()
                .event(null, "{\"event\":\"workflow_started\"," + IDS + ",\"workflow_run_id\":\"w-1\",\"data\":{}}")
                .event("ping", "")
                .event(null, "{\"event\":\"message\"," + IDS + ",\"answer\":\"Good \"}")
                .event(null, "{\"event\":\"message\"," + IDS + ",\"answer\":\"day, 世界!\"}")
                .event(
                        null,
                        "{\"event\":\"message_end\"," + IDS + ",\"metadata\":{\"usage\":{\"prompt_tokens\":9,"
                                + "\"completion_tokens\":4,\"total_tokens\":13}}}")
                .event(
                        null,
                        "{\"event\":\"workflow_finished\",\"task_id\":\"t-1\",\"data\":{\"status\":\"succeeded\","
                                + "\"outputs\":{\"answer\":\"Good day, 世界!\"}}}");
    }

    private static Script refusal(int status, String code, String message) {
        return Script.answer(status)
                .json("{\"code\":\"" + code + "\",\"message\":\"" + message + "\",\"status\":" + status + "}");
    }
}
