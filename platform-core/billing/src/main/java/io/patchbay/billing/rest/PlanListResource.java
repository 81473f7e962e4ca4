package io.patchbay.billing.rest;

import io.patchbay.billing.plan.PlanSettings;
import io.patchbay.billing.plan.Plans;
import io.patchbay.foundation.seed.SeedAnswer;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.util.List;

/** The plans for everybody. Belongs to the model routes, below {@code /v1}. */
@Path("/plans")
public final class PlanListResource {
    private final Plans plans;

    /** Makes the resource over the plans of the site. */
    public PlanListResource(Plans plans) {
        this.plans = plans;
    }

    /** Answers the plans by level, without a wrapper; none while they are switched off. */
    @GET
    public Response list() {
        PlanSettings settings = plans.settings();
        return SeedAnswer.json(settings.enabled() ? settings.plans() : List.of());
    }
}
