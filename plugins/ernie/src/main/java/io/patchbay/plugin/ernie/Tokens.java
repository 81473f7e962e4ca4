package io.patchbay.plugin.ernie;

import io.patchbay.spi.FaultKind;
import io.patchbay.spi.Flow;
import io.patchbay.spi.Minted;
import io.patchbay.spi.Next;
import io.patchbay.spi.Secret;
import io.patchbay.spi.Turn;
import io.patchbay.spi.http.Answer;
import io.patchbay.spi.http.HttpRequest;
import io.patchbay.spi.json.JsonValue;
import io.patchbay.toolkit.Flows;
import io.patchbay.toolkit.sign.BceSigner;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** Changes a pair of keys into a token. */
final class Tokens {
    private static final Duration DAY = Duration.ofDays(1);

    /** Renewed that long before the end, so that no long answer outlives its token. */
    private static final Duration EARLY = Duration.ofHours(1);

    private Tokens() {}

    /** Returns the flow of the old API: an access token of 30 days. */
    static Flow<Minted> old(Qianfan qianfan) {
        return turn -> ask(turn, qianfan.oldToken(), "access_token");
    }

    /** Returns the flow of the current API: a key of one day, for cloud keys that sign the request. */
    static Flow<Minted> current(Qianfan qianfan) {
        BceSigner signer = new BceSigner(
                qianfan.channel().secret(ErnieDescriptor.API_KEY),
                qianfan.channel().secret(ErnieDescriptor.SECRET_KEY),
                Duration.ofMinutes(30));
        return turn -> ask(
                turn,
                HttpRequest.get("https://" + Qianfan.TOKEN_HOST + "/v1/BCE-BEARER/token")
                        .query("expireInSeconds", Long.toString(DAY.toSeconds()))
                        .signed(signer),
                "token");
    }

    private static Next ask(Turn<Minted> turn, HttpRequest.Builder request, String member) {
        return Flows.send(request, built -> Next.ask(built, answer -> read(turn, answer, member)));
    }

    private static Next read(Turn<Minted> turn, Answer answer, String member) {
        JsonValue body = answer.json();
        String token = body == null || !answer.ok() ? null : body.string(member);
        if (body == null || token == null || token.isEmpty()) {
            boolean wrong = body != null && body.string("error", "").matches("invalid_client|unauthorized_client");
            return Next.fail(
                    wrong ? answer.fault().toBuilder().kind(FaultKind.KEY_DEAD).build() : answer.fault());
        }
        Duration life = Duration.ofSeconds(Math.clamp(body.longValue("expires_in", DAY.toSeconds()), 60, 31_536_000));
        Instant expires = turn.now().plus(life);
        Instant renew = life.compareTo(EARLY.multipliedBy(2)) > 0
                ? expires.minus(EARLY)
                : turn.now().plus(life.dividedBy(2));
        turn.emit(Minted.of(Map.of(Qianfan.TOKEN, Secret.of(token)), expires, renew));
        return Next.done();
    }
}
