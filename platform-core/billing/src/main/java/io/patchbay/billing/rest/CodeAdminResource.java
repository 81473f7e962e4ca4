package io.patchbay.billing.rest;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.patchbay.accounts.AdminOnly;
import io.patchbay.accounts.AuditLog;
import io.patchbay.accounts.Callers;
import io.patchbay.accounts.UserDirectory;
import io.patchbay.billing.Credits;
import io.patchbay.billing.code.CodeBatch;
import io.patchbay.billing.code.CodeFilter;
import io.patchbay.billing.code.CodeKind;
import io.patchbay.billing.code.CodeOrder;
import io.patchbay.billing.code.CodePage;
import io.patchbay.billing.code.CodeRow;
import io.patchbay.billing.code.Codes;
import io.patchbay.foundation.json.Json;
import io.patchbay.foundation.seed.SeedAnswer;
import io.patchbay.foundation.seed.SeedTimes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Gift codes ({@code /admin/invitation}) and redeem codes ({@code /admin/redeem}), for administrators.
 *
 * <p>Answers have the members of the original and further ones behind them. {@code used} tells whether a code is used
 * up; {@code username} and {@code updated_at} speak of its last use. Times are UTC.
 */
@Path("/admin/{route: invitation|redeem}")
@AdminOnly
public final class CodeAdminResource {
    private static final int PAGE_SIZE = 10;
    private static final int MAX_PAGE = 100_000_000;
    private static final Pattern BATCH = Pattern.compile("[0-9A-Z]{26}");
    private static final String NOBODY = "-";
    private static final String BAD_REQUEST = "bad request";

    private final Codes codes;
    private final UserDirectory users;
    private final AuditLog audit;
    private final InstantSource clock;

    /** What to generate, in credits. */
    record Order(
            @Nullable String type,
            @Nullable BigDecimal quota,
            @Nullable BigDecimal number,
            @JsonProperty("expires_at") @Nullable String expiresAt,
            @JsonProperty("max_uses") @Nullable BigDecimal maxUses) {}

    /** What to delete. */
    record Deletion(@Nullable String code) {}

    /**
     * Makes the resource.
     *
     * @param audit learns who exported codes; the other changes {@link Codes} records itself
     */
    public CodeAdminResource(Codes codes, UserDirectory users, AuditLog audit, InstantSource clock) {
        this.codes = codes;
        this.users = users;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Answers ten codes, newest first; {@code total} is the number of pages, as in the original.
     *
     * @param page number of the page from 0; anything else counts as 0
     * @param search how the code or its batch begins
     * @param used {@code true} for those that are used up, {@code false} for the others, else both
     */
    @GET
    @Path("list")
    public Response list(
            @PathParam("route") String route,
            @QueryParam("page") @DefaultValue("0") String page,
            @QueryParam("search") @DefaultValue("") String search,
            @QueryParam("used") @DefaultValue("") String used) {
        CodeKind kind = kind(route);
        Boolean onlyUsed = switch (used) {
            case "true" -> true;
            case "false" -> false;
            default -> null;
        };
        CodePage found =
                codes.page(new CodeFilter(kind, search.strip(), onlyUsed), (long) number(page) * PAGE_SIZE, PAGE_SIZE);
        Map<Long, String> names = users.names(found.rows().stream()
                .map(CodeRow::usedBy)
                .filter(Objects::nonNull)
                .distinct()
                .toList());
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("total", (found.total() + PAGE_SIZE - 1) / PAGE_SIZE);
        fields.put(
                "data", found.rows().stream().map(row -> row(kind, row, names)).toList());
        fields.put("message", "");
        return SeedAnswer.ok(fields);
    }

    /**
     * Generates codes; answers them as JSON or, with {@code ?format=csv} or when the client prefers {@code text/csv},
     * as a file.
     */
    @POST
    @Path("generate")
    public Response generate(
            @PathParam("route") String route,
            @QueryParam("format") @DefaultValue("") String format,
            String body,
            @Context ContainerRequestContext request) {
        try {
            CodeOrder order = order(kind(route), Json.read(body, Order.class));
            CodeBatch batch = codes.generate(order, Callers.require(request).username());
            return format.equals("csv") || CodeCsv.wanted(request.getAcceptableMediaTypes())
                    ? CodeCsv.generated(order, batch)
                    : SeedAnswer.ok(generated("", batch));
        } catch (JsonProcessingException e) {
            return SeedAnswer.fail(generated(BAD_REQUEST, null));
        } catch (IllegalArgumentException e) {
            return SeedAnswer.fail(generated(String.valueOf(e.getMessage()), null));
        }
    }

    /** Deletes a code that nobody has used; lets one expire that could be used again. */
    @POST
    @Path("delete")
    public Response delete(@PathParam("route") String route, String body, @Context ContainerRequestContext request) {
        try {
            Deletion deletion = Json.read(body, Deletion.class);
            if (deletion == null || deletion.code() == null) {
                return SeedAnswer.fail(BAD_REQUEST);
            }
            codes.delete(
                    kind(route),
                    deletion.code().strip(),
                    Callers.require(request).username());
            return SeedAnswer.ok("error", null);
        } catch (JsonProcessingException e) {
            return SeedAnswer.fail(BAD_REQUEST);
        } catch (IllegalArgumentException e) {
            return SeedAnswer.fail(String.valueOf(e.getMessage()));
        }
    }

    /**
     * Answers codes as a file.
     *
     * @param batch whose codes, used or not; without it all codes that are not used up
     */
    @GET
    @Path("export")
    public Response export(
            @PathParam("route") String route,
            @QueryParam("batch") @DefaultValue("") String batch,
            @Context ContainerRequestContext request) {
        CodeKind kind = kind(route);
        String wanted = batch.strip();
        audit.record(
                Callers.require(request).username(),
                "code.export",
                subject(wanted),
                kind.name().toLowerCase(Locale.ROOT));
        return CodeCsv.stored(
                kind,
                after -> wanted.isEmpty() ? codes.unused(kind, after) : codes.ofBatch(kind, wanted, after),
                users::names);
    }

    /** Somebody may ask for a code in place of a batch, and no code may be written there. */
    private static String subject(String batch) {
        if (batch.isEmpty()) {
            return "all unused";
        }
        return BATCH.matcher(batch).matches() ? "batch " + batch : "some batch";
    }

    private CodeOrder order(CodeKind kind, @Nullable Order order) {
        if (order == null || order.quota() == null || order.number() == null) {
            throw new IllegalArgumentException(BAD_REQUEST);
        }
        return new CodeOrder(
                kind,
                order.type(),
                Credits.toMicro(order.quota()),
                whole("number", order.number()),
                order.maxUses() == null ? 1 : whole("max_uses", order.maxUses()),
                SeedTimes.future("expires_at", order.expiresAt(), clock.instant()));
    }

    private static long whole(String name, BigDecimal value) {
        try {
            return value.longValueExact();
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(name + " must be a whole number", e);
        }
    }

    private static Map<String, @Nullable Object> generated(String message, @Nullable CodeBatch batch) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("message", message);
        fields.put("data", batch == null ? null : batch.codes());
        if (batch != null) {
            fields.put("batch", batch.id());
        }
        return fields;
    }

    private static Map<String, @Nullable Object> row(CodeKind kind, CodeRow row, Map<Long, String> names) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("code", row.code());
        fields.put("quota", Credits.toDecimal(row.micro()));
        if (kind == CodeKind.GIFT) {
            fields.put("type", row.type());
        }
        fields.put("used", row.usedUp());
        fields.put("created_at", SeedTimes.printOrNull(row.createdAt()));
        fields.put("updated_at", SeedTimes.printOrNull(row.usedAt() == null ? row.createdAt() : row.usedAt()));
        fields.put("username", row.usedBy() == null ? NOBODY : names.getOrDefault(row.usedBy(), NOBODY));
        fields.put("max_uses", row.maxUses());
        fields.put("uses", row.uses());
        fields.put("expires_at", SeedTimes.printOrNull(row.expiresAt()));
        fields.put("batch", row.batch());
        return fields;
    }

    private static CodeKind kind(String route) {
        return route.equals("invitation") ? CodeKind.GIFT : CodeKind.REDEEM;
    }

    private static int number(String page) {
        try {
            return Math.clamp(Long.parseLong(page.strip()), 0, MAX_PAGE);
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
