package io.patchbay.relay.reconcile;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.billing.Credits;
import io.patchbay.foundation.json.Json;
import io.patchbay.relay.reconcile.ReconcileReport.Difference;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** A report as JSON, written line by line because it may be long. */
final class ReportJson {
    private ReportJson() {}

    /** Writes the whole answer; does not close the stream. */
    static void write(ReconcileReport report, OutputStream out) throws IOException {
        try (JsonGenerator json = Json.mapper().getFactory().createGenerator(out)) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            json.writeStartObject();
            json.writeBooleanField("status", true);
            json.writeObjectFieldStart("data");
            json.writeStringField("zone", report.zone().getId());
            json.writeStringField("from", report.from().toString());
            json.writeStringField("to", report.to().toString());
            json.writeStringField("currency", report.currency());
            json.writeNumberField("outside", report.outside());
            json.writeArrayFieldStart("lines");
            for (ReconcileReport.Line line : report.lines()) {
                json.writeTree(line(line));
            }
            json.writeEndArray();
            json.writeFieldName("totals");
            json.writeTree(totals(report.totals()));
            json.writeBooleanField("agrees", report.agrees());
            json.writeEndObject();
            json.writeEndObject();
        }
    }

    private static ObjectNode line(ReconcileReport.Line line) {
        ObjectNode json = Json.mapper().createObjectNode();
        json.put("day", line.day().toString()).put("model", line.model());
        json.put("their_model", line.theirs() == null ? null : line.theirModel());
        json.set("ours", ours(line.ours()));
        json.set("theirs", theirs(line.theirs()));
        json.set("difference", difference(line.difference()));
        return json.put("verdict", line.verdict().label());
    }

    private static ObjectNode totals(ReconcileReport.Totals totals) {
        ObjectNode json = Json.mapper().createObjectNode();
        json.set("ours", ours(totals.ours()));
        json.set("theirs", theirs(totals.theirs()));
        json.set("difference", difference(Difference.of(totals.ours(), totals.theirs())));
        ObjectNode verdicts = json.putObject("lines");
        totals.verdicts().forEach((verdict, count) -> verdicts.put(verdict.label(), count));
        return json;
    }

    private static ObjectNode ours(OurUsage usage) {
        return Json.mapper()
                .createObjectNode()
                .put("requests", usage.requests())
                .put("input", usage.input())
                .put("output", usage.output())
                .put("cached", usage.cached())
                .put("credits", Credits.toDecimal(usage.micro()))
                .put("estimated", usage.estimated());
    }

    private static @Nullable ObjectNode theirs(@Nullable TheirUsage usage) {
        return usage == null
                ? null
                : Json.mapper()
                        .createObjectNode()
                        .put("requests", usage.requests())
                        .put("input", usage.input())
                        .put("output", usage.output())
                        .put("cached", usage.cached())
                        .put("cost", usage.cost());
    }

    private static ObjectNode difference(Difference difference) {
        return Json.mapper()
                .createObjectNode()
                .put("requests", difference.requests())
                .put("input", difference.input())
                .put("output", difference.output());
    }
}
