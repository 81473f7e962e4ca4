package io.patchbay.server.vendor;

import io.patchbay.spi.json.JsonValue;
import io.patchbay.testkit.upstream.OpenAiScripts;
import io.patchbay.testkit.upstream.ReceivedRequest;
import io.patchbay.testkit.upstream.Script;
import java.util.Set;

/** A vendor of OpenAI's dialect that is served by its profile: bearer key, one path, and fields it does not know. */
abstract class CompatibleVendor implements Vendor {
    private final String type;
    private final String model;
    private final String path;
    private final Set<String> unknown;

    /**
     * Creates a vendor.
     *
     * @param path of chats, as its documents write it
     * @param unknown fields it refuses
     */
    CompatibleVendor(String type, String model, String path, Set<String> unknown) {
        this.type = type;
        this.model = model;
        this.path = path;
        this.unknown = unknown;
    }

    @Override
    public final String plugin() {
        return "openai-compatible";
    }

    @Override
    public final String type() {
        return type;
    }

    @Override
    public final String model() {
        return model;
    }

    @Override
    public String secret() {
        return "sk-vendor-0123456789";
    }

    /** Returns the vendor's name of {@link #model()}. */
    String upstreamModel() {
        return model;
    }

    @Override
    public final Script answer(ReceivedRequest request) {
        if (!("Bearer " + secret()).equals(request.header("authorization"))) {
            return OpenAiScripts.error(401, "invalid_request_error", "invalid_api_key", "wrong key");
        }
        if (!request.method().equals("POST") || !request.path().equals(path)) {
            return OpenAiScripts.error(404, "invalid_request_error", "not_found", "no such path");
        }
        JsonValue body = request.json();
        for (String field : unknown) {
            if (body.get(field) != null) {
                return OpenAiScripts.error(400, "invalid_request_error", "unknown_field", field + " is not supported");
            }
        }
        if (!upstreamModel().equals(body.string("model"))
                || body.elements("messages").isEmpty()) {
            return OpenAiScripts.error(404, "invalid_request_error", "model_not_found", "no such model");
        }
        return chat(body, body.flag("stream", false));
    }

    /** Answers a chat that is as it should be with {@link Vendor#TEXT}, 9 tokens in and 4 out. */
    abstract Script chat(JsonValue body, boolean stream);

    /** Returns a whole answer. */
    final Script whole(String message, String usage) {
        return Script.answer()
                .json("{\"id\":\"c1\",\"object\":\"chat.completion\",\"created\":1770000000,\"model\":\""
                        + upstreamModel()
                        + "\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\"," + message
                        + "},\"finish_reason\":\"stop\"}],\"usage\":" + usage + "}");
    }

    /** Returns one chunk of a stream. */
    final String chunk(String choice, String more) {
        return "{\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"created\":1770000000,\"model\":\""
                + upstreamModel() + "\",\"choices\":[{\"index\":0," + choice + "}]" + more + "}";
    }
}
