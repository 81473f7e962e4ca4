package io.patchbay.relay.record;

import io.patchbay.accounts.ApiKeys;
import io.patchbay.accounts.Caller;
import io.patchbay.accounts.Callers;
import io.patchbay.accounts.SignedIn;
import io.patchbay.accounts.UserDirectory;
import io.patchbay.billing.Credits;
import io.patchbay.foundation.problem.Problem;
import io.patchbay.foundation.seed.SeedAnswer;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * The request log: {@code /record/view} and {@code /record/stats} as the 4.x client calls them, and an export. Users see
 * their own lines, administrators those of all, with channels when they want to.
 */
@Path("/record")
public final class RecordResource {
    private static final int MOST_EXPORTS = 4;

    private final Records records;
    private final UserDirectory users;
    private final ApiKeys keys;
    private final Semaphore exports = new Semaphore(MOST_EXPORTS);

    /** Creates the resource; names come from the accounts. */
    public RecordResource(Records records, UserDirectory users, ApiKeys keys) {
        this.records = records;
        this.users = users;
        this.keys = keys;
    }

    /**
     * Answers a page, newest first.
     *
     * @param page number of the page from 0; anything else counts as 0
     * @param body filters, all optional: {@code user_id}, {@code self}, {@code start_time}, {@code end_time},
     *     {@code token_name}, {@code model}, {@code type}, {@code channel}, {@code outcome}, {@code size},
     *     {@code show_channel}
     */
    @POST
    @Path("/view")
    @SignedIn(refusal = SignedIn.Refusal.MESSAGE)
    public Response view(
            @QueryParam("page") @DefaultValue("0") String page, String body, @Context ContainerRequestContext request) {
        try {
            RecordForm form = RecordForm.read(body, Callers.require(request));
            RecordQuery query = form.query(page);
            Records.Page found = records.page(query, keysOf(query));
            RecordNames names = RecordNames.of(found.lines(), users, keys);
            Map<String, Object> data = new LinkedHashMap<>();
            data.put("total", found.total());
            data.put("more", found.more());
            data.put("page", query.page());
            data.put("size", query.size());
            data.put(
                    "records",
                    found.lines().stream()
                            .map(line -> RecordJson.write(line, names, form.sight()))
                            .toList());
            return SeedAnswer.ok("data", data);
        } catch (IllegalArgumentException e) {
            return SeedAnswer.failMessage(String.valueOf(e.getMessage()));
        }
    }

    /**
     * Answers what was used today and this month in UTC, and in the last minute: of the caller, or for administrators of
     * the whole site, of {@code user_id} or of {@code self}.
     */
    @POST
    @Path("/stats")
    @SignedIn(refusal = SignedIn.Refusal.MESSAGE)
    public Response stats(String body, @Context ContainerRequestContext request) {
        try {
            Records.Stats stats = records.stats(
                    RecordForm.read(body, Callers.require(request)).userId());
            Map<String, Object> data = new LinkedHashMap<>();
            data.put("billing_today", Credits.toDecimal(stats.microToday()));
            data.put("billing_month", Credits.toDecimal(stats.microMonth()));
            data.put("request_today", stats.callsToday());
            data.put("request_month", stats.callsMonth());
            data.put("rpm", stats.callsMinute());
            data.put("tpm", stats.tokensMinute());
            return SeedAnswer.ok("data", data);
        } catch (IllegalArgumentException e) {
            return SeedAnswer.failMessage(String.valueOf(e.getMessage()));
        }
    }

    /**
     * Answers all lines as CSV, newest first and at most {@link Records#MOST_EXPORTED}; calls only, unless {@code type}
     * says otherwise. The filters of {@link #view} are parameters of the address. Refusals are problem documents.
     */
    @GET
    @Path("/export")
    @SignedIn(refusal = SignedIn.Refusal.PROBLEM)
    public Response export(@Context UriInfo uri, @Context ContainerRequestContext request) {
        Caller caller = Callers.require(request);
        RecordQuery query;
        List<Long> wanted;
        try {
            query = RecordForm.read(uri.getQueryParameters(), caller).export();
            wanted = keysOf(query);
        } catch (IllegalArgumentException e) {
            throw Problem.badRequest(String.valueOf(e.getMessage()));
        }
        StreamingOutput rows = out -> write(query, wanted, caller.admin(), out);
        return Response.ok(rows, "text/csv; charset=utf-8")
                .header("Content-Disposition", "attachment; filename=\"" + fileName(query) + "\"")
                .header("Cache-Control", "no-store")
                .build();
    }

    private void write(RecordQuery query, @Nullable List<Long> wanted, boolean operator, OutputStream out)
            throws IOException {
        if (!exports.tryAcquire()) {
            throw new Problem(
                    Problem.Kind.TOO_MANY, MOST_EXPORTS + " exports are under way; try again when one has ended");
        }
        try {
            out.write(RecordCsv.head(operator).getBytes(StandardCharsets.UTF_8));
            records.all(query, wanted, lines -> write(lines, operator, out));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } finally {
            exports.release();
        }
    }

    private void write(List<RecordLine> lines, boolean operator, OutputStream out) {
        RecordNames names = RecordNames.of(lines, users, keys);
        StringBuilder rows = new StringBuilder();
        lines.forEach(line -> rows.append(RecordCsv.row(line, names, operator)));
        try {
            out.write(rows.toString().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private @Nullable List<Long> keysOf(RecordQuery query) {
        return query.tokenName().isEmpty() ? null : RecordNames.keysOf(query, keys);
    }

    /** Open ends of the time range are left out. */
    private static String fileName(RecordQuery query) {
        StringBuilder name = new StringBuilder("records");
        if (query.from() > 0) {
            name.append("-from-").append(RecordTimes.date(query.from()));
        }
        if (query.until() < Long.MAX_VALUE) {
            name.append("-to-").append(RecordTimes.date(query.until() - 1));
        }
        return name.append(".csv").toString();
    }
}
