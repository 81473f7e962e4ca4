package io.patchbay.server.vendor;

import io.patchbay.testkit.upstream.ReceivedRequest;
import io.patchbay.testkit.upstream.Script;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.zip.CRC32;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** AWS Bedrock's runtime: Converse, its binary stream, and signatures that are worked out anew here. */
public final class BedrockVendor implements Vendor {
    private static final String ACCESS = "AKIDVENDOR0001";
    private static final String SECRET = "vendorSecretKey/0001";
    private static final String SCOPE = "/eu-west-1/bedrock/aws4_request";
    private static final String USAGE =
            "{\"inputTokens\":9,\"outputTokens\":4,\"totalTokens\":13,\"cacheReadInputTokens\":0,\"cacheWriteInputTokens\":0}";

    @Override
    public String plugin() {
        return "bedrock";
    }

    @Override
    public String type() {
        return "bedrock";
    }

    @Override
    public String model() {
        return "us.anthropic.claude-sonnet-4-5-20250929-v1:0";
    }

    @Override
    public String secret() {
        return ACCESS + "|" + SECRET + "|eu-west-1";
    }

    @Override
    public Script answer(ReceivedRequest request) {
        if (!signed(request)) {
            return Script.answer(403)
                    .header("x-amzn-ErrorType", "InvalidSignatureException")
                    .json("{\"message\":\"The request signature we calculated does not match\"}");
        }
        if (request.path().endsWith("/converse")) {
            return Script.answer()
                    .json("{\"output\":{\"message\":{\"role\":\"assistant\",\"content\":[{\"text\":\"" + TEXT
                            + "\"}]}},\"stopReason\":\"end_turn\",\"usage\":" + USAGE + "}");
        }
        return Script.answer()
                .header("content-type", "application/vnd.amazon.eventstream")
                .chunk(frame("messageStart", "{\"role\":\"assistant\"}"))
                .chunk(frame("contentBlockDelta", "{\"contentBlockIndex\":0,\"delta\":{\"text\":\"Good \"}}"))
                .chunk(frame("contentBlockDelta", "{\"contentBlockIndex\":0,\"delta\":{\"text\":\"day, 世界!\"}}"))
                .chunk(frame("messageStop", "{\"stopReason\":\"end_turn\"}"))
                .chunk(frame("metadata", "{\"usage\":" + USAGE + "}"));
    }

    private static boolean signed(ReceivedRequest request) {
        String date = String.valueOf(request.header("x-amz-date"));
        String given = String.valueOf(request.header("authorization"));
        if (!date.matches("\\d{8}T\\d{6}Z")) {
            return false;
        }
        String day = date.substring(0, 8);
        // The model's colon stands as %3A on the wire and is encoded once more in what is signed.
        String path = request.path().replace(":", "%3A").replace("%3A", "%253A");
        String canonical = "POST\n" + path + "\n\ncontent-type:" + request.header("content-type") + "\nhost:"
                + request.header("host") + "\nx-amz-date:" + date + "\n\ncontent-type;host;x-amz-date\n"
                + sha256(request.body());
        String toSign = "AWS4-HMAC-SHA256\n" + date + "\n" + day + SCOPE + "\n"
                + sha256(canonical.getBytes(StandardCharsets.UTF_8));
        byte[] key = ("AWS4" + SECRET).getBytes(StandardCharsets.UTF_8);
        for (String step : new String[] {day, "eu-west-1", "bedrock", "aws4_request"}) {
            key = hmac(key, step);
        }
        return given.equals("AWS4-HMAC-SHA256 Credential=" + ACCESS + "/" + day + SCOPE
                + ", SignedHeaders=content-type;host;x-amz-date, Signature="
                + HexFormat.of().formatHex(hmac(key, toSign)));
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] frame(String type, String payload) {
        ByteArrayOutputStream headers = new ByteArrayOutputStream();
        header(headers, ":event-type", type);
        header(headers, ":message-type", "event");
        byte[] body = payload.getBytes(StandardCharsets.UTF_8);
        int total = 16 + headers.size() + body.length;
        ByteBuffer frame = ByteBuffer.allocate(total).putInt(total).putInt(headers.size());
        frame.putInt(checksum(frame.array(), 8)).put(headers.toByteArray()).put(body);
        return frame.putInt(checksum(frame.array(), total - 4)).array();
    }

    private static void header(ByteArrayOutputStream out, String name, String value) {
        out.write(name.length());
        out.writeBytes(name.getBytes(StandardCharsets.UTF_8));
        out.write(7);
        out.write(value.length() >> 8);
        out.write(value.length());
        out.writeBytes(value.getBytes(StandardCharsets.UTF_8));
    }

    private static int checksum(byte[] bytes, int length) {
        CRC32 crc = new CRC32();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }
}
