package io.patchbay.toolkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.FaultKind;
import io.patchbay.spi.Minted;
import io.patchbay.spi.http.HttpRequest;
import io.patchbay.testkit.host.FlowDriver;
import io.patchbay.testkit.host.FlowRun;
import io.patchbay.testkit.host.Reply;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class TokenExchangeTest {
    private static final TokenExchange EXCHANGE =
            new TokenExchange("token", "access_token", Duration.ofHours(1), Duration.ofMinutes(5));

    @Test
    void theTokenIsLentUntilItEndsAndRenewedEarly() {
        Minted minted = run(Reply.json("{\"access_token\":\"abc\",\"expires_in\":7200}"))
                .events()
                .getFirst();

        assertThat(minted.values().get("token").reveal()).isEqualTo("abc");
        assertThat(Duration.between(minted.renewAt(), minted.expires())).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void aShortLivedTokenIsRenewedAtHalfItsLife() {
        Minted minted = run(Reply.json("{\"access_token\":\"abc\",\"expires_in\":400}"))
                .events()
                .getFirst();

        assertThat(Duration.between(minted.renewAt(), minted.expires())).isEqualTo(Duration.ofSeconds(200));
    }

    @Test
    void anUnknownClientIsAWrongKey() {
        assertThat(run(Reply.json(401, "{\"error\":\"invalid_client\"}"))
                        .fault()
                        .kind())
                .isEqualTo(FaultKind.KEY_DEAD);
        assertThat(run(Reply.json(401, "{\"error\":\"invalid_client\"}"))
                        .fault()
                        .vendorCode())
                .isEqualTo("invalid_client");
    }

    @Test
    void anAnswerWithoutATokenIsAFault() {
        assertThat(run(Reply.json("{\"expires_in\":7200}")).fault().kind()).isEqualTo(FaultKind.UPSTREAM);
        assertThat(run(Reply.json(503, "{\"access_token\":\"abc\"}")).fault().kind())
                .isEqualTo(FaultKind.RETRY);
    }

    private static FlowRun<Minted> run(Reply reply) {
        return FlowDriver.answering(reply).run(EXCHANGE.by(HttpRequest.post("https://a.example/token")));
    }
}
