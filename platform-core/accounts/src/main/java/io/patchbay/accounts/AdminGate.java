package io.patchbay.accounts;

import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.Optional;
import java.util.Set;

/** Decides who may use administration routes. */
final class AdminGate {
    /** Routes by which a generated password can be replaced. */
    private static final Set<String> PASSWORD_ROUTES = Set.of("admin/user/root", "admin/user/password");

    private AdminGate() {}

    /** Aborts the request unless its caller is an administrator who has a password of his own. */
    static void check(ContainerRequestContext request, String path, Authenticator authenticator) {
        Optional<Caller> caller = Callers.of(request).filter(Caller::admin);
        if (caller.isEmpty()) {
            request.abortWith(Refusals.administration());
            return;
        }
        boolean generated =
                authenticator.user(caller.get()).map(User::mustChangePassword).orElse(true);
        if (generated && !PASSWORD_ROUTES.contains(path)) {
            request.abortWith(Refusals.passwordChangeNeeded());
        }
    }
}
