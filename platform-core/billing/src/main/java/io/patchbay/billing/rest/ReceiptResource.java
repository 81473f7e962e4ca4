package io.patchbay.billing.rest;

import io.patchbay.accounts.Caller;
import io.patchbay.accounts.Callers;
import io.patchbay.accounts.SignedIn;
import io.patchbay.billing.receipt.Receipt;
import io.patchbay.billing.receipt.Receipts;
import io.patchbay.foundation.problem.Problem;
import io.patchbay.foundation.seed.SeedAnswer;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/** How a charge came about, for the user who paid it and for administrators. */
@Path("/billing/charge")
@SignedIn
public final class ReceiptResource {
    private final Receipts receipts;

    /** Makes the resource. */
    public ReceiptResource(Receipts receipts) {
        this.receipts = receipts;
    }

    /** Answers the receipt of one request; a request of another user is as unknown as one that never was. */
    @GET
    @Path("{request}")
    public Response receipt(@PathParam("request") String requestId, @Context ContainerRequestContext request) {
        Caller caller = Callers.require(request);
        Receipt receipt = receipts.of(requestId)
                .filter(found -> caller.admin() || found.charge().userId() == caller.userId())
                .orElseThrow(() -> Problem.notFound("there is no charge for the request '%s'".formatted(requestId)));
        return SeedAnswer.ok("data", ChargeJson.receipt(receipt));
    }
}
