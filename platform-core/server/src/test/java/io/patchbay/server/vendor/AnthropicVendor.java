package io.patchbay.server.vendor;

import io.patchbay.spi.json.JsonException;
import io.patchbay.spi.json.JsonValue;
import io.patchbay.testkit.upstream.ReceivedRequest;
import io.patchbay.testkit.upstream.Script;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Anthropic's Messages API. Part of the input comes from its cache, which it counts beside the rest. */
public final class AnthropicVendor implements Vendor {
    private static final String USAGE =
            "{\"input_tokens\":4,\"cache_creation_input_tokens\":0,\"cache_read_input_tokens\":5,\"output_tokens\":%d}";

    /** Anything else in a body is refused by name. */
    private static final Set<String> FIELDS = Set.of(
            "model",
            "max_tokens",
            "messages",
            "system",
            "stream",
            "temperature",
            "top_p",
            "top_k",
            "stop_sequences",
            "tools",
            "tool_choice",
            "thinking",
            "output_config",
            "metadata",
            "service_tier");

    @Override
    public String plugin() {
        return "anthropic";
    }

    @Override
    public String type() {
        return "claude";
    }

    @Override
    public String model() {
        return "claude-sonnet-4-6";
    }

    @Override
    public String secret() {
        return "sk-ant-api03-vendor-0123456789";
    }

    @Override
    public Script answer(ReceivedRequest request) {
        if (!secret().equals(request.header("x-api-key")) || request.header("authorization") != null) {
            return error(401, "authentication_error", "invalid x-api-key");
        }
        if (!"2023-06-01".equals(request.header("anthropic-version"))) {
            return error(400, "invalid_request_error", "anthropic-version: header is required");
        }
        if (!request.method().equals("POST") || !request.path().equals("/v1/messages")) {
            return error(404, "not_found_error", "Not found");
        }
        JsonValue body;
        try {
            body = request.json();
        } catch (JsonException e) {
            return error(400, "invalid_request_error", "The request body is not valid JSON");
        }
        String wrong = wrong(body);
        if (wrong != null) {
            return error(400, "invalid_request_error", wrong);
        }
        return body.flag("stream", false) ? streamed() : whole();
    }

    private @Nullable String wrong(JsonValue body) {
        for (String name : body.asObject().members().keySet()) {
            if (!FIELDS.contains(name)) {
                return name + ": Extra inputs are not permitted";
            }
        }
        if (body.longValue("max_tokens", 0) < 1) {
            return "max_tokens: Field required";
        }
        if (!model().equals(body.string("model"))) {
            return "model: " + body.string("model");
        }
        String expected = "user";
        for (JsonValue message : body.elements("messages")) {
            if (!expected.equals(message.string("role"))) {
                return "messages: roles must alternate between \"user\" and \"assistant\"";
            }
            expected = expected.equals("user") ? "assistant" : "user";
        }
        return expected.equals("user") ? "messages: the last one must be of the user" : null;
    }

    private Script whole() {
        return Script.answer()
                .header("request-id", "req_01A")
                .json("{\"id\":\"msg_01A\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"" + model()
                        + "\",\"content\":[{\"type\":\"text\",\"text\":\"" + TEXT + "\"}],\"stop_reason\":\"end_turn\","
                        + "\"stop_sequence\":null,\"usage\":" + USAGE.formatted(4) + "}");
    }

    private Script streamed() {
        return Script.answer()
                .header("request-id", "req_01A")
                .event(
                        "message_start",
                        "{\"type\":\"message_start\",\"message\":{\"id\":\"msg_01A\",\"type\":\"message\",\"role\":\"assistant\","
                                + "\"model\":\"" + model()
                                + "\",\"content\":[],\"stop_reason\":null,\"stop_sequence\":null,"
                                + "\"usage\":" + USAGE.formatted(1) + "}}")
                .event(
                        "content_block_start",
                        "{\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}}")
                .event("ping", "{\"type\": \"ping\"}")
                .event("content_block_delta", delta(TEXT.substring(0, 5)))
                .event("content_block_delta", delta(TEXT.substring(5)))
                .event("content_block_stop", "{\"type\":\"content_block_stop\",\"index\":0}")
                .event(
                        "message_delta",
                        "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\",\"stop_sequence\":null},"
                                + "\"usage\":{\"output_tokens\":4}}")
                .event("message_stop", "{\"type\":\"message_stop\"}");
    }

    private static String delta(String text) {
        return "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"" + text
                + "\"}}";
    }

    private static Script error(int status, String type, String message) {
        return Script.answer(status)
                .header("request-id", "req_01A")
                .json("{\"type\":\"error\",\"error\":{\"type\":\"" + type + "\",\"message\":\""
                        + message.replace("\"", "\\\"") + "\"},\"request_id\":\"req_01A\"}");
    }
}
