package io.patchbay.accounts;

import io.patchbay.foundation.seed.SeedAnswer;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /admin/audit?before=&limit=}: the audit log, newest first, as {@code {"data":[..],"next":id or null}}; the
 * value of {@code next} is the {@code before} of the next page.
 */
@Path("/admin/audit")
@AdminOnly
public final class AuditResource {
    private final AuditLog audit;

    public AuditResource(AuditLog audit) {
        this.audit = audit;
    }

    @GET
    public Response list(
            @QueryParam("before") @Nullable Long before, @QueryParam("limit") @DefaultValue("50") int limit) {
        int most = Math.clamp(limit, 1, AuditLog.MAX_PAGE);
        List<AuditLog.Entry> entries = audit.newest(before == null ? Long.MAX_VALUE : before, most);
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("data", entries);
        body.put("next", entries.size() < most ? null : entries.getLast().id());
        return SeedAnswer.json(body);
    }
}
