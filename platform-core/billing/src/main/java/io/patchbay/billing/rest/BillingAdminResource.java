package io.patchbay.billing.rest;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.patchbay.accounts.AdminOnly;
import io.patchbay.accounts.AuditLog;
import io.patchbay.accounts.Caller;
import io.patchbay.accounts.Callers;
import io.patchbay.billing.Credits;
import io.patchbay.billing.ledger.Actor;
import io.patchbay.billing.ledger.Ledger;
import io.patchbay.billing.policy.BillingPolicies;
import io.patchbay.billing.policy.BillingPolicy;
import io.patchbay.foundation.json.Json;
import io.patchbay.foundation.seed.SeedAnswer;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Refunds, and what is charged when a call does not end well, for administrators. */
@Path("/admin/billing")
@AdminOnly
public final class BillingAdminResource {
    private static final String BAD_BODY = "the body is not the JSON expected";

    private final Ledger ledger;
    private final BillingPolicies policies;
    private final AuditLog audit;

    /** A request whose charge is to be given back. */
    record Refund(
            @JsonProperty("request_id") @Nullable String requestId,
            @Nullable String reason) {}

    /** Makes the resource; changes are recorded in the ledger and in the audit log. */
    public BillingAdminResource(Ledger ledger, BillingPolicies policies, AuditLog audit) {
        this.ledger = ledger;
        this.policies = policies;
        this.audit = audit;
    }

    /** Answers the policy in force. */
    @GET
    @Path("policy")
    public Response policy() {
        return SeedAnswer.ok("data", policies.current());
    }

    /** Changes the policy; what is absent goes back to what is usual. */
    @POST
    @Path("policy")
    public Response setPolicy(String body, @Context ContainerRequestContext request) {
        try {
            @Nullable BillingPolicy policy = Json.read(body, BillingPolicy.class);
            if (policy == null) {
                return SeedAnswer.fail(BAD_BODY);
            }
            policies.update(policy);
            audit.record(Callers.require(request).username(), "billing.policy", "billing", Json.write(policy));
            return SeedAnswer.ok("data", policies.current());
        } catch (JsonProcessingException e) {
            return SeedAnswer.fail(
                    BAD_BODY + "; client_left, upstream_cut and empty are charge or free, spent is stop or go_on");
        }
    }

    /** Gives back what a request was charged, once; answers how much that was. */
    @POST
    @Path("refund")
    public Response refund(String body, @Context ContainerRequestContext request) {
        Caller caller = Callers.require(request);
        try {
            @Nullable Refund refund = Json.read(body, Refund.class);
            if (refund == null
                    || refund.requestId() == null
                    || refund.requestId().isBlank()) {
                return SeedAnswer.fail("the body must name the request_id whose charge is to be given back");
            }
            String reason = refund.reason() == null || refund.reason().isBlank()
                    ? "refunded by an administrator"
                    : refund.reason().strip();
            long micro =
                    ledger.refund(refund.requestId().strip(), new Actor(caller.userId(), caller.username()), reason);
            BigDecimal credits = Credits.toDecimal(micro);
            audit.record(
                    caller.username(),
                    "billing.refund",
                    "request " + refund.requestId().strip(),
                    credits.toPlainString());
            return SeedAnswer.ok("quota", credits);
        } catch (JsonProcessingException e) {
            return SeedAnswer.fail(BAD_BODY);
        } catch (IllegalArgumentException e) {
            return SeedAnswer.fail(String.valueOf(e.getMessage()));
        }
    }
}
