package io.patchbay.plugin.vertex;

import io.patchbay.spi.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** Service accounts that were made up for the tests. */
final class Accounts {
    private Accounts() {}

    static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has RSA", e);
        }
    }

    static String pem(KeyPair keys) {
        String base64 = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(keys.getPrivate().getEncoded());
        return "-----BEGIN PRIVATE KEY-----\n" + base64 + "\n-----END PRIVATE KEY-----\n";
    }

    /** Returns a key file on one line. */
    static String file(String project, String pem) {
        return JsonObject.builder()
                .put("type", "service_account")
                .put("project_id", project)
                .put("private_key_id", "key-1")
                .put("private_key", pem)
                .put("client_email", "robot@" + project + ".iam.gserviceaccount.com")
                .put("token_uri", "https://oauth2.googleapis.com/token")
                .build()
                .toJson();
    }
}
