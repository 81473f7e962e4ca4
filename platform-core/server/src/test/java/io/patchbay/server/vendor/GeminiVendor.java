package io.patchbay.server.vendor;

import io.patchbay.spi.json.JsonArray;
import io.patchbay.spi.json.JsonException;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import io.patchbay.testkit.upstream.ReceivedRequest;
import io.patchbay.testkit.upstream.Script;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Google's Gemini API: the key in a header, the model in the address, and a body without a member it does not know. */
public final class GeminiVendor implements Vendor {
    private static final String USAGE =
            "\"usageMetadata\":{\"promptTokenCount\":9,\"candidatesTokenCount\":4,\"totalTokenCount\":13}";

    private static final Set<String> MEMBERS = Set.of(
            "contents",
            "systemInstruction",
            "tools",
            "toolConfig",
            "safetySettings",
            "generationConfig",
            "cachedContent");

    @Override
    public String plugin() {
        return "gemini";
    }

    @Override
    public String type() {
        return "palm";
    }

    @Override
    public String model() {
        return "gemini-3.5-flash";
    }

    @Override
    public String secret() {
        return "AIzaVendorKey-0123456789";
    }

    @Override
    public Script answer(ReceivedRequest request) {
        if (!secret().equals(request.header("x-goog-api-key"))
                || request.query().contains("key=")) {
            return error(400, "INVALID_ARGUMENT", "API key not valid. Please pass a valid API key.", "API_KEY_INVALID");
        }
        String wrong = wrong(request);
        if (wrong != null) {
            return error(400, "INVALID_ARGUMENT", wrong, "");
        }
        return content(request, "/v1beta/models/" + model());
    }

    /** Answers a generateContent call at that place, streamed or whole. */
    static Script content(ReceivedRequest request, String place) {
        if (request.path().equals(place + ":generateContent")) {
            return Script.answer().json("{" + candidate(TEXT, true) + "," + USAGE + ",\"responseId\":\"g2\"}");
        }
        if (request.path().equals(place + ":streamGenerateContent")
                && request.query().equals("alt=sse")) {
            return Script.answer()
                    .sse(
                            "{" + candidate("Good ", false) + ",\"responseId\":\"g1\"}",
                            "{" + candidate("day, 世界!", false) + ",\"responseId\":\"g1\"}",
                            "{" + candidate("", true) + "," + USAGE + ",\"responseId\":\"g1\"}")
                    .endWithoutMarker()
                    .crlf();
        }
        return error(404, "NOT_FOUND", "models/x is not found for API version v1beta.", "");
    }

    private static String candidate(String text, boolean last) {
        return "\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"" + text + "\"}],\"role\":\"model\"},"
                + (last ? "\"finishReason\":\"STOP\"," : "") + "\"index\":0}]";
    }

    /** Returns what is wrong with a body, or {@code null}. */
    static @Nullable String wrong(ReceivedRequest request) {
        JsonObject body;
        try {
            body = request.json().asObject();
        } catch (JsonException e) {
            return "Invalid JSON payload received.";
        }
        for (String member : body.members().keySet()) {
            if (!MEMBERS.contains(member)) {
                return "Invalid JSON payload received. Unknown name \"" + member + "\": Cannot find field.";
            }
        }
        if (body.elements("contents").isEmpty()) {
            return "GenerateContentRequest.contents: contents is not specified";
        }
        for (JsonValue content : body.elements("contents")) {
            String role = content.string("role", "");
            if (!role.equals("user") && !role.equals("model")
                    || content.elements("parts").isEmpty()) {
                return "Please use a valid role: user, model.";
            }
        }
        return null;
    }

    static Script error(int code, String status, String message, String reason) {
        JsonObject detail = JsonObject.builder()
                .put("@type", "type.googleapis.com/google.rpc.ErrorInfo")
                .put("reason", reason)
                .put("domain", "googleapis.com")
                .build();
        JsonObject error = JsonObject.builder()
                .put("code", code)
                .put("message", message)
                .put("status", status)
                .put("details", new JsonArray(List.of(detail)))
                .build();
        return Script.answer(code).json(JsonObject.builder().put("error", error).build());
    }
}
