package io.patchbay.toolkit.sign;

import io.patchbay.spi.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/** JSON Web Tokens for vendors that want them in place of a key. */
public final class Jwt {
    private Jwt() {}

    /** Returns a token signed with HMAC-SHA256; header and claims are printed as they are. */
    public static String hs256(JsonObject header, JsonObject claims, String secret) {
        String content = content(header, claims);
        return content + "." + base64Url(Hmac.sha256(secret, content));
    }

    /**
     * Returns a token signed with RSA and SHA-256.
     *
     * @param pem a private key in PKCS#8, with its {@code BEGIN PRIVATE KEY} lines
     * @throws IllegalArgumentException when the key cannot be read; the message does not quote it
     */
    public static String rs256(JsonObject header, JsonObject claims, String pem) {
        String content = content(header, claims);
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(privateKey(pem));
            signature.update(content.getBytes(StandardCharsets.UTF_8));
            return content + "." + base64Url(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("expected an RSA private key in PKCS#8 (BEGIN PRIVATE KEY)", e);
        }
    }

    private static PrivateKey privateKey(String pem) throws GeneralSecurityException {
        String base64 =
                pem.replaceAll("-----[A-Z ]+-----", "").replace("\\n", "").replaceAll("\\s", "");
        return KeyFactory.getInstance("RSA")
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64)));
    }

    private static String content(JsonObject header, JsonObject claims) {
        return base64Url(header.toBytes()) + "." + base64Url(claims.toBytes());
    }

    private static String base64Url(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
