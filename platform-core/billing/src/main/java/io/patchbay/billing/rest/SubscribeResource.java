package io.patchbay.billing.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.patchbay.accounts.Caller;
import io.patchbay.accounts.Callers;
import io.patchbay.accounts.SignedIn;
import io.patchbay.billing.ledger.Actor;
import io.patchbay.billing.ledger.InsufficientCredits;
import io.patchbay.billing.plan.PlanSales;
import io.patchbay.foundation.json.Json;
import io.patchbay.foundation.seed.SeedAnswer;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/** Buying, renewing and changing the signed-in user's plan for credits. */
@Path("/subscribe")
@SignedIn
public final class SubscribeResource {
    private final PlanSales sales;

    /** What is wanted; an absent number counts as 0, which is out of range. */
    record Wish(int level, int month) {}

    /** Makes the resource. */
    public SubscribeResource(PlanSales sales) {
        this.sales = sales;
    }

    /** Buys {@code {"level":1..3,"month":1..999}}; what it costs is told by {@code GET /subscription/quote}. */
    @POST
    public Response subscribe(String body, @Context ContainerRequestContext request) {
        Caller caller = Callers.require(request);
        try {
            @Nullable Wish wish = Json.read(body, Wish.class);
            if (wish == null) {
                return SeedAnswer.fail("bad request");
            }
            sales.buy(caller.userId(), new Actor(caller.userId(), caller.username()), wish.level(), wish.month());
            return SeedAnswer.ok("error", "success");
        } catch (JsonProcessingException e) {
            return SeedAnswer.fail("bad request");
        } catch (InsufficientCredits e) {
            return SeedAnswer.fail("not enough money");
        } catch (IllegalArgumentException e) {
            return SeedAnswer.fail(String.valueOf(e.getMessage()));
        }
    }
}
