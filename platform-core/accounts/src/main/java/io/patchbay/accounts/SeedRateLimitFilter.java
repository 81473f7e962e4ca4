package io.patchbay.accounts;

import io.patchbay.accounts.limit.SeedRateLimits;
import io.patchbay.foundation.request.RequestContext;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;

/** Refuses requests to account and chat routes that come too often, before their credentials are looked at. */
@Priority(Priorities.AUTHENTICATION - 100)
public final class SeedRateLimitFilter implements ContainerRequestFilter {
    private final SeedRateLimits limits;

    public SeedRateLimitFilter(SeedRateLimits limits) {
        this.limits = limits;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        if (!limits.admits(RoutePath.of(request), RequestContext.clientAddress(request))) {
            request.abortWith(SeedRateLimits.refusal());
        }
    }
}
