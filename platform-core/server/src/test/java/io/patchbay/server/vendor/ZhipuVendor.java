package io.patchbay.server.vendor;

import io.patchbay.spi.json.Json;
import io.patchbay.spi.json.JsonException;
import io.patchbay.spi.json.JsonValue;
import io.patchbay.testkit.upstream.ReceivedRequest;
import io.patchbay.testkit.upstream.Script;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Zhipu's API, version 4, asked with a token that the key signs. */
public final class ZhipuVendor implements Vendor {
    private static final String ID = "vendorid0123456789abcdef0123456789";
    private static final String KEY = "VendorSecret0123";
    private static final String USAGE = "\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":4,\"total_tokens\":13,"
            + "\"prompt_tokens_details\":{\"cached_tokens\":0}}}";

    @Override
    public String plugin() {
        return "zhipu";
    }

    @Override
    public String type() {
        return "chatglm";
    }

    @Override
    public String model() {
        return "glm-4.7";
    }

    @Override
    public String secret() {
        return ID + "." + KEY;
    }

    @Override
    public Map<String, Object> options() {
        return Map.of("credential", "jwt");
    }

    @Override
    public Script answer(ReceivedRequest request) {
        if (!request.path().equals("/api/paas/v4/chat/completions")) {
            return error(404, "1222", "the API does not exist");
        }
        String problem = problem(request.header("authorization"), request.at().toEpochMilli());
        if (problem != null) {
            return error(401, "1002", problem);
        }
        JsonValue body = request.json();
        if (body.elements("messages").isEmpty() || body.string("model") == null) {
            return error(400, "1214", "messages or model is missing");
        }
        String head = "{\"id\":\"2024x\",\"created\":1770000000,\"model\":\"glm-4.7\",\"choices\":[{\"index\":0,";
        if (!body.flag("stream", false)) {
            return Script.answer()
                    .json(head + "\"finish_reason\":\"stop\",\"message\":{\"role\":\"assistant\",\"content\":\"" + TEXT
                            + "\"}}],\"request_id\":\"r-1\"," + USAGE);
        }
        return Script.answer()
                .sse(
                        head + "\"delta\":{\"role\":\"assistant\",\"content\":\"Good day, \"}}]}",
                        head + "\"delta\":{\"role\":\"assistant\",\"content\":\"世界!\"}}]}",
                        head + "\"finish_reason\":\"stop\",\"delta\":{\"role\":\"assistant\",\"content\":\"\"}}],"
                                + USAGE);
    }

    private static @Nullable String problem(@Nullable String authorization, long now) {
        String[] token = authorization == null || !authorization.startsWith("Bearer ")
                ? new String[0]
                : authorization.substring("Bearer ".length()).split("\\.");
        if (token.length != 3) {
            return "no token";
        }
        JsonValue header;
        JsonValue claims;
        try {
            header = Json.parse(Base64.getUrlDecoder().decode(token[0]));
            claims = Json.parse(Base64.getUrlDecoder().decode(token[1]));
        } catch (JsonException | IllegalArgumentException e) {
            return "no readable token";
        }
        if (!header.string("alg", "").equals("HS256")
                || !header.string("sign_type", "").equals("SIGN")) {
            return "another kind of token";
        }
        if (claims.longValue("exp", 0) <= now || claims.longValue("timestamp", Long.MAX_VALUE) > now + 60_000) {
            return "a token of another time";
        }
        boolean right = claims.string("api_key", "").equals(ID)
                && signature(token[0] + "." + token[1]).equals(token[2]);
        return right ? null : "a token of another key";
    }

    private static String signature(String content) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(KEY.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(mac.doFinal(content.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Script error(int status, String code, String message) {
        return Script.answer(status).json("{\"error\":{\"code\":\"" + code + "\",\"message\":\"" + message + "\"}}");
    }
}
