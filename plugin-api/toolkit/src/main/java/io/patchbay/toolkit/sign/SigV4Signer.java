package io.patchbay.toolkit.sign;

import io.patchbay.spi.Secret;
import io.patchbay.spi.http.HttpRequest;
import io.patchbay.spi.http.Signer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * AWS's signature V4 of a whole request; it sets {@code X-Amz-Date}, {@code Authorization} and, with a session,
 * {@code X-Amz-Security-Token}. The path is encoded once more than it stands on the wire, as all services but S3 want it
 * (aws-bedrock page, read 2026-11).
 *
 * @param accessKey names the pair of keys
 * @param secretKey signs
 * @param sessionToken of temporary keys, else empty
 * @param region such as {@code us-east-1}
 * @param service such as {@code bedrock}
 */
public record SigV4Signer(Secret accessKey, Secret secretKey, Secret sessionToken, String region, String service)
        implements Signer {
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    @Override
    public Map<String, String> sign(HttpRequest request, String bodySha256, Instant now) {
        String date = DATE.format(now);
        String day = date.substring(0, 8);
        String scope = day + "/" + region + "/" + service + "/aws4_request";
        String toSign = "AWS4-HMAC-SHA256\n" + date + "\n" + scope + "\n"
                + Hmac.sha256Hex(canonical(request, bodySha256, date));
        byte[] dayKey = Hmac.sha256("AWS4" + secretKey.reveal(), day);
        byte[] key = Hmac.sha256(Hmac.sha256(Hmac.sha256(dayKey, region), service), "aws4_request");
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("X-Amz-Date", date);
        if (!sessionToken.isEmpty()) {
            headers.put("X-Amz-Security-Token", sessionToken.reveal());
        }
        headers.put(
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=" + accessKey.reveal() + "/" + scope + ", SignedHeaders="
                        + String.join(";", signed(request, date).keySet()) + ", Signature="
                        + Hmac.hex(Hmac.sha256(key, toSign)));
        return headers;
    }

    /** Returns the text whose digest is signed. */
    String canonical(HttpRequest request, String bodySha256, String date) {
        SignedRequest facts = new SignedRequest(request);
        Map<String, String> headers = signed(request, date);
        String lines = headers.entrySet().stream()
                .map(header -> header.getKey() + ":" + header.getValue() + "\n")
                .collect(Collectors.joining());
        return request.method() + "\n" + encodedAgain(facts.path()) + "\n" + facts.query() + "\n" + lines + "\n"
                + String.join(";", headers.keySet()) + "\n" + bodySha256;
    }

    /** Returns the headers that are signed, by name in alphabetical order. */
    private Map<String, String> signed(HttpRequest request, String date) {
        SignedRequest facts = new SignedRequest(request);
        Map<String, String> headers = new LinkedHashMap<>();
        if (!facts.header("content-type").isEmpty()) {
            headers.put("content-type", facts.header("content-type"));
        }
        headers.put("host", facts.host());
        headers.put("x-amz-date", date);
        if (!sessionToken.isEmpty()) {
            headers.put("x-amz-security-token", sessionToken.reveal());
        }
        return headers;
    }

    private static String encodedAgain(String path) {
        return Arrays.stream(path.split("/", -1))
                .map(part -> URLEncoder.encode(part, StandardCharsets.UTF_8)
                        .replace("+", "%20")
                        .replace("*", "%2A")
                        .replace("%7E", "~"))
                .collect(Collectors.joining("/"));
    }
}
