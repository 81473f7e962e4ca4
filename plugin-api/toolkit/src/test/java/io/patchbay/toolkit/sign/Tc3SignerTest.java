package io.patchbay.toolkit.sign;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.Secret;
import io.patchbay.spi.http.Body;
import io.patchbay.spi.http.HttpRequest;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class Tc3SignerTest {
    private static final Secret ID = Secret.of("AKIDfakeTc3SecretId00000000000000000");
    private static final Secret KEY = Secret.of("fakeTc3SecretKey0000000000000000");
    private static final Instant TIME = Instant.ofEpochSecond(1_704_441_600);
    private static final String BODY =
            "{\"Model\":\"hunyuan-lite\",\"Messages\":[{\"Role\":\"user\",\"Content\":\"hello\"}],\"Stream\":true}";
    private static final String DIGEST = "a7eb8cc00ae01508f9a00e37ec52ddc6b761e4c29b07162fdba7677c48a3bd0c";
    private static final String SCOPE =
            "TC3-HMAC-SHA256 Credential=AKIDfakeTc3SecretId00000000000000000/2024-01-05/hunyuan/tc3_request, ";

    @Test
    void theBodyOfTheVectorsHasThePublishedDigest() {
        assertThat(Hmac.sha256Hex(BODY)).isEqualTo(DIGEST);
    }

    @Test
    void plainJsonIsSignedAsPublished() {
        Tc3Signer signer = Tc3Signer.of(ID, KEY, "hunyuan");
        HttpRequest request = request("application/json");

        assertThat(Hmac.sha256Hex(signer.canonical(request, DIGEST)))
                .isEqualTo("c4247e28465bf00e93111d415df45853bf53a38cf52f2e6cdb0bdf31e901b5f6");
        assertThat(signer.sign(request, DIGEST, TIME))
                .containsEntry("X-TC-Timestamp", "1704441600")
                .containsEntry(
                        "Authorization",
                        SCOPE + "SignedHeaders=content-type;host, Signature="
                                + "0e9d3b3c6412eff3f431b254988820dc2caafdd0d3150983f10333cbc2ee359c");
    }

    @Test
    void aCharsetIsPartOfTheSignature() {
        Tc3Signer signer = Tc3Signer.of(ID, KEY, "hunyuan");
        HttpRequest request = request("application/json; charset=utf-8");

        assertThat(Hmac.sha256Hex(signer.canonical(request, DIGEST)))
                .isEqualTo("f1f0293d5181cd57ca1adbf5843cdb9ed4159c75a037d56fd0866ae3c8548a67");
        assertThat(signer.sign(request, DIGEST, TIME))
                .containsEntry(
                        "Authorization",
                        SCOPE + "SignedHeaders=content-type;host, Signature="
                                + "b24a866159afd5ea8564a95048c819abadfa0eb0e8ac72ad6f7cb8385b4312d9");
    }

    @Test
    void theActionIsSignedInLowerCase() {
        Tc3Signer signer = new Tc3Signer(ID, KEY, "hunyuan", List.of("X-TC-Action"));
        HttpRequest request = request("application/json");

        assertThat(Hmac.sha256Hex(signer.canonical(request, DIGEST)))
                .isEqualTo("ccf6c4001eecdc3803fa0f59a4cf78290a5956a5ddc37bde5b6908cd18e5a350");
        assertThat(signer.sign(request, DIGEST, TIME))
                .containsEntry(
                        "Authorization",
                        SCOPE + "SignedHeaders=content-type;host;x-tc-action, Signature="
                                + "f1779bd8d95bdde0dfdc982f9c0fdde2d02ff4478eb8c25ed2a2662ba23ea9a5");
    }

    @Test
    void theDateIsThatOfGreenwich() {
        String signed = Tc3Signer.of(ID, KEY, "hunyuan")
                .sign(request("application/json"), DIGEST, Instant.parse("2024-01-05T23:59:59Z"))
                .get("Authorization");

        assertThat(signed).contains("/2024-01-05/hunyuan/tc3_request");
    }

    private static HttpRequest request(String contentType) {
        return HttpRequest.post("https://hunyuan.tencentcloudapi.com/")
                .header("X-TC-Action", "ChatCompletions")
                .body(Body.text(contentType, BODY))
                .build();
    }
}
