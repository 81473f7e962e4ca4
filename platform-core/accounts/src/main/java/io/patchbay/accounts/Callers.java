package io.patchbay.accounts;

import io.patchbay.foundation.problem.Problem;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.Optional;

/** Who calls, as {@link AuthenticationFilter} found out. */
public final class Callers {
    private static final String REFUSED = "io.patchbay.accounts.refused";

    private Callers() {}

    /** Returns the caller of a request; empty when it is anonymous or its credential was refused. */
    public static Optional<Caller> of(ContainerRequestContext request) {
        return request.getProperty(Caller.PROPERTY) instanceof Caller caller ? Optional.of(caller) : Optional.empty();
    }

    /**
     * Returns the caller of a request.
     *
     * @throws Problem of kind UNAUTHENTICATED when there is none
     */
    public static Caller require(ContainerRequestContext request) {
        return of(request).orElseThrow(() -> Problem.unauthenticated("this route needs a signed-in user"));
    }

    /** Returns why the credential of a request was refused; empty when it was not. */
    public static Optional<Authentication.Reason> refusal(ContainerRequestContext request) {
        return request.getProperty(REFUSED) instanceof Authentication.Reason reason
                ? Optional.of(reason)
                : Optional.empty();
    }

    static void put(ContainerRequestContext request, Authentication authentication) {
        switch (authentication) {
            case Authentication.Known known -> request.setProperty(Caller.PROPERTY, known.caller());
            case Authentication.Refused refused -> request.setProperty(REFUSED, refused.reason());
            case Authentication.Anonymous _ -> {
                // Nothing to leave behind.
            }
        }
    }
}
