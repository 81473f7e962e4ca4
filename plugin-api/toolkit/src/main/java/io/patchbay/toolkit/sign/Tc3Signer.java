package io.patchbay.toolkit.sign;

import io.patchbay.spi.Secret;
import io.patchbay.spi.http.HttpRequest;
import io.patchbay.spi.http.Signer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/**
 * Tencent Cloud's signature {@code TC3-HMAC-SHA256}; it sets {@code X-TC-Timestamp} and {@code Authorization}.
 *
 * @param secretId names the pair of keys
 * @param secretKey signs
 * @param service such as {@code hunyuan}: the first label of the vendor's own host, also where a proxy stands in front
 * @param alsoSigned headers to sign besides content type and host
 */
public record Tc3Signer(Secret secretId, Secret secretKey, String service, List<String> alsoSigned) implements Signer {
    private static final String ALGORITHM = "TC3-HMAC-SHA256";
    private static final String END = "tc3_request";

    public Tc3Signer {
        alsoSigned = List.copyOf(alsoSigned);
    }

    /** Returns a signer of content type and host. */
    public static Tc3Signer of(Secret secretId, Secret secretKey, String service) {
        return new Tc3Signer(secretId, secretKey, service, List.of());
    }

    @Override
    public Map<String, String> sign(HttpRequest request, String bodySha256, Instant now) {
        long timestamp = now.getEpochSecond();
        // The date of the timestamp in UTC: the local date fails from midnight to 8:00 in China.
        String date = DateTimeFormatter.ISO_LOCAL_DATE.withZone(ZoneOffset.UTC).format(now);
        String scope = date + "/" + service + "/" + END;
        String toSign =
                ALGORITHM + "\n" + timestamp + "\n" + scope + "\n" + Hmac.sha256Hex(canonical(request, bodySha256));
        byte[] dateKey = Hmac.sha256(("TC3" + secretKey.reveal()).getBytes(StandardCharsets.UTF_8), date);
        byte[] key = Hmac.sha256(Hmac.sha256(dateKey, service), END);
        String authorization = ALGORITHM + " Credential=" + secretId.reveal() + "/" + scope + ", SignedHeaders="
                + String.join(";", names()) + ", Signature=" + Hmac.hex(Hmac.sha256(key, toSign));
        return Map.of("X-TC-Timestamp", Long.toString(timestamp), "Authorization", authorization);
    }

    /** Returns the text whose digest is signed. */
    String canonical(HttpRequest request, String bodySha256) {
        SignedRequest signed = new SignedRequest(request);
        StringBuilder headers = new StringBuilder();
        for (String name : names()) {
            String value = name.equals("host") ? signed.host() : signed.header(name);
            headers.append(name)
                    .append(':')
                    .append(value.toLowerCase(Locale.ROOT))
                    .append('\n');
        }
        return request.method() + "\n" + signed.path() + "\n" + signed.query() + "\n" + headers + "\n"
                + String.join(";", names()) + "\n" + bodySha256;
    }

    private TreeSet<String> names() {
        TreeSet<String> names = new TreeSet<>(List.of("content-type", "host"));
        alsoSigned.forEach(name -> names.add(name.toLowerCase(Locale.ROOT)));
        return names;
    }
}
