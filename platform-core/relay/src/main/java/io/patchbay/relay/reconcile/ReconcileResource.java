package io.patchbay.relay.reconcile;

import io.patchbay.accounts.AdminOnly;
import io.patchbay.foundation.problem.Problem;
import io.patchbay.foundation.seed.SeedAnswer;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * {@code /admin/billing/reconcile}: request records beside a provider's usage export. Changes nothing and keeps nothing
 * of the export. Refusals are problem documents.
 */
@Path("/admin/billing/reconcile")
@AdminOnly
public final class ReconcileResource {
    /** The largest export, in bytes. */
    static final int MOST_BYTES = 8 * 1024 * 1024;

    private static final int MOST_REPORTS = 2;
    private static final MediaType CSV = new MediaType("text", "csv");

    private final Reconciliation reconciliation;
    private final Semaphore reports = new Semaphore(MOST_REPORTS);

    /** Creates the resource. */
    public ReconcileResource(Reconciliation reconciliation) {
        this.reconciliation = reconciliation;
    }

    /**
     * Compares. Answers JSON, or CSV when {@code format} or the {@code Accept} header says so.
     *
     * @param channel a channel's number, or {@code all}
     * @param from the first day, {@code YYYY-MM-DD}; usually the first of the export
     * @param to the last day, which counts; usually the last of the export
     * @param zone where days begin and end, usually UTC
     * @param tolerance by how many percent ours may differ and still agree, usually 0
     * @param format {@code json} or {@code csv}
     * @param body the export as CSV or JSON; the content type says which, and if it does not, the first character
     */
    @POST
    public Response reconcile(
            @QueryParam("channel") @Nullable String channel,
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to,
            @QueryParam("zone") @Nullable String zone,
            @QueryParam("tolerance") @Nullable String tolerance,
            @QueryParam("format") @Nullable String format,
            InputStream body,
            @Context HttpHeaders headers,
            @Context ContainerRequestContext request)
            throws IOException {
        if (!reports.tryAcquire()) {
            throw new Problem(
                    Problem.Kind.TOO_MANY, MOST_REPORTS + " reports are being made; try again when one is done");
        }
        try {
            ReconcileQuery query = ReconcileQuery.read(channel, from, to, zone, tolerance);
            boolean csv = wantsCsv(format, headers);
            byte[] export = read(body, request.getLength());
            ReconcileReport report = reconciliation.report(
                    query,
                    isJson(request.getMediaType(), export)
                            ? ExportReader.json(export, query.zone())
                            : ExportReader.csv(export, query.zone()));
            return csv ? csv(report) : json(report);
        } catch (IllegalArgumentException e) {
            throw Problem.badRequest(String.valueOf(e.getMessage()));
        } finally {
            reports.release();
        }
    }

    private static byte[] read(InputStream body, int declared) throws IOException {
        byte[] export = declared > MOST_BYTES ? new byte[0] : body.readNBytes(MOST_BYTES + 1);
        if (declared > MOST_BYTES || export.length > MOST_BYTES) {
            throw new Problem(
                    Problem.Kind.TOO_LARGE,
                    "The export is larger than " + MOST_BYTES + " bytes; send it in parts, by days or by models.");
        }
        return export;
    }

    private static boolean isJson(@Nullable MediaType type, byte[] export) {
        String subtype = type == null ? "" : type.getSubtype().toLowerCase(Locale.ROOT);
        return subtype.equals("json")
                || (!subtype.equals("csv")
                        && !subtype.equals("tab-separated-values")
                        && ExportReader.looksLikeJson(export));
    }

    private static boolean wantsCsv(@Nullable String format, HttpHeaders headers) {
        if (format != null && !format.isEmpty()) {
            return switch (format) {
                case "csv" -> true;
                case "json" -> false;
                default -> throw new IllegalArgumentException("format: expected json or csv");
            };
        }
        for (MediaType type : headers.getAcceptableMediaTypes()) {
            if (type.isCompatible(MediaType.APPLICATION_JSON_TYPE)) {
                return false;
            }
            if (type.isCompatible(CSV)) {
                return true;
            }
        }
        return false;
    }

    private static Response json(ReconcileReport report) {
        StreamingOutput answer = out -> ReportJson.write(report, out);
        return Response.ok(answer, SeedAnswer.JSON)
                .header("Cache-Control", "no-store")
                .build();
    }

    private static Response csv(ReconcileReport report) {
        StreamingOutput answer = out -> rows(report, out);
        return Response.ok(answer, "text/csv; charset=utf-8")
                .header(
                        "Content-Disposition",
                        "attachment; filename=\"reconcile-from-" + report.from() + "-to-" + report.to() + ".csv\"")
                .header("Cache-Control", "no-store")
                .build();
    }

    private static void rows(ReconcileReport report, OutputStream out) throws IOException {
        out.write(ReportCsv.head().getBytes(StandardCharsets.UTF_8));
        for (ReconcileReport.Line line : report.lines()) {
            out.write(ReportCsv.row(line).getBytes(StandardCharsets.UTF_8));
        }
    }
}
