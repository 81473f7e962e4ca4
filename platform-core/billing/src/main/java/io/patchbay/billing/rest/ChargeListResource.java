package io.patchbay.billing.rest;

import io.patchbay.billing.price.PriceBook;
import io.patchbay.foundation.seed.SeedAnswer;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;

/** The price list for everybody. Belongs to the model routes, below {@code /v1}. */
@Path("/charge")
public final class ChargeListResource {
    private final PriceBook prices;

    /** Makes the resource over a price list. */
    public ChargeListResource(PriceBook prices) {
        this.prices = prices;
    }

    /** Answers all rules in list order, without a wrapper. */
    @GET
    public Response list() {
        return SeedAnswer.json(prices.rules());
    }
}
