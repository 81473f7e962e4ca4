package io.patchbay.server.vendor;

import io.patchbay.spi.json.JsonValue;
import io.patchbay.testkit.upstream.ReceivedRequest;
import io.patchbay.testkit.upstream.Script;
import java.net.URI;

/** Volcengine Ark, asked for an endpoint of the operator's; a stream tells its usage only when asked. */
public final class SkylarkVendor implements Vendor {
    private static final String USAGE = "\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":4,\"total_tokens\":13,"
            + "\"prompt_tokens_details\":{\"cached_tokens\":0}}}";

    @Override
    public String plugin() {
        return "skylark";
    }

    @Override
    public String type() {
        return "skylark";
    }

    @Override
    public String model() {
        return "ep-20240105080000-abcde";
    }

    @Override
    public String secret() {
        return "vendor-key-0123456789";
    }

    @Override
    public String endpoint(URI upstream) {
        return upstream + "/api/v3";
    }

    @Override
    public Script answer(ReceivedRequest request) {
        if (!("Bearer " + secret()).equals(request.header("authorization"))) {
            return error(401, "AuthenticationError", "the API key is missing or invalid");
        }
        if (!request.path().equals("/api/v3/chat/completions")) {
            return error(404, "InvalidEndpoint.NotFound", "no such path");
        }
        JsonValue body = request.json();
        if (!model().equals(body.string("model"))) {
            return error(404, "InvalidEndpointOrModel.NotFound", "no such model");
        }
        if (body.elements("messages").isEmpty() || body.longValue("max_tokens", 0) < 1) {
            return error(400, "MissingParameter", "messages or max_tokens is missing");
        }
        String head = "{\"created\":1770000000,\"id\":\"0217\",\"model\":\"doubao\",\"choices\":[";
        if (!body.flag("stream", false)) {
            return Script.answer()
                    .json(head
                            + "{\"index\":0,\"finish_reason\":\"stop\",\"message\":{\"role\":\"assistant\",\"content\":\""
                            + TEXT + "\"}}],\"object\":\"chat.completion\"," + USAGE);
        }
        String chunk = "\"object\":\"chat.completion.chunk\",";
        String finished =
                head + "{\"delta\":{\"content\":\"\",\"role\":\"assistant\"},\"finish_reason\":\"stop\",\"index\":0}],"
                        + chunk + "\"usage\":null}";
        Script script = Script.answer()
                .sse(
                        head + "{\"delta\":{\"content\":\"Good day, \",\"role\":\"assistant\"},\"index\":0}]," + chunk
                                + "\"usage\":null}",
                        head + "{\"delta\":{\"content\":\"世界!\",\"role\":\"assistant\"},\"index\":0}]," + chunk
                                + "\"usage\":null}",
                        finished);
        JsonValue asked = body.at("stream_options", "include_usage");
        return JsonValue.of(true).equals(asked) ? script.sse(head + "]," + chunk + USAGE) : script;
    }

    private static Script error(int status, String code, String message) {
        return Script.answer(status)
                .json("{\"error\":{\"code\":\"" + code + "\",\"message\":\"" + message
                        + " Request id: 0217\",\"param\":\"\",\"type\":\"\"}}");
    }
}
