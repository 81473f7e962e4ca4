package io.patchbay.billing.rest;

import io.patchbay.accounts.AdminOnly;
import io.patchbay.accounts.AuditLog;
import io.patchbay.accounts.Callers;
import io.patchbay.billing.price.PriceBook;
import io.patchbay.billing.price.PriceRule;
import io.patchbay.foundation.seed.SeedAnswer;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The price rules, for administrators.
 *
 * <p>Answers as the original does: {@code {"status":bool,"error":string}}, with HTTP 400 for a body that is not JSON of
 * the expected shape. A rule that cannot be priced is refused with a sentence.
 */
@Path("/admin/charge")
@AdminOnly
public final class ChargeAdminResource {
    private static final String SUBJECT = "prices";

    private final PriceBook prices;
    private final AuditLog audit;

    /** A price list to take over. */
    record Sync(@Nullable Boolean overwrite, @Nullable List<@Nullable PriceRule> data) {
        /**
         * Returns the rules; a missing list is an empty one.
         *
         * @throws IllegalArgumentException when the list has holes
         */
        List<PriceRule> rules() {
            List<PriceRule> rules = new ArrayList<>();
            for (PriceRule rule : Objects.requireNonNullElse(data, List.<@Nullable PriceRule>of())) {
                if (rule == null) {
                    throw new IllegalArgumentException("a price rule is null; leave it out");
                }
                rules.add(rule);
            }
            return rules;
        }

        boolean overwrites() {
            return Boolean.TRUE.equals(overwrite);
        }
    }

    /** Makes the resource over a price list; changes are recorded in the audit log. */
    public ChargeAdminResource(PriceBook prices, AuditLog audit) {
        this.prices = prices;
        this.audit = audit;
    }

    /** Answers all rules in list order. */
    @GET
    @Path("list")
    public Response list() {
        return SeedAnswer.ok("data", prices.rules());
    }

    /** Adds the rule when its id is -1, else replaces the rule of that id; an unknown id changes nothing. */
    @POST
    @Path("set")
    public Response set(String body, @Context ContainerRequestContext request) {
        return change(request, "price.set", body, PriceRule.class, rule -> {
            prices.set(rule);
            return "%s rule %d for %d models"
                    .formatted(rule.type(), rule.id(), rule.models().size());
        });
    }

    /** Removes a rule; an unknown id changes nothing. */
    @GET
    @Path("delete/{id}")
    public Response delete(@PathParam("id") String id, @Context ContainerRequestContext request) {
        return change(request, "price.delete", id, Long.class, number -> {
            prices.delete(number);
            return "rule " + number;
        });
    }

    /** Takes over the rules of another list. */
    @POST
    @Path("sync")
    public Response sync(String body, @Context ContainerRequestContext request) {
        return change(request, "price.sync", body, Sync.class, sync -> {
            List<PriceRule> data = sync.rules();
            prices.sync(data, sync.overwrites());
            return "%d rules, %s".formatted(data.size(), sync.overwrites() ? "overwriting" : "adding");
        });
    }

    /** Reads the text, does the work, which returns a line for the audit log, and answers. */
    private <T> Response change(
            ContainerRequestContext request, String action, String json, Class<T> type, Function<T, String> work) {
        return ChargeReading.answer(json, type, value -> {
            String detail = work.apply(value);
            audit.record(Callers.require(request).username(), action, SUBJECT, detail);
            return SeedAnswer.ok("error", "");
        });
    }
}
