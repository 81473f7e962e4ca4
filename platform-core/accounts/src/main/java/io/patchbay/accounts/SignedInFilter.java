package io.patchbay.accounts;

import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/** Refuses requests without a caller on resources marked {@link SignedIn}. */
@SignedIn
@Priority(Priorities.AUTHORIZATION)
public final class SignedInFilter implements ContainerRequestFilter {
    @Context
    private @Nullable ResourceInfo resource;

    @Override
    public void filter(ContainerRequestContext request) {
        if (Callers.of(request).isPresent()) {
            return;
        }
        request.abortWith(
                RoutePath.model(RoutePath.of(request))
                        ? Refusals.model(Callers.refusal(request))
                        : Refusals.account(Callers.refusal(request), shape()));
    }

    private SignedIn.Refusal shape() {
        if (resource == null) {
            return SignedIn.Refusal.ERROR;
        }
        Method method = resource.getResourceMethod();
        SignedIn onMethod = method == null ? null : method.getAnnotation(SignedIn.class);
        if (onMethod != null) {
            return onMethod.refusal();
        }
        Class<?> type = resource.getResourceClass();
        SignedIn onType = type == null ? null : type.getAnnotation(SignedIn.class);
        return onType == null ? SignedIn.Refusal.ERROR : onType.refusal();
    }
}
