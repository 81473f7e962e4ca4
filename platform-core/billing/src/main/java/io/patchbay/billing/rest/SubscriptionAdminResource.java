package io.patchbay.billing.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.patchbay.accounts.AdminOnly;
import io.patchbay.accounts.AuditLog;
import io.patchbay.accounts.Caller;
import io.patchbay.accounts.Callers;
import io.patchbay.accounts.UserDirectory;
import io.patchbay.billing.ledger.Actor;
import io.patchbay.billing.plan.PlanSales;
import io.patchbay.foundation.json.Json;
import io.patchbay.foundation.seed.SeedAnswer;
import io.patchbay.foundation.seed.SeedTimes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Users' plans, for administrators. Failures are told under {@code message}, as in the original.
 *
 * <p>Every change is a line of the user's ledger, with 0 credits, and an entry of the audit log.
 */
@Path("/admin/user")
@AdminOnly
public final class SubscriptionAdminResource {
    private static final String BAD_REQUEST = "bad request";

    private final UserDirectory users;
    private final PlanSales sales;
    private final AuditLog audit;

    /** The members of all these routes; each needs some of them. */
    record Change(
            @Nullable Long id,
            @Nullable String expired,
            @Nullable Integer level) {}

    /** Does something to a user's plan and returns a line for the audit log. */
    private interface Work {
        String apply(long user, Change change, Actor actor);
    }

    /** Makes the resource. */
    public SubscriptionAdminResource(UserDirectory users, PlanSales sales, AuditLog audit) {
        this.users = users;
        this.sales = sales;
        this.audit = audit;
    }

    /** Sets when a plan ends, {@code {"id","expired":"YYYY-MM-DD HH:MM:SS"}}; who had none gets level 1. */
    @POST
    @Path("subscription")
    public Response expiry(String body, @Context ContainerRequestContext request) {
        return apply("user.subscription", body, request, (user, change, actor) -> {
            Instant expiry = SeedTimes.read("expired", change.expired());
            sales.setExpiry(user, actor, expiry);
            return "until " + SeedTimes.print(expiry);
        });
    }

    /** Sets the level of a plan, {@code {"id","level":0..3}}; the expiry stays. */
    @POST
    @Path("level")
    public Response level(String body, @Context ContainerRequestContext request) {
        return apply("user.level", body, request, (user, change, actor) -> {
            if (change.level() == null) {
                throw new IllegalArgumentException(BAD_REQUEST);
            }
            sales.setLevel(user, actor, change.level());
            return "level " + change.level();
        });
    }

    /** Gives back the units used in the running month, {@code {"id"}}. */
    @POST
    @Path("release")
    public Response release(String body, @Context ContainerRequestContext request) {
        return apply("user.release", body, request, (user, change, actor) -> {
            sales.releaseUsage(user, actor);
            return "";
        });
    }

    private Response apply(String action, String body, ContainerRequestContext request, Work work) {
        Caller caller = Callers.require(request);
        try {
            @Nullable Change change = Json.read(body, Change.class);
            if (change == null || change.id() == null) {
                return SeedAnswer.failMessage(BAD_REQUEST);
            }
            if (users.find(change.id()).isEmpty()) {
                return SeedAnswer.failMessage("user not found");
            }
            String detail = work.apply(change.id(), change, new Actor(caller.userId(), caller.username()));
            audit.record(caller.username(), action, "user " + change.id(), detail);
            return SeedAnswer.ok();
        } catch (JsonProcessingException e) {
            return SeedAnswer.failMessage(BAD_REQUEST);
        } catch (IllegalArgumentException e) {
            return SeedAnswer.failMessage(String.valueOf(e.getMessage()));
        }
    }
}
