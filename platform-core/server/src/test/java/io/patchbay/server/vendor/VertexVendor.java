package io.patchbay.server.vendor;

import io.patchbay.spi.json.Json;
import io.patchbay.spi.json.JsonException;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import io.patchbay.testkit.upstream.ReceivedRequest;
import io.patchbay.testkit.upstream.Script;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.Signature;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Google's Vertex AI: tokens for signed statements of a service account, whose signatures are verified here. */
public final class VertexVendor implements Vendor {
    private static final KeyPair KEYS = keys();
    private static final String TOKEN = "ya29.vendor-0123456789";
    private static final String EMAIL = "robot@vendor-project.iam.gserviceaccount.com";
    private static final String GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer";
    private static final String SCOPE = "https://www.googleapis.com/auth/cloud-platform";

    /** A key file that does not say where its tokens are made: at the channel's own server then. */
    private static final String FILE = JsonObject.builder()
            .put("type", "service_account")
            .put("project_id", "vendor-project")
            .put("private_key_id", "key-17")
            .put("private_key", pem())
            .put("client_email", EMAIL)
            .build()
            .toJson();

    private static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has RSA", e);
        }
    }

    private static String pem() {
        byte[] line = "\n".getBytes(StandardCharsets.US_ASCII);
        return "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder(64, line)
                        .encodeToString(KEYS.getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
    }

    @Override
    public String plugin() {
        return "vertex";
    }

    @Override
    public String type() {
        return "vertex";
    }

    @Override
    public String model() {
        return "gemini-2.5-flash";
    }

    @Override
    public String secret() {
        return FILE;
    }

    @Override
    public Script answer(ReceivedRequest request) {
        if (request.path().equals("/token")) {
            return isSigned(request)
                    ? Script.answer()
                            .json("{\"access_token\":\"" + TOKEN + "\",\"expires_in\":3599,\"token_type\":\"Bearer\"}")
                    : Script.answer(400)
                            .json("{\"error\":\"invalid_grant\",\"error_description\":\"Invalid JWT Signature.\"}");
        }
        if (!("Bearer " + TOKEN).equals(request.header("authorization"))) {
            return GeminiVendor.error(
                    401, "UNAUTHENTICATED", "Request had invalid authentication credentials.", "ACCESS_TOKEN_EXPIRED");
        }
        String wrong = GeminiVendor.wrong(request);
        if (wrong != null) {
            return GeminiVendor.error(400, "INVALID_ARGUMENT", wrong, "");
        }
        return GeminiVendor.content(
                request, "/v1/projects/vendor-project/locations/global/publishers/google/models/" + model());
    }

    private static boolean isSigned(ReceivedRequest request) {
        String assertion = "";
        String grant = "";
        for (String field : request.text().split("&")) {
            String value = URLDecoder.decode(field.substring(field.indexOf('=') + 1), StandardCharsets.UTF_8);
            assertion = field.startsWith("assertion=") ? value : assertion;
            grant = field.startsWith("grant_type=") ? value : grant;
        }
        String[] parts = assertion.split("\\.");
        if (!grant.equals(GRANT)
                || parts.length != 3
                || !"application/x-www-form-urlencoded".equals(request.header("content-type"))) {
            return false;
        }
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initVerify(KEYS.getPublic());
            signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
            return signature.verify(Base64.getUrlDecoder().decode(parts[2]))
                    && isOurs(Json.parse(Base64.getUrlDecoder().decode(parts[1])), request.header("host"));
        } catch (GeneralSecurityException | JsonException | IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean isOurs(JsonValue claims, @Nullable String host) {
        long life = claims.longValue("exp", 0) - claims.longValue("iat", 0);
        return EMAIL.equals(claims.string("iss"))
                && SCOPE.equals(claims.string("scope"))
                && claims.string("aud", "").equals("http://" + host + "/token")
                && life > 0
                && life <= 3_600;
    }
}
