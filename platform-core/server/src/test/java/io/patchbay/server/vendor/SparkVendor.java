package io.patchbay.server.vendor;

import io.patchbay.spi.json.Json;
import io.patchbay.spi.json.JsonValue;
import io.patchbay.testkit.upstream.ReceivedRequest;
import io.patchbay.testkit.upstream.Script;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** iFlytek Spark's socket; the signature in the address is worked out anew here. */
public final class SparkVendor implements Vendor {
    private static final String APP = "app00001";
    private static final String API_SECRET = "vendor-api-secret-0001";
    private static final String API_KEY = "vendor-api-key-0001";

    @Override
    public String plugin() {
        return "sparkdesk";
    }

    @Override
    public String type() {
        return "sparkdesk";
    }

    @Override
    public String model() {
        return "spark-desk-max";
    }

    @Override
    public String secret() {
        return APP + "|" + API_SECRET + "|" + API_KEY;
    }

    @Override
    public String endpoint(URI upstream) {
        return "ws://" + upstream.getAuthority();
    }

    @Override
    public Script answer(ReceivedRequest request) {
        if (!request.path().equals("/v3.5/chat")) {
            return Script.answer(404);
        }
        if (!signed(request)) {
            return Script.answer(401).json("{\"message\":\"HMAC signature does not match\"}");
        }
        return Script.socket(SparkVendor::say);
    }

    private static List<String> say(String question) {
        JsonValue asked = Json.parse(question);
        if (!APP.equals(asked.at("header", "app_id").string())
                || !"generalv3.5".equals(asked.at("parameter", "chat", "domain").string())) {
            return List.of("{\"header\":{\"code\":10005,\"message\":\"parameter\",\"sid\":\"s\",\"status\":2}}");
        }
        return List.of(
                frame(0, "Good "),
                frame(1, "day, "),
                frame(
                        2,
                        "世界!\"}]},\"usage\":{\"text\":{\"prompt_tokens\":9,\"completion_tokens\":4,\"total_tokens\":13}}}}"));
    }

    private static String frame(int status, String text) {
        return "{\"header\":{\"code\":0,\"message\":\"Success\",\"sid\":\"s\",\"status\":" + status
                + "},\"payload\":{\"choices\":{\"status\":" + status
                + ",\"seq\":0,\"text\":[{\"role\":\"assistant\",\"index\":0,\"content\":\"" + text
                + (status == 2 ? "" : "\"}]}}}");
    }

    private static boolean signed(ReceivedRequest request) {
        Map<String, String> query = new HashMap<>();
        for (String pair : request.query().split("&")) {
            String[] sides = pair.split("=", 2);
            query.put(sides[0], sides.length < 2 ? "" : URLDecoder.decode(sides[1], StandardCharsets.UTF_8));
        }
        String host = String.valueOf(request.header("host"));
        String toSign = "host: " + host + "\ndate: " + query.get("date") + "\nGET " + request.path() + " HTTP/1.1";
        String origin = "api_key=\"" + API_KEY
                + "\", algorithm=\"hmac-sha256\", headers=\"host date request-line\", signature=\"" + hmac(toSign)
                + "\"";
        return host.equals(query.get("host"))
                && Base64.getEncoder()
                        .encodeToString(origin.getBytes(StandardCharsets.UTF_8))
                        .equals(query.get("authorization"));
    }

    private static String hmac(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(API_SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
