package io.patchbay.accounts;

import io.patchbay.foundation.request.RequestContext;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds out who calls and leaves it under {@link Caller#PROPERTY} (read it with {@link Callers}).
 *
 * <p>Credentials come from {@code Authorization}, with or without {@code Bearer}; on routes for model clients also from the
 * places where the SDKs of other vendors put them. A bad session token makes a request anonymous. A bad API key is refused
 * at once on routes for model clients, and elsewhere only where a user is needed.
 *
 * <p>Paths under {@code /admin} are closed to everybody but administrators.
 */
@Priority(Priorities.AUTHENTICATION)
public final class AuthenticationFilter implements ContainerRequestFilter {
    private static final List<String> VENDOR_HEADERS = List.of("x-api-key", "api-key", "x-goog-api-key");
    private static final String KEY_PARAMETER = "key";

    private final Authenticator authenticator;

    public AuthenticationFilter(Authenticator authenticator) {
        this.authenticator = authenticator;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        String path = RoutePath.of(request);
        Authentication authentication = authenticator.authenticate(
                credential(request, path), RequestContext.clientAddress(request), scope(path));
        Callers.put(request, authentication);
        if (RoutePath.administration(path)) {
            AdminGate.check(request, path, authenticator);
        } else if (authentication instanceof Authentication.Refused(Authentication.Reason reason)
                && RoutePath.model(path)) {
            request.abortWith(Refusals.model(Optional.of(reason)));
        }
    }

    private static KeyScope scope(String path) {
        if (RoutePath.administration(path)) {
            return KeyScope.ADMIN;
        }
        return RoutePath.relay(path) ? KeyScope.RELAY : KeyScope.ACCOUNT;
    }

    private static @Nullable String credential(ContainerRequestContext request, String path) {
        String authorization = request.getHeaderString("Authorization");
        if (!RoutePath.model(path) || (authorization != null && Authenticator.looksLikeKey(authorization))) {
            return authorization;
        }
        return Stream.concat(
                        VENDOR_HEADERS.stream().map(request::getHeaderString),
                        Stream.ofNullable(
                                request.getUriInfo().getQueryParameters().getFirst(KEY_PARAMETER)))
                .filter(text -> text != null && Authenticator.looksLikeKey(text))
                .findFirst()
                .orElse(authorization);
    }
}
