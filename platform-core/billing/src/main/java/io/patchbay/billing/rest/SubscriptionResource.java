package io.patchbay.billing.rest;

import io.patchbay.accounts.Callers;
import io.patchbay.accounts.SignedIn;
import io.patchbay.billing.Credits;
import io.patchbay.billing.plan.PlanSales;
import io.patchbay.billing.plan.Plans;
import io.patchbay.billing.plan.Plans.ItemUsage;
import io.patchbay.billing.plan.Subscription;
import io.patchbay.foundation.seed.SeedAnswer;
import io.patchbay.foundation.seed.SeedTimes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/** The signed-in user's plan, what of it is used, and what another one would cost. */
@Path("/subscription")
@SignedIn
public final class SubscriptionResource {
    private static final double MS_OF_A_DAY = Duration.ofDays(1).toMillis();

    private final Plans plans;
    private final PlanSales sales;
    private final InstantSource clock;

    /** Makes the resource. */
    public SubscriptionResource(Plans plans, PlanSales sales, InstantSource clock) {
        this.plans = plans;
        this.sales = sales;
        this.clock = clock;
    }

    /**
     * Answers the user's plan: {@code expired} and {@code refresh} are whole days until it ends and until the counters
     * begin anew. Without anything to count, and while plans are switched off, the latter is 1970.
     */
    @GET
    public Response get(@Context ContainerRequestContext request) {
        if (!plans.settings().enabled()) {
            return answer(0, false, false, 0, Instant.EPOCH, 0, Instant.EPOCH, Map.of());
        }
        long user = Callers.require(request).userId();
        Instant now = clock.instant();
        Subscription held = plans.find(user);
        Map<String, ItemUsage> usage = plans.usage(user);
        Instant refresh =
                usage.isEmpty() ? Instant.EPOCH : plans.refreshAt(user).orElse(Instant.EPOCH);
        return answer(
                held.level(now),
                held.active(now),
                held.enterprise(),
                days(now, held.expiresAt()),
                held.expiresAt(),
                refresh.equals(Instant.EPOCH) ? 0 : days(now, refresh),
                refresh,
                usage);
    }

    /**
     * Answers what {@code POST /subscribe} would take for the same wish now, in credits.
     *
     * @param level from 1 to 3
     * @param month from 1 to 999
     */
    @GET
    @Path("quote")
    public Response quote(
            @QueryParam("level") @DefaultValue("") String level,
            @QueryParam("month") @DefaultValue("") String month,
            @Context ContainerRequestContext request) {
        try {
            long micro = sales.price(Callers.require(request).userId(), number(level), number(month));
            return SeedAnswer.ok("price", Credits.toDecimal(micro));
        } catch (IllegalArgumentException e) {
            return SeedAnswer.fail(String.valueOf(e.getMessage()));
        }
    }

    private static Response answer(
            int level,
            boolean subscribed,
            boolean enterprise,
            long expired,
            Instant expiredAt,
            long refresh,
            Instant refreshAt,
            Map<String, ItemUsage> usage) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("level", level);
        fields.put("is_subscribed", subscribed);
        fields.put("enterprise", enterprise);
        fields.put("expired", expired);
        fields.put("expired_at", SeedTimes.print(expiredAt));
        fields.put("refresh", refresh);
        fields.put("refresh_at", SeedTimes.print(refreshAt));
        fields.put("usage", usage);
        return SeedAnswer.ok(fields);
    }

    private static long days(Instant from, Instant until) {
        return Math.round(Duration.between(from, until).toMillis() / MS_OF_A_DAY);
    }

    /** What is no number is out of every range. */
    private static int number(String text) {
        try {
            return Integer.parseInt(text.strip());
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
