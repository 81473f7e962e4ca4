package io.patchbay.plugin.vertex;

import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.Flow;
import io.patchbay.spi.Minted;
import io.patchbay.spi.Next;
import io.patchbay.spi.Turn;
import io.patchbay.spi.http.Answer;
import io.patchbay.spi.http.Body;
import io.patchbay.spi.http.HttpRequest;
import io.patchbay.spi.json.JsonValue;
import io.patchbay.toolkit.TokenExchange;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;

/** Exchanges a signed statement for a token of an hour. */
record TokenFlow(ServiceAccount account) implements Flow<Minted> {
    static final String TOKEN = "token";

    /** Renewed so long before its end, so that no call meets the end on its way. */
    private static final Duration EARLY = Duration.ofMinutes(5);

    private static final String GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer";

    @Override
    public Next begin(Turn<Minted> turn) {
        String assertion;
        try {
            assertion = account.assertion(turn.now());
        } catch (IllegalArgumentException e) {
            return Next.fail(Fault.of(FaultKind.CONFIG, "the private key of the service account cannot be read"));
        }
        String form = "grant_type=" + URLEncoder.encode(GRANT, StandardCharsets.UTF_8) + "&assertion=" + assertion;
        HttpRequest.Builder request = HttpRequest.post(account.tokenAddress())
                .header("Accept", "application/json")
                .body(Body.text("application/x-www-form-urlencoded", form));
        return new TokenExchange(TOKEN, "access_token", Duration.ofHours(1), EARLY)
                .by(request, TokenFlow::fault)
                .begin(turn);
    }

    /** The same error stands for a clock that is wrong; only the words tell. */
    private static Fault fault(Answer answer) {
        JsonValue body = answer.json();
        if (body == null || !body.string("error", "").equals("invalid_grant")) {
            return TokenExchange.fault(answer);
        }
        String words = body.string("error_description", "").toLowerCase(Locale.ROOT);
        return answer.fault().toBuilder()
                .kind(words.contains("iat and exp") ? FaultKind.CLOCK : FaultKind.KEY_DEAD)
                .vendorCode("invalid_grant")
                .build();
    }
}
