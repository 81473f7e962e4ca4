package io.patchbay.dialects.gemini;

import io.patchbay.dialects.gemini.GeminiFacts.Candidate;
import io.patchbay.spi.json.JsonArray;
import io.patchbay.spi.json.JsonNumber;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a candidate says beside its content, in the words of the OpenAI dialect: sources and log probabilities. */
final class Findings {
    private Findings() {}

    /** Returns members for the client, maybe none. A source that was told before is not told again. */
    static JsonObject of(JsonObject object, Candidate candidate) {
        JsonObject.Builder members = JsonObject.builder();
        List<JsonValue> sources = new ArrayList<>();
        JsonValue grounding = object.get("groundingMetadata");
        if (grounding != null) {
            for (JsonValue chunk : grounding.elements("groundingChunks")) {
                for (String kind : new String[] {"web", "retrievedContext", "maps"}) {
                    cite(sources, chunk.get(kind), candidate);
                }
            }
        }
        JsonValue citations = object.get("citationMetadata");
        if (citations != null) {
            citations.elements("citationSources").forEach(source -> cite(sources, source, candidate));
            citations.elements("citations").forEach(source -> cite(sources, source, candidate));
        }
        if (!sources.isEmpty()) {
            members.put("annotations", new JsonArray(sources));
        }
        JsonValue logprobs = object.get("logprobsResult");
        if (logprobs != null && !logprobs.elements("chosenCandidates").isEmpty()) {
            members.put("logprobs", logprobs(logprobs));
        }
        return members.build();
    }

    /** Positions are left out: Google counts bytes of a part, clients count characters of the whole text. */
    private static void cite(List<JsonValue> sources, @Nullable JsonValue source, Candidate candidate) {
        String uri = source == null ? null : source.string("uri");
        if (source == null || uri == null || !candidate.cited.add(uri)) {
            return;
        }
        sources.add(JsonObject.builder()
                .put("type", "url_citation")
                .put(
                        "url_citation",
                        JsonObject.builder()
                                .put("url", uri)
                                .put("title", source.string("title", uri))
                                .build())
                .build());
    }

    private static JsonObject logprobs(JsonValue result) {
        List<JsonValue> tokens = new ArrayList<>();
        List<JsonValue> alternatives = result.elements("topCandidates");
        for (JsonValue chosen : result.elements("chosenCandidates")) {
            List<JsonValue> top = new ArrayList<>();
            if (tokens.size() < alternatives.size()) {
                alternatives
                        .get(tokens.size())
                        .elements("candidates")
                        .forEach(one -> top.add(token(one).build()));
            }
            tokens.add(token(chosen).put("top_logprobs", new JsonArray(top)).build());
        }
        return JsonObject.builder().put("content", new JsonArray(tokens)).build();
    }

    private static JsonObject.Builder token(JsonValue one) {
        String text = one.string("token", "");
        List<JsonValue> bytes = new ArrayList<>();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            bytes.add(new JsonNumber(Integer.toString(b & 0xFF)));
        }
        JsonValue probability = one.get("logProbability");
        return JsonObject.builder()
                .put("token", text)
                .put("logprob", probability == null || probability.number() == null ? JsonValue.of(0) : probability)
                .put("bytes", new JsonArray(bytes));
    }
}
