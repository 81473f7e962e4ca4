package io.patchbay.plugin.vertex;

import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.Flow;
import io.patchbay.spi.Minted;
import io.patchbay.spi.Next;
import io.patchbay.spi.Secret;
import io.patchbay.spi.Turn;
import io.patchbay.spi.http.Answer;
import io.patchbay.spi.http.Body;
import io.patchbay.spi.http.HttpRequest;
import io.patchbay.spi.json.JsonValue;
import io.patchbay.toolkit.Flows;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;

/** Exchanges a signed statement for a token of an hour. */
record TokenFlow(ServiceAccount account) implements Flow<Minted> {
    static final String TOKEN = "token";

    /** Renewed so long before its end, so that no call meets the end on its way. */
    private static final Duration EARLY = Duration.ofMinutes(5);

    private static final String GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer";

    @Override
    public Next begin(Turn<Minted> turn) {
        Instant now = turn.now();
        String assertion;
        try {
            assertion = account.assertion(now);
        } catch (IllegalArgumentException e) {
            return Next.fail(Fault.of(FaultKind.CONFIG, "the private key of the service account cannot be read"));
        }
        String form = "grant_type=" + URLEncoder.encode(GRANT, StandardCharsets.UTF_8) + "&assertion=" + assertion;
        HttpRequest.Builder request = HttpRequest.post(account.tokenAddress())
                .header("Accept", "application/json")
                .body(Body.text("application/x-www-form-urlencoded", form));
        return Flows.send(request, built -> Next.ask(built, answer -> read(turn, now, answer)));
    }

    private static Next read(Turn<Minted> turn, Instant now, Answer answer) {
        JsonValue body = answer.json();
        String token = body == null ? "" : body.string("access_token", "");
        if (body == null || !answer.ok() || token.isEmpty()) {
            return Next.fail(fault(answer));
        }
        Instant expires = now.plusSeconds(Math.clamp(body.longValue("expires_in", 3_600), 60, 86_400));
        Instant renew = expires.minus(EARLY);
        turn.emit(Minted.of(
                Map.of(TOKEN, Secret.of(token)), expires, renew.isAfter(now) ? renew : expires.minusSeconds(30)));
        return Next.done();
    }

    private static Fault fault(Answer answer) {
        Fault fault = answer.fault();
        JsonValue body = answer.json();
        String error = body == null ? "" : body.string("error", "");
        String words = body == null ? "" : body.string("error_description", "").toLowerCase(Locale.ROOT);
        return switch (error) {
            // The same error stands for a clock that is wrong; only the words tell.
            case "invalid_grant" ->
                fault.toBuilder()
                        .kind(words.contains("iat and exp") ? FaultKind.CLOCK : FaultKind.KEY_DEAD)
                        .vendorCode(error)
                        .build();
            case "invalid_client", "unauthorized_client" ->
                fault.toBuilder().kind(FaultKind.KEY_DEAD).vendorCode(error).build();
            default -> fault;
        };
    }
}
