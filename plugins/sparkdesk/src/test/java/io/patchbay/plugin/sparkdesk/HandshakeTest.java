package io.patchbay.plugin.sparkdesk;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.Secret;
import io.patchbay.spi.http.HttpRequest;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class HandshakeTest {
    private static final Instant NOW = Instant.parse("2024-01-05T08:00:00Z");
    private static final Handshake SIGNER =
            new Handshake(Secret.of("fake-spark-api-secret-0001"), Secret.of("fake-spark-api-key-0001"));

    /** The worked vector of the sparkdesk page. */
    @Test
    void signsAsTheVectorSays() {
        HttpRequest request =
                HttpRequest.get("wss://spark-api.xf-yun.com/v3.5/chat").build();

        assertThat(SIGNER.sign(request, "", NOW))
                .isEqualTo(Map.of(
                        "host",
                        "spark-api.xf-yun.com",
                        "date",
                        "Fri, 05 Jan 2024 08:00:00 GMT",
                        "authorization",
                        "YXBpX2tleT0iZmFrZS1zcGFyay1hcGkta2V5LTAwMDEiLCBhbGdvcml0aG09ImhtYWMtc2hhMjU2IiwgaGVhZGVycz0iaG9z"
                                + "dCBkYXRlIHJlcXVlc3QtbGluZSIsIHNpZ25hdHVyZT0iUHJ2M3Q3NUV4bU1PeXI0S1E1UGM5VldRVVZHSnZ0V0x4d2RE"
                                + "ZVNTdjFnYz0i"));
    }

    @Test
    void aPortIsPartOfTheHostThatIsSigned() {
        HttpRequest request = HttpRequest.get("ws://127.0.0.1:8080/v3.5/chat").build();

        assertThat(SIGNER.sign(request, "", NOW)).containsEntry("host", "127.0.0.1:8080");
    }
}
