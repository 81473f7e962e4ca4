package io.patchbay.accounts;

import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;

/** Refuses requests of others than administrators on resources marked {@link AdminOnly}. */
@AdminOnly
@Priority(Priorities.AUTHORIZATION)
public final class AdminOnlyFilter implements ContainerRequestFilter {
    private final Authenticator authenticator;

    public AdminOnlyFilter(Authenticator authenticator) {
        this.authenticator = authenticator;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        AdminGate.check(request, RoutePath.of(request), authenticator);
    }
}
