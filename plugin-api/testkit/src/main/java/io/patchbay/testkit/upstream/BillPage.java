package io.patchbay.testkit.upstream;

import io.patchbay.spi.json.JsonArray;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Prints an upstream's own count as JSON, for tests that run it in a process of its own. */
final class BillPage {
    private BillPage() {}

    static JsonObject of(ScriptedUpstream upstream, boolean everyCharge) {
        List<Charge> charges = upstream.bill();
        Map<String, long[]> byModel = new TreeMap<>();
        long[] all = new long[3];
        List<JsonValue> listed = new ArrayList<>();
        for (Charge charge : charges) {
            long[] counts = byModel.computeIfAbsent(charge.model(), ignored -> new long[3]);
            for (long[] sums : List.of(counts, all)) {
                sums[0]++;
                sums[1] += charge.input();
                sums[2] += charge.output();
            }
            if (everyCharge) {
                listed.add(JsonObject.builder()
                        .put("request", charge.request())
                        .put("id", charge.answerId())
                        .put("model", charge.model())
                        .put("input", charge.input())
                        .put("output", charge.output())
                        .put("usage_sent", charge.usageSent())
                        .put("outcome", charge.outcome().name().toLowerCase(Locale.ROOT))
                        .build());
            }
        }
        JsonObject.Builder models = JsonObject.builder();
        byModel.forEach((model, counts) -> models.put(model, sums(counts)));
        JsonObject.Builder page = JsonObject.builder()
                .put("requests", upstream.requests())
                .put("open_connections", upstream.openConnections())
                .put("active", upstream.active())
                .put("cancelled", upstream.cancelled().size())
                .put("totals", sums(all))
                .put("models", models.build());
        return everyCharge ? page.put("charges", new JsonArray(listed)).build() : page.build();
    }

    private static JsonObject sums(long[] counts) {
        return JsonObject.builder()
                .put("charges", counts[0])
                .put("input", counts[1])
                .put("output", counts[2])
                .build();
    }
}
