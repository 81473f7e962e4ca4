package io.patchbay.relay.record;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.accounts.AdminOnly;
import io.patchbay.accounts.AuditLog;
import io.patchbay.accounts.Callers;
import io.patchbay.foundation.json.Json;
import io.patchbay.foundation.problem.Problem;
import io.patchbay.foundation.seed.SeedAnswer;
import io.patchbay.foundation.setting.LiveSetting;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/** {@code /admin/record/settings}: how long request records are kept, as {@code {"days":90}}. */
@Path("/admin/record/settings")
@AdminOnly
public final class RecordAdminResource {
    private final LiveSetting<RecordRetention> retention;
    private final AuditLog audit;

    /** Creates the resource. */
    RecordAdminResource(LiveSetting<RecordRetention> retention, AuditLog audit) {
        this.retention = retention;
        this.audit = audit;
    }

    /** Returns the settings. */
    @GET
    public Response settings() {
        return SeedAnswer.json(retention.current());
    }

    /** Changes the settings, from the next sweep on, and returns them. Refusals are problem documents. */
    @POST
    public Response change(String body, @Context ContainerRequestContext request) {
        RecordRetention wanted = wanted(body);
        RecordRetention stored = retention.update(before -> wanted);
        audit.record(
                Callers.require(request).username(),
                "record.retention",
                "request records",
                stored.kept() == 0 ? "kept for ever" : "kept for " + stored.kept() + " days");
        return SeedAnswer.json(stored);
    }

    private static RecordRetention wanted(String body) {
        JsonNode days;
        try {
            JsonNode form = Json.mapper().readTree(body);
            days = form.path("days");
        } catch (JsonProcessingException e) {
            throw Problem.badRequest("The body is not valid JSON: expected {\"days\": number}.");
        }
        if (!days.isIntegralNumber() || !days.canConvertToInt()) {
            throw Problem.badRequest("days: expected a whole number, 0 to keep records for ever.");
        }
        try {
            return new RecordRetention(days.intValue());
        } catch (IllegalArgumentException e) {
            throw Problem.badRequest(String.valueOf(e.getMessage()));
        }
    }
}
