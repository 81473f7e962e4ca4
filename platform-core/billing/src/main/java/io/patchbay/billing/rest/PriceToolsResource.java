package io.patchbay.billing.rest;

import io.patchbay.accounts.AdminOnly;
import io.patchbay.accounts.AuditLog;
import io.patchbay.accounts.Caller;
import io.patchbay.accounts.Callers;
import io.patchbay.billing.plan.Subscription;
import io.patchbay.billing.price.DollarRate;
import io.patchbay.billing.price.PriceBook;
import io.patchbay.billing.price.PriceRule;
import io.patchbay.billing.price.template.PriceTemplates;
import io.patchbay.foundation.seed.SeedAnswer;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What helps an administrator to set prices: list prices of vendors to begin with, what taking over a list would do,
 * and what members of groups pay. Answers as {@link ChargeAdminResource} does.
 */
@Path("/admin/charge")
@AdminOnly
public final class PriceToolsResource {
    private static final int HIGHEST_LEVEL = 3;

    private final PriceBook prices;
    private final PriceTemplates templates;
    private final AuditLog audit;

    /** The multipliers of groups. */
    record Groups(@Nullable Map<String, @Nullable BigDecimal> data) {}

    /** Makes the resource over a price list; changes are recorded in the audit log. */
    public PriceToolsResource(PriceBook prices, PriceTemplates templates, AuditLog audit) {
        this.prices = prices;
        this.templates = templates;
        this.audit = audit;
    }

    /**
     * Answers the list prices that come with the program, as rules in credits.
     *
     * @param rate how many yuan a dollar is counted as; 7.1 when it is missing
     * @param vendor whose prices; all when it is missing
     */
    @GET
    @Path("templates")
    public Response templates(
            @QueryParam("rate") @DefaultValue("") String rate, @QueryParam("vendor") @DefaultValue("") String vendor) {
        try {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("data", templates.rules(DollarRate.parse(rate), vendor));
            fields.put("vendors", templates.origins());
            fields.put("as_of", templates.asOf());
            return SeedAnswer.ok(fields);
        } catch (IllegalArgumentException e) {
            return ChargeReading.refused(e);
        }
    }

    /** Answers what {@code sync} would do with the same body, model by model; nothing is stored. */
    @POST
    @Path("preview")
    public Response preview(String body) {
        return ChargeReading.answer(body, ChargeAdminResource.Sync.class, sync -> {
            List<PriceRule> data = sync.rules();
            return SeedAnswer.ok("data", prices.preview(data, sync.overwrites()));
        });
    }

    /** Answers what members of groups pay of the list price, and the groups there are. */
    @GET
    @Path("groups")
    public Response groups() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("data", new TreeMap<>(prices.groups()));
        fields.put(
                "known",
                Stream.concat(
                                Stream.of(Caller.ANONYMOUS_GROUP),
                                IntStream.rangeClosed(0, HIGHEST_LEVEL).mapToObj(Subscription::group))
                        .toList());
        return SeedAnswer.ok(fields);
    }

    /** Sets what members of groups pay of the list price; groups that are not named pay all of it. */
    @POST
    @Path("groups")
    public Response setGroups(String body, @Context ContainerRequestContext request) {
        return ChargeReading.answer(body, Groups.class, groups -> {
            if (groups.data() == null) {
                return ChargeReading.badBody();
            }
            prices.setGroups(groups.data());
            audit.record(Callers.require(request).username(), "price.groups", "prices", words(prices.groups()));
            return SeedAnswer.ok("error", "");
        });
    }

    private static String words(Map<String, BigDecimal> groups) {
        return groups.isEmpty()
                ? "all pay the list price"
                : new TreeMap<>(groups)
                        .entrySet().stream()
                                .map(group -> group.getKey() + " × "
                                        + group.getValue().toPlainString())
                                .collect(Collectors.joining(", "));
    }
}
