package io.patchbay.toolkit.sign;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.Secret;
import io.patchbay.spi.http.Body;
import io.patchbay.spi.http.HttpRequest;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class VolcengineSignerTest {
    private static final Secret ACCESS = Secret.of("AKLTfakeVolcAccessKey");
    private static final Secret SECRET = Secret.of("fakeVolcSecretKey==");
    private static final Instant TIME = Instant.parse("2024-01-05T08:00:00Z");
    private static final String DATE = "20240105T080000Z";

    @Test
    void aChatOfTheOldModelServiceIsSignedAsPublished() {
        String body = "{\"model\":{\"name\":\"skylark-lite-public\"},\"messages\":[{\"role\":\"user\","
                + "\"content\":\"hello\"}],\"parameters\":{\"max_tokens\":256},\"stream\":true}";
        String digest = "845a1a3e5c000674b1d3102ab2f82c04b8c1e3195a435a1a06fd9e877c0e0269";
        VolcengineSigner signer = new VolcengineSigner(ACCESS, SECRET, "cn-beijing", "ml_maas");
        HttpRequest request = HttpRequest.post("https://maas-api.ml-platform-cn-beijing.volces.com/api/v1/chat")
                .body(Body.text("application/json", body))
                .build();

        assertThat(Hmac.sha256Hex(body)).isEqualTo(digest);
        assertThat(Hmac.sha256Hex(signer.canonical(request, digest, DATE)))
                .isEqualTo("e70d546b4cc2147bc652fefea1d7b28cfcc8ba187a3dc0c6d22296b81f73f4cb");
        assertThat(signer.sign(request, digest, TIME))
                .containsEntry("X-Date", DATE)
                .containsEntry("X-Content-Sha256", digest)
                .containsEntry(
                        "Authorization",
                        "HMAC-SHA256 Credential=AKLTfakeVolcAccessKey/20240105/cn-beijing/ml_maas/request, "
                                + "SignedHeaders=content-type;host;x-content-sha256;x-date, "
                                + "Signature=269a282d6b1d1451eb33eb68fccb62df336590a300d913a116cbe038f82a2385");
    }

    @Test
    void aTaskOfTheVisualServiceIsSignedAsPublished() {
        String body =
                "{\"req_key\":\"jimeng_vgfm_t2v_l20\",\"prompt\":\"a cat\",\"seed\":-1," + "\"aspect_ratio\":\"16:9\"}";
        String digest = "3f1e85f313738d6656327a378ec4b414d0fbd42843d4a13bde85a0f6d68da33b";
        VolcengineSigner signer = new VolcengineSigner(ACCESS, SECRET, "cn-north-1", "cv");
        HttpRequest request = HttpRequest.post("https://visual.volcengineapi.com/")
                .query("Version", "2022-08-31")
                .query("Action", "CVSync2AsyncSubmitTask")
                .body(Body.text("application/json", body))
                .build();

        assertThat(Hmac.sha256Hex(body)).isEqualTo(digest);
        assertThat(Hmac.sha256Hex(signer.canonical(request, digest, DATE)))
                .isEqualTo("dcf30af753b91ac5c95b7c5298fea5d555e551d06796ba4086e56bb8b30d5934");
        assertThat(signer.sign(request, digest, TIME).get("Authorization"))
                .endsWith("Signature=0f5d689efc56625a474c8888cc53be1b83870407d30155721ba2dcb6f2db01fb");
    }
}
