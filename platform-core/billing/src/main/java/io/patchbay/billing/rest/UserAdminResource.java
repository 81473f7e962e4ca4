package io.patchbay.billing.rest;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.patchbay.accounts.AdminOnly;
import io.patchbay.accounts.AuditLog;
import io.patchbay.accounts.Caller;
import io.patchbay.accounts.Callers;
import io.patchbay.accounts.User;
import io.patchbay.accounts.UserDirectory;
import io.patchbay.billing.Credits;
import io.patchbay.billing.ledger.Actor;
import io.patchbay.billing.ledger.Balance;
import io.patchbay.billing.ledger.Ledger;
import io.patchbay.billing.plan.Plans;
import io.patchbay.billing.plan.Subscription;
import io.patchbay.foundation.json.Json;
import io.patchbay.foundation.seed.SeedAnswer;
import io.patchbay.foundation.seed.SeedTimes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Users with their balances, for administrators. */
@Path("/admin/user")
@AdminOnly
public final class UserAdminResource {
    private static final int PAGE_SIZE = 10;
    private static final int MAX_PAGE = 100_000_000;
    private static final String BAD_REQUEST = "bad request";

    private final UserDirectory users;
    private final Ledger ledger;
    private final Plans plans;
    private final AuditLog audit;
    private final InstantSource clock;

    /** One line of the list, in the shape of the original. The level is the stored one, also after the expiry. */
    record Row(
            long id,
            String username,
            String email,
            @JsonProperty("is_admin") boolean admin,
            BigDecimal quota,
            @JsonProperty("used_quota") BigDecimal usedQuota,
            @JsonProperty("expired_at") String expiredAt,
            @JsonProperty("is_subscribed") boolean subscribed,
            @JsonProperty("total_month") long totalMonth,
            boolean enterprise,
            int level,
            @JsonProperty("is_banned") boolean banned) {}

    /** A change of a balance, in credits. */
    record Change(
            @Nullable Long id,
            @Nullable BigDecimal quota,
            @Nullable Boolean override) {}

    /** Makes the resource; changes are recorded in the ledger and in the audit log. */
    public UserAdminResource(UserDirectory users, Ledger ledger, Plans plans, AuditLog audit, InstantSource clock) {
        this.users = users;
        this.ledger = ledger;
        this.plans = plans;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Answers ten users by id ascending.
     *
     * @param page number of the page from 0; anything else counts as 0
     * @param search part of the user name
     */
    @GET
    @Path("list")
    public Response list(
            @QueryParam("page") @DefaultValue("0") String page, @QueryParam("search") @DefaultValue("") String search) {
        long total = users.count(search);
        List<User> found = users.page(search, (long) pageNumber(page) * PAGE_SIZE, PAGE_SIZE);
        List<Long> ids = found.stream().map(User::id).toList();
        Map<Long, Balance> balances = ledger.balances(ids);
        Map<Long, Subscription> subscriptions = plans.findAll(ids);
        Instant now = clock.instant();
        List<Row> rows = found.stream()
                .map(user -> row(
                        user,
                        balances.getOrDefault(user.id(), Balance.ZERO),
                        subscriptions.getOrDefault(user.id(), Subscription.none(user.id())),
                        now))
                .toList();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("total", (total + PAGE_SIZE - 1) / PAGE_SIZE); // the original counts pages here
        fields.put("data", rows);
        fields.put("message", "");
        return SeedAnswer.ok(fields);
    }

    /** Adds to a balance or, with {@code override}, sets it. */
    @POST
    @Path("quota")
    public Response quota(String body, @Context ContainerRequestContext request) {
        Caller caller = Callers.require(request);
        try {
            Change change = Json.read(body, Change.class);
            if (change == null || change.id() == null || change.quota() == null) {
                return SeedAnswer.failMessage(BAD_REQUEST);
            }
            if (users.find(change.id()).isEmpty()) {
                return SeedAnswer.failMessage("user not found");
            }
            apply(caller, change.id(), Credits.toMicro(change.quota()), Boolean.TRUE.equals(change.override()));
            return SeedAnswer.ok();
        } catch (JsonProcessingException e) {
            return SeedAnswer.failMessage(BAD_REQUEST);
        } catch (IllegalArgumentException e) {
            return SeedAnswer.failMessage(String.valueOf(e.getMessage()));
        }
    }

    private void apply(Caller caller, long user, long micro, boolean override) {
        Actor actor = new Actor(caller.userId(), caller.username());
        String amount = Credits.toDecimal(micro).toPlainString();
        if (override) {
            ledger.setBalance(user, micro, actor, "set by an administrator");
        } else {
            ledger.credit(user, micro, actor, "changed by an administrator");
        }
        audit.record(caller.username(), "user.quota", "user " + user, (override ? "set to " : "add ") + amount);
    }

    private static Row row(User user, Balance balance, Subscription held, Instant now) {
        String email = user.email();
        return new Row(
                user.id(),
                user.username(),
                email == null ? "" : email,
                user.admin(),
                Credits.toDecimal(balance.owned()),
                Credits.toDecimal(balance.used()),
                held.expiresAt().equals(Instant.EPOCH) ? "" : SeedTimes.print(held.expiresAt()),
                held.active(now),
                held.totalMonths(),
                held.enterprise(),
                held.level(),
                user.banned());
    }

    private static int pageNumber(String page) {
        try {
            return Math.clamp(Long.parseLong(page.strip()), 0, MAX_PAGE);
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
