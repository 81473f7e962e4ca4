package io.patchbay.server.vendor;

import io.patchbay.spi.json.JsonException;
import io.patchbay.spi.json.JsonValue;
import io.patchbay.testkit.upstream.ReceivedRequest;
import io.patchbay.testkit.upstream.Script;
import java.net.URI;
import java.util.List;

/** Baidu Qianfan's old API: a pair of keys is changed into an access token, which goes into the query of each call. */
public final class ErnieVendor implements Vendor {
    private static final String PATH = "/rpc/2.0/ai_custom/v1/wenxinworkshop";
    private static final String TOKEN = "24.vendor-0123456789.2592000";
    private static final String USAGE = "\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":4,\"total_tokens\":13}}";

    @Override
    public String plugin() {
        return "ernie";
    }

    @Override
    public String type() {
        return "ernie";
    }

    @Override
    public String model() {
        return "ernie-3.5-8k";
    }

    @Override
    public String secret() {
        return "vendorApiKey0123456789|vendorSecretKey0123456789";
    }

    @Override
    public String endpoint(URI upstream) {
        return upstream + PATH;
    }

    @Override
    public Script answer(ReceivedRequest request) {
        return switch (request.path()) {
            case "/oauth/2.0/token" -> token(List.of(request.query().split("&")));
            case PATH + "/chat/completions" -> chat(request);
            default -> error(3, "Unsupported openapi method");
        };
    }

    private static Script token(List<String> query) {
        boolean right = query.contains("grant_type=client_credentials")
                && query.contains("client_id=vendorApiKey0123456789")
                && query.contains("client_secret=vendorSecretKey0123456789");
        return right
                ? Script.answer().json("{\"access_token\":\"" + TOKEN + "\",\"expires_in\":2592000}")
                : Script.answer(401).json("{\"error\":\"invalid_client\",\"error_description\":\"unknown client id\"}");
    }

    private static Script chat(ReceivedRequest request) {
        if (!request.query().equals("access_token=" + TOKEN)) {
            return error(110, "Access token invalid or no longer valid");
        }
        JsonValue body;
        try {
            body = request.json();
        } catch (JsonException e) {
            return error(336002, "invalid json");
        }
        List<JsonValue> messages = body.elements("messages");
        if (messages.size() % 2 != 1) {
            return error(336006, "the length of messages must be an odd number");
        }
        for (int i = 0; i < messages.size(); i++) {
            String role = messages.get(i).string("role", "");
            if (!role.equals(i % 2 == 0 ? "user" : "assistant")
                    || messages.get(i).string("content", "").isBlank()) {
                return error(336006, "the role or content of message " + i + " is not valid");
            }
        }
        String head = "{\"id\":\"as-1\",\"object\":\"chat.completion\",\"created\":1770000000,";
        if (!body.flag("stream", false)) {
            return Script.answer()
                    .json(head + "\"result\":\"" + TEXT + "\",\"is_truncated\":false,\"need_clear_history\":false,"
                            + "\"finish_reason\":\"normal\"," + USAGE);
        }
        return Script.answer()
                .sse(
                        head + "\"sentence_id\":0,\"is_end\":false,\"result\":\"Good day, \",\"usage\":"
                                + "{\"prompt_tokens\":9,\"completion_tokens\":0,\"total_tokens\":9}}",
                        head + "\"sentence_id\":1,\"is_end\":true,\"result\":\"世界!\",\"finish_reason\":\"normal\","
                                + USAGE)
                .endWithoutMarker();
    }

    private static Script error(int code, String message) {
        return Script.answer().json("{\"error_code\":" + code + ",\"error_msg\":\"" + message + "\"}");
    }
}
