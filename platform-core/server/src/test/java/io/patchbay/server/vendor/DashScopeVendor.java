package io.patchbay.server.vendor;

import io.patchbay.spi.json.JsonValue;
import io.patchbay.testkit.upstream.ReceivedRequest;
import io.patchbay.testkit.upstream.Script;

/** DashScope's native text generation: the stream is switched on by a header and has no end marker. */
public final class DashScopeVendor implements Vendor {
    @Override
    public String plugin() {
        return "dashscope";
    }

    @Override
    public String type() {
        return "qwen";
    }

    @Override
    public String model() {
        return "qwen-turbo-net";
    }

    @Override
    public String secret() {
        return "sk-vendor-0123456789";
    }

    @Override
    public Script answer(ReceivedRequest request) {
        if (!("Bearer " + secret()).equals(request.header("authorization"))) {
            return error(401, "InvalidApiKey", "Invalid API-key provided.");
        }
        if (!request.path().equals("/api/v1/services/aigc/text-generation/generation")) {
            return error(404, "InvalidURL", "no such path");
        }
        JsonValue body = request.json();
        JsonValue search = body.at("parameters", "enable_search");
        JsonValue role = body.at("input", "messages", 0, "role");
        if (!body.string("model", "").equals("qwen-turbo")
                || !JsonValue.of(true).equals(search)) {
            return error(404, "ModelNotFound", "Model not exist.");
        }
        if (!JsonValue.of("user").equals(role)) {
            return error(400, "InvalidParameter", "the first message must be of the user");
        }
        if (!"enable".equals(request.header("x-dashscope-sse"))) {
            return Script.answer()
                    .json("{\"output\":{\"choices\":[{\"message\":{\"role\":\"assistant\",\"content\":\"" + TEXT
                            + "\"},\"finish_reason\":\"stop\"}]},\"usage\":{\"input_tokens\":9,\"output_tokens\":4},"
                            + "\"request_id\":\"r-1\"}");
        }
        return Script.answer()
                .header("content-type", "text/event-stream;charset=UTF-8")
                .chunk(event(1, "Good day, ", "null", 2))
                .chunk(event(2, "世界!", "null", 4))
                .chunk(event(3, "", "stop", 4));
    }

    private static String event(int id, String content, String finish, int output) {
        return "id:" + id + "\nevent:result\n:HTTP_STATUS/200\ndata:{\"output\":{\"choices\":[{\"message\":{\"role\":"
                + "\"assistant\",\"content\":\"" + content + "\"},\"finish_reason\":\"" + finish
                + "\"}]},\"usage\":{\"total_tokens\":" + (9 + output) + ",\"input_tokens\":9,\"output_tokens\":"
                + output
                + "},\"request_id\":\"r-1\"}\n\n";
    }

    private static Script error(int status, String code, String message) {
        return Script.answer(status)
                .json("{\"code\":\"" + code + "\",\"message\":\"" + message + "\",\"request_id\":\"r-0\"}");
    }
}
