package io.patchbay.billing.rest;

import io.patchbay.accounts.AdminOnly;
import io.patchbay.accounts.AuditLog;
import io.patchbay.accounts.Callers;
import io.patchbay.billing.price.DollarRate;
import io.patchbay.billing.price.PriceRule;
import io.patchbay.billing.price.source.PriceImport;
import io.patchbay.foundation.seed.SeedAnswer;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Fetches the prices of another site, for administrators to look at; they are taken over by {@code sync}. */
@Path("/admin/charge/fetch")
@AdminOnly
public final class PriceFetchResource {
    private final PriceImport source;
    private final AuditLog audit;

    /**
     * Which site.
     *
     * @param system empty for a site of this kind, or {@code newapi}
     * @param rate how many yuan a dollar is counted as; null for the usual rate
     */
    record Wish(
            @Nullable String endpoint,
            @Nullable String system,
            @Nullable BigDecimal rate) {}

    /** Makes the resource; what was fetched from where is recorded in the audit log. */
    public PriceFetchResource(PriceImport source, AuditLog audit) {
        this.source = source;
        this.audit = audit;
    }

    /** Answers the other site's prices as rules in credits, or why there are none, in a sentence with the address. */
    @POST
    public Response fetch(String body, @Context ContainerRequestContext request) {
        return ChargeReading.answer(body, Wish.class, wish -> {
            if (wish.endpoint() == null || wish.endpoint().isBlank()) {
                return SeedAnswer.fail("the address of the site is missing");
            }
            audit.record(
                    Callers.require(request).username(),
                    "price.fetch",
                    "prices",
                    wish.endpoint().strip());
            List<PriceRule> rules = source.prices(
                    wish.endpoint(), Objects.requireNonNullElse(wish.system(), ""), DollarRate.of(wish.rate()));
            return SeedAnswer.ok("data", rules);
        });
    }
}
