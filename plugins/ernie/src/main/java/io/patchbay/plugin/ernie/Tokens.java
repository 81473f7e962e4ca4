package io.patchbay.plugin.ernie;

import io.patchbay.spi.Flow;
import io.patchbay.spi.Minted;
import io.patchbay.spi.http.HttpRequest;
import io.patchbay.toolkit.TokenExchange;
import io.patchbay.toolkit.sign.BceSigner;
import java.time.Duration;

/** Changes a pair of keys into a token. */
final class Tokens {
    private static final Duration DAY = Duration.ofDays(1);
    /** Renewed that long before the end, so that no long answer outlives its token. */
    private static final Duration EARLY = Duration.ofHours(1);

    private Tokens() {}

    /** Returns the flow of the old API: an access token of 30 days. */
    static Flow<Minted> old(Qianfan qianfan) {
        return new TokenExchange(Qianfan.TOKEN, "access_token", DAY, EARLY).by(qianfan.oldToken());
    }

    /** Returns the flow of the current API: a key of one day, for cloud keys that sign the request. */
    static Flow<Minted> current(Qianfan qianfan) {
        BceSigner signer = new BceSigner(
                qianfan.channel().secret(Qianfan.API_KEY),
                qianfan.channel().secret(Qianfan.SECRET_KEY),
                Duration.ofMinutes(30));
        return new TokenExchange(Qianfan.TOKEN, "token", DAY, EARLY)
                .by(HttpRequest.get("https://" + Qianfan.TOKEN_HOST + "/v1/BCE-BEARER/token")
                        .query("expireInSeconds", Long.toString(DAY.toSeconds()))
                        .signed(signer));
    }
}
