package io.patchbay.accounts;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.patchbay.foundation.json.Json;
import io.patchbay.foundation.problem.Problem;
import io.patchbay.foundation.request.RequestContext;
import io.patchbay.foundation.seed.SeedAnswer;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /account/password} with {@code {"current":..,"password":..}}: replaces the own password and answers
 * {@code {"token":..}}, because all sessions issued so far have ended.
 */
@Path("/account/password")
public final class PasswordResource {
    private final SignIn signIn;

    record Change(@Nullable String current, @Nullable String password) {}

    public PasswordResource(SignIn signIn) {
        this.signIn = signIn;
    }

    @POST
    @SignedIn(refusal = SignedIn.Refusal.PROBLEM)
    public Response change(String body, @Context ContainerRequestContext request) throws JsonProcessingException {
        Change change = Json.read(body, Change.class);
        if (change == null || change.current() == null || change.password() == null) {
            throw Problem.badRequest("the body needs the texts \"current\" and \"password\"");
        }
        LoginOutcome outcome = replace(change.current(), change.password(), request);
        return switch (outcome) {
            case LoginOutcome.Success(String token, User _) -> SeedAnswer.json(Map.of("token", token));
            case LoginOutcome.Failure _ -> throw Problem.forbidden("the present password is wrong");
            case LoginOutcome.Throttled() ->
                throw new Problem(Problem.Kind.TOO_MANY, "too many wrong passwords, try again in some minutes");
        };
    }

    private LoginOutcome replace(String current, String password, ContainerRequestContext request) {
        try {
            return signIn.changePassword(
                    Callers.require(request), current, password, RequestContext.clientAddress(request));
        } catch (AccountRefusal e) {
            throw new Problem(Problem.Kind.UNPROCESSABLE, e.sentence());
        }
    }
}
