package io.patchbay.billing.rest;

import io.patchbay.accounts.Callers;
import io.patchbay.accounts.SignedIn;
import io.patchbay.billing.Credits;
import io.patchbay.billing.ledger.Ledger;
import io.patchbay.foundation.seed.SeedAnswer;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/** What the signed-in user owns. */
@Path("/quota")
@SignedIn
public final class QuotaResource {
    private final Ledger ledger;

    /** Makes the resource over a ledger. */
    public QuotaResource(Ledger ledger) {
        this.ledger = ledger;
    }

    /** Answers the balance in credits, exact to the micro-credit; what running requests hold is still counted in. */
    @GET
    public Response quota(@Context ContainerRequestContext request) {
        long user = Callers.require(request).userId();
        return SeedAnswer.ok("quota", Credits.toDecimal(ledger.balance(user).owned()));
    }
}
