package io.patchbay.billing.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.patchbay.accounts.SignedIn;
import io.patchbay.foundation.json.Json;
import io.patchbay.foundation.seed.SeedAnswer;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/** Buying credits for money. No payment provider can be connected yet, so that every wish is refused. */
@Path("/buy")
@SignedIn
public final class BuyResource {
    private static final long MOST = 99_999;

    /** How many credits are wanted. */
    record Wish(long quota) {}

    /** Refuses {@code {"quota":1..99999}} with the original's sentences. */
    @POST
    public Response buy(String body) {
        try {
            @Nullable Wish wish = Json.read(body, Wish.class);
            if (wish == null) {
                return SeedAnswer.fail("bad request");
            }
            return SeedAnswer.fail(
                    wish.quota() < 1 || wish.quota() > MOST
                            ? "invalid quota range (1 ~ 99999)"
                            : "cannot find payment provider");
        } catch (JsonProcessingException e) {
            return SeedAnswer.fail("bad request");
        }
    }
}
