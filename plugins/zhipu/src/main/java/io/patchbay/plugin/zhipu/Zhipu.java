package io.patchbay.plugin.zhipu;

import io.patchbay.spi.ChannelView;
import io.patchbay.spi.Flow;
import io.patchbay.spi.Minted;
import io.patchbay.spi.Next;
import io.patchbay.spi.Secret;
import io.patchbay.spi.http.HttpRequest;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.toolkit.BaseAddress;
import io.patchbay.toolkit.Endpoints;
import io.patchbay.toolkit.sign.Jwt;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The server a channel points at, and the credential that is sent to it. */
record Zhipu(ChannelView channel) {
    private static final String TOKEN = "token";
    private static final Duration LIFE = Duration.ofHours(1);
    private static final Duration EARLY = Duration.ofMinutes(5);

    private static final JsonObject HEADER =
            JsonObject.builder().put("alg", "HS256").put("sign_type", "SIGN").build();

    /** Returns whether that may be sent as the user's name: a shorter one is an error. */
    static boolean isUser(String name) {
        return name.length() >= 6 && name.length() <= 128;
    }

    /** Begins a POST to a path behind the version; an endpoint may end before or behind it. */
    HttpRequest.Builder post(String path) {
        Secret minted = channel.minted(TOKEN);
        Secret credential = minted == null ? channel.secret("key") : minted;
        return HttpRequest.post(Endpoints.join(BaseAddress.of(channel.endpoint(), "/api/paas/v4"), path))
                .header("Authorization", credential.prefixed("Bearer "));
    }

    /** Returns whether a token is sent in place of the key: if the operator wants it, and the key has both parts. */
    boolean signs() {
        return channel.option("credential").equals("jwt")
                && channel.secret("key").reveal().matches("[^.]+\\.[^.]*");
    }

    /** Returns the flow that signs a token, or {@code null} when the key itself is sent. */
    @Nullable
    Flow<Minted> mint() {
        if (!signs()) {
            return null;
        }
        String[] key = channel.secret("key").reveal().split("\\.", 2);
        return turn -> {
            Instant now = turn.now();
            Instant end = now.plus(LIFE);
            // Unlike everybody else's, these times are in milliseconds.
            JsonObject claims = JsonObject.builder()
                    .put("api_key", key[0])
                    .put("exp", end.toEpochMilli())
                    .put("timestamp", now.toEpochMilli())
                    .build();
            Secret token = Secret.of(Jwt.hs256(HEADER, claims, key[1]));
            turn.emit(Minted.of(Map.of(TOKEN, token), end, end.minus(EARLY)));
            return Next.done();
        };
    }
}
