package io.patchbay.server.vendor;

import io.patchbay.spi.json.JsonValue;
import io.patchbay.testkit.upstream.ReceivedRequest;
import io.patchbay.testkit.upstream.Script;

/** Cohere's chat, version 2. */
public final class CohereVendor implements Vendor {
    private static final String USAGE =
            "\"usage\":{\"billed_units\":{\"input_tokens\":9,\"output_tokens\":4},\"tokens\":{\"input_tokens\":71}}";

    @Override
    public String plugin() {
        return "cohere";
    }

    @Override
    public String type() {
        return "cohere";
    }

    @Override
    public String model() {
        return "command-a-03-2025";
    }

    @Override
    public String secret() {
        return "co-vendor-0123456789";
    }

    @Override
    public Script answer(ReceivedRequest request) {
        if (!("Bearer " + secret()).equals(request.header("authorization"))) {
            return refusal(401, "invalid api token");
        }
        if (!request.method().equals("POST") || !request.path().equals("/v2/chat")) {
            return refusal(404, "not found");
        }
        JsonValue body = request.json();
        if (!model().equals(body.string("model"))) {
            return refusal(404, "model not found");
        }
        if (body.elements("messages").isEmpty()) {
            return refusal(400, "messages must not be empty");
        }
        return body.flag("stream", false) ? streamed() : whole();
    }

    private static Script whole() {
        return Script.answer()
                .json("{\"id\":\"c-1\",\"message\":{\"role\":\"assistant\",\"content\":[{\"type\":\"text\",\"text\":\""
                        + TEXT + "\"}]},\"finish_reason\":\"COMPLETE\"," + USAGE + "}");
    }

    private static Script streamed() {
        return Script.answer()
                .event(
                        "message-start",
                        "{\"id\":\"c-1\",\"type\":\"message-start\",\"delta\":{\"message\":{\"role\":\"assistant\"}}}")
                .event(
                        "content-start",
                        "{\"type\":\"content-start\",\"index\":0,\"delta\":{\"message\":{\"content\":"
                                + "{\"type\":\"text\",\"text\":\"\"}}}}")
                .event("content-delta", delta("Good "))
                .event("content-delta", delta("day, 世界!"))
                .event("content-end", "{\"type\":\"content-end\",\"index\":0}")
                .event(
                        "message-end",
                        "{\"type\":\"message-end\",\"delta\":{\"finish_reason\":\"COMPLETE\"," + USAGE + "}}");
    }

    private static String delta(String text) {
        return "{\"type\":\"content-delta\",\"index\":0,\"delta\":{\"message\":{\"content\":{\"text\":\"" + text
                + "\"}}}}";
    }

    private static Script refusal(int status, String message) {
        return Script.answer(status).json("{\"id\":\"x-1\",\"message\":\"" + message + "\"}");
    }
}
