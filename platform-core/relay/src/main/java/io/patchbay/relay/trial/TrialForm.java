package io.patchbay.relay.trial;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.foundation.json.Json;
import io.patchbay.foundation.problem.Problem;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what operators send. Every refusal names the field, what was expected and what was found. */
final class TrialForm {
    private static final int LONGEST_MODEL = 255;
    private static final Set<String> KNOWN = Set.of("model", "key", "stream", "prompt", "max_tokens", "timeout");

    private TrialForm() {}

    /** Reads a body that is a JSON object, or empty. */
    static ObjectNode object(@Nullable String body) {
        if (body == null || body.isBlank()) {
            return JsonNodeFactory.instance.objectNode();
        }
        try {
            if (Json.mapper().readTree(body) instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException e) {
            throw Problem.badRequest("The body is not JSON: " + e.getOriginalMessage());
        }
        throw Problem.badRequest("Expected a JSON object.");
    }

    /** Reads an order; what is missing is as usual. */
    static TrialOrder order(ObjectNode form) {
        form.fieldNames().forEachRemaining(name -> {
            if (!KNOWN.contains(name)) {
                throw Problem.badRequest(
                        name + ": there is no such field; a trial has model, key, stream, prompt, max_tokens, timeout");
            }
        });
        String model = text(form, "model", LONGEST_MODEL);
        String prompt = text(form, "prompt", TrialOrder.LONGEST_PROMPT);
        Integer tokens = whole(form, "max_tokens", 1, TrialOrder.MOST_TOKENS);
        Integer seconds = whole(form, "timeout", 1, (int) TrialOrder.MOST_PATIENCE.toSeconds());
        return new TrialOrder(
                model == null ? null : model.strip(),
                whole(form, "key", 0, Integer.MAX_VALUE),
                stream(form),
                prompt == null ? TrialOrder.PROMPT : prompt,
                tokens == null ? TrialOrder.TOKENS : tokens,
                seconds == null ? TrialOrder.PATIENCE : Duration.ofSeconds(seconds));
    }

    /** Reads the place of a key in an address. */
    static @Nullable Integer key(@Nullable String query) {
        if (query == null || query.isBlank()) {
            return null;
        }
        try {
            return Integer.valueOf(query.strip());
        } catch (NumberFormatException e) {
            throw Problem.badRequest("key: expected the place of a key among the channel's, from 0");
        }
    }

    private static boolean stream(JsonNode form) {
        JsonNode node = form.get("stream");
        if (node == null || node.isNull()) {
            return true;
        }
        if (!node.isBoolean()) {
            throw Problem.badRequest("stream: expected true or false");
        }
        return node.asBoolean();
    }

    /** A text without anything to read counts as missing. */
    private static @Nullable String text(JsonNode form, String name, int longest) {
        JsonNode node = form.get(name);
        if (node == null || node.isNull()) {
            return null;
        }
        if (!node.isTextual()) {
            throw Problem.badRequest(name + ": expected a text");
        }
        String text = node.asText();
        if (text.length() > longest) {
            throw Problem.badRequest(name + ": expected at most " + longest + " characters, found " + text.length());
        }
        return text.isBlank() ? null : text;
    }

    private static @Nullable Integer whole(JsonNode form, String name, int least, int most) {
        JsonNode node = form.get(name);
        if (node == null || node.isNull()) {
            return null;
        }
        if (!node.isIntegralNumber() || !node.canConvertToInt() || node.asInt() < least || node.asInt() > most) {
            String end = most == Integer.MAX_VALUE ? "" : " to " + most;
            throw Problem.badRequest(name + ": expected a whole number from " + least + end);
        }
        return node.asInt();
    }
}
