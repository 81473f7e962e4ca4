package io.patchbay.toolkit.sign;

import io.patchbay.spi.Secret;
import io.patchbay.spi.http.HttpRequest;
import io.patchbay.spi.http.Signer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;

/**
 * Volcengine's signature V4; it sets {@code X-Date}, {@code X-Content-Sha256} and {@code Authorization}.
 *
 * @param accessKey names the pair of keys
 * @param secretKey signs
 * @param region such as {@code cn-beijing}
 * @param service such as {@code ml_maas} or {@code cv}
 */
public record VolcengineSigner(Secret accessKey, Secret secretKey, String region, String service) implements Signer {
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final String NAMES = "content-type;host;x-content-sha256;x-date";

    @Override
    public Map<String, String> sign(HttpRequest request, String bodySha256, Instant now) {
        String date = DATE.format(now);
        String day = date.substring(0, 8);
        String scope = day + "/" + region + "/" + service + "/request";
        String toSign =
                "HMAC-SHA256\n" + date + "\n" + scope + "\n" + Hmac.sha256Hex(canonical(request, bodySha256, date));
        byte[] dayKey = Hmac.sha256(secretKey.reveal().getBytes(StandardCharsets.UTF_8), day);
        byte[] key = Hmac.sha256(Hmac.sha256(Hmac.sha256(dayKey, region), service), "request");
        return Map.of(
                "X-Date",
                date,
                "X-Content-Sha256",
                bodySha256,
                "Authorization",
                "HMAC-SHA256 Credential=" + accessKey.reveal() + "/" + scope + ", SignedHeaders=" + NAMES
                        + ", Signature=" + Hmac.hex(Hmac.sha256(key, toSign)));
    }

    /** Returns the text whose digest is signed. */
    String canonical(HttpRequest request, String bodySha256, String date) {
        SignedRequest signed = new SignedRequest(request);
        return request.method() + "\n" + signed.path() + "\n" + signed.query() + "\ncontent-type:"
                + signed.header("content-type") + "\nhost:" + signed.host() + "\nx-content-sha256:" + bodySha256
                + "\nx-date:" + date + "\n\n" + NAMES + "\n" + bodySha256;
    }
}
