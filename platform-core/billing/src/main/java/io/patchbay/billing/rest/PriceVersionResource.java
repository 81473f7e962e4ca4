package io.patchbay.billing.rest;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.patchbay.accounts.AdminOnly;
import io.patchbay.accounts.AuditLog;
import io.patchbay.accounts.Callers;
import io.patchbay.billing.price.PriceBook;
import io.patchbay.billing.price.PriceVersion;
import io.patchbay.foundation.seed.SeedAnswer;
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
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The versions of the price list, for administrators. Answers as {@link ChargeAdminResource} does. */
@Path("/admin/charge/versions")
@AdminOnly
public final class PriceVersionResource {
    private static final int PAGE_SIZE = 10;
    private static final int MAX_PAGE = 100_000_000;
    private static final String NOT_FOUND = "price version not found";

    private final PriceBook prices;
    private final AuditLog audit;

    /** A line of the list. */
    record Line(
            long version,
            @JsonProperty("created_at") Instant createdAt,
            int rules,
            Map<String, BigDecimal> groups,
            boolean current) {}

    /** Makes the resource over a price list; changes are recorded in the audit log. */
    public PriceVersionResource(PriceBook prices, AuditLog audit) {
        this.prices = prices;
        this.audit = audit;
    }

    /**
     * Answers ten versions, newest first; {@code total} counts pages, as other lists do.
     *
     * @param page number of the page from 0; anything else counts as 0
     */
    @GET
    public Response list(@QueryParam("page") @DefaultValue("0") String page) {
        long total = prices.versionCount();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("total", (total + PAGE_SIZE - 1) / PAGE_SIZE);
        fields.put(
                "data",
                prices.versions((long) pageNumber(page) * PAGE_SIZE, PAGE_SIZE).stream()
                        .map(version -> new Line(
                                version.version(),
                                version.createdAt(),
                                version.rules().size(),
                                new TreeMap<>(version.groups()),
                                version.version() == prices.version()))
                        .toList());
        return SeedAnswer.ok(fields);
    }

    /** Answers what a version said. */
    @GET
    @Path("{version}")
    public Response version(@PathParam("version") String number) {
        Optional<PriceVersion> version = number(number).flatMap(prices::version);
        return version.isPresent() ? SeedAnswer.ok("data", version.get()) : SeedAnswer.fail(NOT_FOUND);
    }

    /** Makes a new version with what an earlier one said. */
    @POST
    @Path("{version}/restore")
    public Response restore(@PathParam("version") String number, @Context ContainerRequestContext request) {
        Optional<Long> version = number(number);
        if (version.isEmpty() || !prices.restore(version.get())) {
            return SeedAnswer.fail(NOT_FOUND);
        }
        audit.record(Callers.require(request).username(), "price.restore", "prices", "version " + version.get());
        return SeedAnswer.ok("error", "");
    }

    private static Optional<Long> number(String text) {
        try {
            return Optional.of(Long.parseLong(text));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static int pageNumber(String text) {
        return number(text)
                .filter(page -> page > 0 && page <= MAX_PAGE)
                .orElse(0L)
                .intValue();
    }
}
