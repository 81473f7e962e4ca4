package io.patchbay.accounts;

import io.patchbay.foundation.seed.SeedAnswer;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The routes by which a user looks at the own account. */
@Path("/")
public final class AccountResource {
    private final UserDirectory users;
    private final ApiKeys keys;
    private final AccountFigures figures;
    private final InstantSource clock;

    public AccountResource(UserDirectory users, ApiKeys keys, AccountFigures figures, InstantSource clock) {
        this.users = users;
        this.keys = keys;
        this.figures = figures;
        this.clock = clock;
    }

    @GET
    public Response get(@Context ContainerRequestContext request) {
        return greeting(request);
    }

    @POST
    public Response post(@Context ContainerRequestContext request) {
        return greeting(request);
    }

    @PUT
    public Response put(@Context ContainerRequestContext request) {
        return greeting(request);
    }

    @DELETE
    public Response delete(@Context ContainerRequestContext request) {
        return greeting(request);
    }

    @POST
    @Path("state")
    public Response state(@Context ContainerRequestContext request) {
        Optional<Caller> caller = Callers.of(request);
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("status", caller.isPresent());
        body.put("user", caller.map(Caller::username).orElse(""));
        body.put("admin", caller.map(Caller::admin).orElse(false));
        return SeedAnswer.json(body);
    }

    @GET
    @Path("userinfo")
    @SignedIn
    public Response userInfo(@Context ContainerRequestContext request) {
        Caller caller = Callers.require(request);
        Optional<User> found = users.find(caller.userId());
        if (found.isEmpty()) {
            return SeedAnswer.fail(UserDirectory.NOT_FOUND);
        }
        User user = found.get();
        AccountFigures.Figures figure = figures.of(user.id());
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("id", user.id());
        data.put("register_days", days(Duration.between(user.createdAt(), clock.instant())));
        data.put("used_quota", figure.usedQuota());
        data.put("plan_total_month", figure.planMonths());
        data.put("email", user.email() == null ? "" : user.email());
        data.put("must_change_password", user.mustChangePassword());
        return SeedAnswer.ok("data", data);
    }

    /** The key is empty when its stored copy cannot be read; the client then resets it. */
    @GET
    @Path("apikey")
    @SignedIn
    public Response apiKey(@Context ContainerRequestContext request) {
        return SeedAnswer.ok(
                "key", keys.defaultKey(Callers.require(request).userId()).orElse(""));
    }

    @POST
    @Path("resetkey")
    @SignedIn
    public Response resetKey(@Context ContainerRequestContext request) {
        Caller caller = Callers.require(request);
        return SeedAnswer.ok("key", keys.resetDefaultKey(caller.userId(), caller.username()));
    }

    /** Gifts of the original's single sign-on, which does not exist here: there are none. */
    @GET
    @Path("package")
    @SignedIn
    public Response gifts() {
        @Nullable Object none = null;
        return SeedAnswer.ok("data", none);
    }

    private static Response greeting(ContainerRequestContext request) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("status", true);
        body.put("auth", Callers.of(request).isPresent());
        body.put("method", request.getMethod());
        return SeedAnswer.json(body);
    }

    private static double days(Duration age) {
        return Math.max(0, age.toMillis()) / (double) Duration.ofDays(1).toMillis();
    }
}
