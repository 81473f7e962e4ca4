package io.patchbay.plugin.vertex;

import io.patchbay.spi.ChannelView;
import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.json.Json;
import io.patchbay.spi.json.JsonException;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import io.patchbay.toolkit.BaseAddress;
import io.patchbay.toolkit.sign.Jwt;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The key of a service account as Google hands it out: a JSON file, pasted on one line as it is or in base64.
 *
 * @param email who signs
 * @param privateKey in PKCS#8 with its header lines
 * @param keyId names the key, empty when the file does not say
 * @param project the account's own project, empty when the file does not say
 * @param tokenAddress where its tokens are made
 */
record ServiceAccount(String email, String privateKey, String keyId, String project, String tokenAddress) {
    static final Fault UNREADABLE = Fault.of(
            FaultKind.CONFIG,
            "the credential must be the JSON key of a service account (with client_email and private_key), on one line"
                    + " as it is or in base64");

    private static final String GOOGLE = "https://oauth2.googleapis.com/token";
    private static final String SCOPE = "https://www.googleapis.com/auth/cloud-platform";

    /** Google takes nothing longer (Using OAuth 2.0 for server to server applications, read 2026-11). */
    private static final long SECONDS = 3_600;

    /** Never prints the key. */
    @Override
    public String toString() {
        return "service account " + email;
    }

    /** Returns the account of a channel's credential, or {@code null} when it is none. */
    static @Nullable ServiceAccount of(ChannelView channel) {
        JsonObject file = file(channel.secret("account").reveal().strip());
        String email = file.string("client_email");
        String key = file.string("private_key");
        if (email == null || key == null) {
            return null;
        }
        return new ServiceAccount(
                email,
                key,
                file.string("private_key_id", ""),
                file.string("project_id", ""),
                file.string("token_uri", tokens(channel)));
    }

    /** A channel with a server of its own in Google's place finds the tokens there too, unless the file says where. */
    private static String tokens(ChannelView channel) {
        boolean google = BaseAddress.host(channel.endpoint()).endsWith(".googleapis.com");
        return google ? GOOGLE : BaseAddress.origin(channel.endpoint()) + "/token";
    }

    private static JsonObject file(String text) {
        try {
            JsonValue value = Json.parse(
                    text.startsWith("{")
                            ? text.getBytes(StandardCharsets.UTF_8)
                            : Base64.getMimeDecoder().decode(text));
            return value.asObject();
        } catch (JsonException | IllegalArgumentException e) {
            return JsonObject.EMPTY;
        }
    }

    /**
     * Returns the signed statement that is exchanged for a token.
     *
     * @throws IllegalArgumentException when the private key cannot be read
     */
    String assertion(Instant now) {
        JsonObject header = JsonObject.builder()
                .put("alg", "RS256")
                .put("typ", "JWT")
                .putIfPresent("kid", keyId.isEmpty() ? null : keyId)
                .build();
        JsonObject claims = JsonObject.builder()
                .put("iss", email)
                .put("scope", SCOPE)
                .put("aud", tokenAddress)
                .put("iat", now.getEpochSecond())
                .put("exp", now.getEpochSecond() + SECONDS)
                .build();
        return Jwt.rs256(header, claims, privateKey);
    }
}
