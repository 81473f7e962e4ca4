package io.patchbay.toolkit.sign;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.Secret;
import io.patchbay.spi.http.Body;
import io.patchbay.spi.http.HttpRequest;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The worked vector of the aws-bedrock page. */
final class SigV4SignerTest {
    private static final String BODY =
            "{\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":\"Hi\"}]}],\"inferenceConfig\":{\"maxTokens\":16}}";
    private static final String DIGEST = "9086f5ed72696dae888c64846e3db151bb80e2483eba722648ee71231780c823";
    private static final Instant NOW = Instant.parse("2026-01-15T12:00:00Z");
    private static final HttpRequest REQUEST = HttpRequest.post(
                    "https://bedrock-runtime.us-east-1.amazonaws.com/model/us.anthropic.claude-sonnet-4-5-20250929-v1%3A0/converse")
            .body(Body.text("application/json", BODY))
            .build();

    private static SigV4Signer signer(String sessionToken) {
        return new SigV4Signer(
                Secret.of("AKIDEXAMPLE"),
                Secret.of("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"),
                Secret.of(sessionToken),
                "us-east-1",
                "bedrock");
    }

    @Test
    void theCanonicalRequestEncodesThePathTwice() {
        assertThat(Hmac.sha256Hex(BODY)).isEqualTo(DIGEST);
        assertThat(signer("").canonical(REQUEST, DIGEST, "20260115T120000Z"))
                .isEqualTo("POST\n/model/us.anthropic.claude-sonnet-4-5-20250929-v1%253A0/converse\n\n"
                        + "content-type:application/json\nhost:bedrock-runtime.us-east-1.amazonaws.com\n"
                        + "x-amz-date:20260115T120000Z\n\ncontent-type;host;x-amz-date\n" + DIGEST);
        assertThat(Hmac.sha256Hex(signer("").canonical(REQUEST, DIGEST, "20260115T120000Z")))
                .isEqualTo("6ce6cf038f209e32c5657081058003698628be3915a26ff7345ffdf051759a03");
    }

    @Test
    void signsAsTheVectorSays() {
        assertThat(signer("").sign(REQUEST, DIGEST, NOW))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "X-Amz-Date",
                        "20260115T120000Z",
                        "Authorization",
                        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260115/us-east-1/bedrock/aws4_request, "
                                + "SignedHeaders=content-type;host;x-amz-date, "
                                + "Signature=24fe0ff7e96c8e3edf4dd45c418768c252ed6509d7727a5bf90274e5de70ac38"));
    }

    @Test
    void aSessionsTokenIsSentAndSigned() {
        Map<String, String> headers = signer("session-token").sign(REQUEST, DIGEST, NOW);

        assertThat(headers).containsEntry("X-Amz-Security-Token", "session-token");
        assertThat(headers.get("Authorization"))
                .contains("SignedHeaders=content-type;host;x-amz-date;x-amz-security-token,");
    }
}
