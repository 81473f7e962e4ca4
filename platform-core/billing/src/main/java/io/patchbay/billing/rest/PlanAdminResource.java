package io.patchbay.billing.rest;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import io.patchbay.accounts.AdminOnly;
import io.patchbay.accounts.AuditLog;
import io.patchbay.accounts.Callers;
import io.patchbay.billing.plan.Plan;
import io.patchbay.billing.plan.PlanSettings;
import io.patchbay.billing.plan.Plans;
import io.patchbay.foundation.json.Json;
import io.patchbay.foundation.seed.SeedAnswer;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The plans of the site, for administrators.
 *
 * <p>Answers as the original does: {@code {"status":bool,"error":string}}, with HTTP 400 for a body that is not JSON of
 * the expected shape. What cannot be sold is refused with a sentence.
 */
@Path("/admin/plan")
@AdminOnly
public final class PlanAdminResource {
    private static final String BAD_BODY = "the body is not the JSON expected";

    private final Plans plans;
    private final AuditLog audit;

    /** New settings. The last two are ours: clients of the original do not know them, and must not reset them. */
    record Update(
            @Nullable Boolean enabled,
            @Nullable List<Plan> plans,
            @JsonProperty("relay_plan") @Nullable Boolean relayPlan,
            @Nullable String zone) {
        PlanSettings over(PlanSettings before) {
            return new PlanSettings(
                    Boolean.TRUE.equals(enabled),
                    plans,
                    relayPlan == null ? before.relayPlan() : relayPlan,
                    zone == null ? before.zone() : zone);
        }
    }

    /** Makes the resource; changes are recorded in the audit log. */
    public PlanAdminResource(Plans plans, AuditLog audit) {
        this.plans = plans;
        this.audit = audit;
    }

    /** Answers the settings, without a wrapper. */
    @GET
    @Path("view")
    public Response view() {
        return SeedAnswer.json(plans.settings());
    }

    /** Replaces the settings; {@code relay_plan} and {@code zone} stay when they are absent. */
    @POST
    @Path("update")
    public Response update(String body, @Context ContainerRequestContext request) {
        try {
            @Nullable Update update = Json.read(body, Update.class);
            if (update == null) {
                return badBody();
            }
            plans.update(update::over);
            audit.record(Callers.require(request).username(), "plan.update", "plans", summary(plans.settings()));
            return SeedAnswer.ok("error", "");
        } catch (JsonMappingException e) {
            return e.getCause() instanceof IllegalArgumentException refusal ? refused(refusal) : badBody();
        } catch (JsonProcessingException e) {
            return badBody();
        } catch (IllegalArgumentException e) {
            return refused(e);
        }
    }

    private static String summary(PlanSettings settings) {
        String levels = settings.plans().stream()
                .map(plan -> "level %d for %s with %d items"
                        .formatted(
                                plan.level(),
                                plan.price().toPlainString(),
                                plan.items().size()))
                .collect(Collectors.joining("; "));
        return "%s, %s for API keys, months in %s: %s"
                .formatted(
                        settings.enabled() ? "on" : "off",
                        settings.relayPlan() ? "also" : "not",
                        settings.zone(),
                        levels.isEmpty() ? "no plans" : levels);
    }

    private static Response refused(IllegalArgumentException refusal) {
        return SeedAnswer.fail(String.valueOf(refusal.getMessage()));
    }

    private static Response badBody() {
        return Response.status(Response.Status.BAD_REQUEST)
                .type(SeedAnswer.JSON)
                .entity(Json.bytes(Map.of("status", false, "error", BAD_BODY)))
                .build();
    }
}
