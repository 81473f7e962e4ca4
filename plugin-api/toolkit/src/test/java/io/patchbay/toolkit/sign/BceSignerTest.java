package io.patchbay.toolkit.sign;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.Secret;
import io.patchbay.spi.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class BceSignerTest {
    private static final BceSigner SIGNER =
            new BceSigner(Secret.of("fakeBceAccessKey"), Secret.of("fakeBceSecretKey"), Duration.ofMinutes(30));
    private static final Instant TIME = Instant.parse("2024-01-05T08:00:00.789Z");
    private static final String PUBLISHED = "bce-auth-v1/fakeBceAccessKey/2024-01-05T08:00:00Z/1800/host/"
            + "20e721530ac2e957164961461aa661306531a045beb15017190b93d3b93b74d9";

    @Test
    void thePublishedVectorIsSigned() {
        HttpRequest request = HttpRequest.get("https://iam.bj.baidubce.com/v1/BCE-BEARER/token")
                .query("expireInSeconds", "86400")
                .build();

        assertThat(SIGNER.sign(request, "", TIME))
                .containsEntry("Authorization", PUBLISHED)
                .hasSize(1);
    }

    @Test
    void aQueryWrittenIntoTheAddressIsSignedAlike() {
        HttpRequest request = HttpRequest.get("https://iam.bj.baidubce.com/v1/BCE-BEARER/token?expireInSeconds=86400")
                .build();

        assertThat(SIGNER.sign(request, "", TIME)).containsEntry("Authorization", PUBLISHED);
    }

    @Test
    void parametersAreSignedInOrder() {
        HttpRequest one = HttpRequest.get("https://host.example/a")
                .query("b", "x y")
                .query("a", "*")
                .build();
        HttpRequest other =
                HttpRequest.get("https://host.example/a?a=%2A&b=x%20y").build();

        assertThat(SIGNER.sign(one, "", TIME)).isEqualTo(SIGNER.sign(other, "", TIME));
    }

    @Test
    void aPortOfItsOwnIsPartOfTheHost() {
        HttpRequest usual = HttpRequest.get("https://host.example:443/a").build();
        HttpRequest plain = HttpRequest.get("https://host.example/a").build();
        HttpRequest own = HttpRequest.get("https://host.example:8443/a").build();

        assertThat(SIGNER.sign(usual, "", TIME)).isEqualTo(SIGNER.sign(plain, "", TIME));
        assertThat(SIGNER.sign(own, "", TIME)).isNotEqualTo(SIGNER.sign(plain, "", TIME));
    }
}
