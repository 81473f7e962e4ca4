package io.patchbay.toolkit.sign;

import io.patchbay.spi.Secret;
import io.patchbay.spi.http.HttpRequest;
import io.patchbay.spi.http.Signer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/**
 * Baidu Cloud's signature {@code bce-auth-v1}, with the host as the only signed header.
 *
 * @param accessKey names the pair of keys
 * @param secretKey signs
 * @param life how long the signature is good
 */
public record BceSigner(Secret accessKey, Secret secretKey, Duration life) implements Signer {
    @Override
    public Map<String, String> sign(HttpRequest request, String bodySha256, Instant now) {
        SignedRequest signed = new SignedRequest(request);
        String prefix = "bce-auth-v1/" + accessKey.reveal() + "/" + now.truncatedTo(ChronoUnit.SECONDS) + "/"
                + life.toSeconds();
        String canonical = request.method() + "\n" + signed.path() + "\n" + signed.query() + "\nhost:" + signed.host();
        // The next key is the hexadecimal text of the first digest, not its bytes.
        String key = Hmac.hex(Hmac.sha256(secretKey.reveal(), prefix));
        String signature = Hmac.hex(Hmac.sha256(key.getBytes(StandardCharsets.UTF_8), canonical));
        return Map.of("Authorization", prefix + "/host/" + signature);
    }
}
