package io.patchbay.server.vendor;

import io.patchbay.spi.json.JsonValue;
import io.patchbay.testkit.upstream.ReceivedRequest;
import io.patchbay.testkit.upstream.Script;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Tencent's cloud API: every request is signed, and every error has status 200. */
public final class HunyuanVendor implements Vendor {
    private static final String ID = "AKIDvendor0123456789";
    private static final String KEY = "vendorSecretKey0123456789";
    private static final String USAGE = ",\"Usage\":{\"PromptTokens\":9,\"CompletionTokens\":4,\"TotalTokens\":13}";

    @Override
    public String plugin() {
        return "hunyuan";
    }

    @Override
    public String type() {
        return "hunyuan";
    }

    @Override
    public String model() {
        return "hunyuan-lite";
    }

    @Override
    public String secret() {
        return "1300000000|" + ID + "|" + KEY;
    }

    @Override
    public Script answer(ReceivedRequest request) {
        if (!request.method().equals("POST") || !request.path().equals("/")) {
            return Script.answer(404);
        }
        if (!"ChatCompletions".equals(request.header("x-tc-action"))) {
            return error("InvalidAction", "no such action");
        }
        if (!"2023-09-01".equals(request.header("x-tc-version"))) {
            return error("NoSuchVersion", "no such version");
        }
        String timestamp = String.valueOf(request.header("x-tc-timestamp"));
        if (!timestamp.matches("\\d{10}")
                || Math.abs(Long.parseLong(timestamp) - request.at().getEpochSecond()) > 300) {
            return error("AuthFailure.SignatureExpire", "the timestamp is too far away");
        }
        if (!authorization(request, Long.parseLong(timestamp)).equals(request.header("authorization"))) {
            return error("AuthFailure.SignatureFailure", "the signature does not match");
        }
        JsonValue body = request.json();
        JsonValue content = body.at("Messages", 0, "Content");
        if (body.string("Model") == null || content == null || content.string() == null) {
            return error("MissingParameter", "Model or Messages is missing");
        }
        if (!body.flag("Stream", false)) {
            return Script.answer()
                    .json(
                            "{\"Response\":{\"RequestId\":\"r-1\",\"Id\":\"x\",\"Choices\":[{\"Index\":0,\"FinishReason\":"
                                    + "\"stop\",\"Message\":{\"Role\":\"assistant\",\"Content\":\"" + TEXT + "\"}}]"
                                    + USAGE + "}}");
        }
        return Script.answer()
                .sse(
                        "{\"Choices\":[{\"Delta\":{\"Role\":\"assistant\",\"Content\":\"Good day, \"},\"FinishReason\":\"\"}],"
                                + "\"Id\":\"x\",\"Usage\":{\"PromptTokens\":9,\"CompletionTokens\":1,\"TotalTokens\":10}}",
                        "{\"Choices\":[{\"Delta\":{\"Role\":\"assistant\",\"Content\":\"世界!\"},\"FinishReason\":\"stop\"}],"
                                + "\"Id\":\"x\"" + USAGE + "}")
                .endWithoutMarker();
    }

    private static String authorization(ReceivedRequest request, long timestamp) {
        String date = Instant.ofEpochSecond(timestamp).toString().substring(0, 10);
        String scope = date + "/hunyuan/tc3_request";
        String canonical = "POST\n/\n\ncontent-type:" + request.header("content-type") + "\nhost:"
                + request.header("host") + "\n\ncontent-type;host\n" + hex(sha256(request.body()));
        String toSign = "TC3-HMAC-SHA256\n" + timestamp + "\n" + scope + "\n"
                + hex(sha256(canonical.getBytes(StandardCharsets.UTF_8)));
        byte[] key = mac(mac(mac(("TC3" + KEY).getBytes(StandardCharsets.UTF_8), date), "hunyuan"), "tc3_request");
        return "TC3-HMAC-SHA256 Credential=" + ID + "/" + scope + ", SignedHeaders=content-type;host, Signature="
                + hex(mac(key, toSign));
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] mac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Script error(String code, String message) {
        return Script.answer()
                .json("{\"Response\":{\"Error\":{\"Code\":\"" + code + "\",\"Message\":\"" + message
                        + "\"},\"RequestId\":\"r-0\"}}");
    }
}
