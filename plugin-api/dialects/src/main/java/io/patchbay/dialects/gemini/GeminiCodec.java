package io.patchbay.dialects.gemini;

import io.patchbay.dialects.ChatDecoder;
import io.patchbay.dialects.UpstreamCodec;
import io.patchbay.spi.Dialect;
import io.patchbay.spi.Profile;
import io.patchbay.spi.chat.ChatRequest;
import io.patchbay.spi.json.JsonArray;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonString;
import io.patchbay.spi.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The upstream's half of Google's generateContent. The model and whether to stream are said by the address, so neither
 * is in the body. What a request looks like depends on the model's name, see {@link GeminiModel}.
 *
 * <p>Pictures in answers become Markdown images with a data URL, code that was executed becomes fenced blocks. Thought
 * signatures become entries of {@code reasoning_details} and are sent back from there.
 */
public final class GeminiCodec implements UpstreamCodec {
    @Override
    public Dialect dialect() {
        return Dialect.GEMINI_CONTENT;
    }

    @Override
    public JsonObject writeRequest(ChatRequest request, String model, boolean stream) {
        return WrittenRequest.of(request, model).body();
    }

    @Override
    public Set<String> unmapped(ChatRequest request, String model) {
        return WrittenRequest.of(request, model).lost();
    }

    @Override
    public ChatDecoder decoder(Profile profile) {
        return new GeminiDecoder(profile, false);
    }

    @Override
    public ChatDecoder wholeDecoder(Profile profile) {
        return new GeminiDecoder(profile, true);
    }

    /** Returns a request without the ids of calls and results, which Vertex AI refuses in some versions. */
    public static JsonObject withoutCallIds(JsonObject body) {
        return changed(body, (part, first) -> {
            for (String kind : new String[] {"functionCall", "functionResponse"}) {
                if (part.get(kind) instanceof JsonObject call && call.has("id")) {
                    return part.toBuilder()
                            .put(kind, call.toBuilder().remove("id").build())
                            .build();
                }
            }
            return part;
        });
    }

    /**
     * Returns a request without thought signatures, for an upstream that refuses them because it did not make them;
     * where one must be, the placeholder stands. Returns an equal request when there is nothing to change.
     */
    public static JsonObject withoutSignatures(JsonObject body) {
        return changed(body, (part, first) -> {
            JsonObject.Builder bare = part.toBuilder().remove("thoughtSignature");
            if (first) {
                bare.put("thoughtSignature", new JsonString(Signatures.PLACEHOLDER));
            }
            return bare.build();
        });
    }

    private interface Change {
        /** Returns another part. */
        JsonObject of(JsonObject part, boolean firstCall);
    }

    private static JsonObject changed(JsonObject body, Change change) {
        List<JsonValue> contents = new ArrayList<>();
        for (JsonValue content : body.elements("contents")) {
            List<JsonValue> parts = new ArrayList<>();
            boolean called = false;
            for (JsonValue part : content.elements("parts")) {
                boolean call = part.get("functionCall") != null;
                parts.add(change.of(part.asObject(), call && !called));
                called |= call;
            }
            contents.add(content.asObject().toBuilder()
                    .put("parts", new JsonArray(parts))
                    .build());
        }
        return body.toBuilder().put("contents", new JsonArray(contents)).build();
    }
}
