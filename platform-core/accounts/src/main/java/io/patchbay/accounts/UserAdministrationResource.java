package io.patchbay.accounts;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.patchbay.foundation.json.Json;
import io.patchbay.foundation.seed.SeedAnswer;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The routes by which administrators change accounts. A failure is told under {@code error} by the password routes and
 * under {@code message} by the others, as in the original.
 */
@Path("/admin/user")
@AdminOnly
public final class UserAdministrationResource {
    private static final String BAD_REQUEST = "bad request";

    private final UserAdministration administration;

    /** The fields of all these routes; each route needs some of them. */
    record Change(
            @Nullable Long id,
            @Nullable String password,
            @Nullable String email,
            @Nullable Boolean ban,
            @Nullable Boolean admin) {}

    public UserAdministrationResource(UserAdministration administration) {
        this.administration = administration;
    }

    @POST
    @Path("password")
    public Response password(String body, @Context ContainerRequestContext request) {
        return apply(
                body,
                SeedAnswer::fail,
                change -> administration.setPassword(
                        Callers.require(request), needed(change.id()), needed(change.password())));
    }

    @POST
    @Path("root")
    public Response root(String body, @Context ContainerRequestContext request) {
        return apply(
                body,
                SeedAnswer::fail,
                change -> administration.setRootPassword(Callers.require(request), needed(change.password())));
    }

    @POST
    @Path("email")
    public Response email(String body, @Context ContainerRequestContext request) {
        return apply(
                body,
                SeedAnswer::failMessage,
                change ->
                        administration.setEmail(Callers.require(request), needed(change.id()), needed(change.email())));
    }

    @POST
    @Path("ban")
    public Response ban(String body, @Context ContainerRequestContext request) {
        return apply(
                body,
                SeedAnswer::failMessage,
                change ->
                        administration.setBanned(Callers.require(request), needed(change.id()), needed(change.ban())));
    }

    @POST
    @Path("admin")
    public Response admin(String body, @Context ContainerRequestContext request) {
        return apply(
                body,
                SeedAnswer::failMessage,
                change ->
                        administration.setAdmin(Callers.require(request), needed(change.id()), needed(change.admin())));
    }

    private static Response apply(String body, Function<String, Response> failure, Consumer<Change> work) {
        try {
            Change change = Json.read(body, Change.class);
            if (change == null) {
                return failure.apply(BAD_REQUEST);
            }
            work.accept(change);
            return SeedAnswer.ok();
        } catch (JsonProcessingException e) {
            return failure.apply(BAD_REQUEST);
        } catch (AccountRefusal e) {
            return failure.apply(e.sentence());
        }
    }

    private static <T> T needed(@Nullable T value) {
        if (value == null) {
            throw new AccountRefusal(BAD_REQUEST);
        }
        return value;
    }
}
