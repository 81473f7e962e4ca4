package io.patchbay.relay.channel;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.foundation.json.Json;
import io.patchbay.relay.exchange.Egress;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The field of the form with the operator's headers, as the console sees it: values of headers that usually hold a
 * credential are masked, and a masked one that comes back means the value that is stored.
 */
final class HeaderMasks {
    static final String FIELD = "header_override";

    private HeaderMasks() {}

    /** Returns whether a further field of the form is this one. */
    static boolean is(String field) {
        return field.equalsIgnoreCase(FIELD);
    }

    /**
     * Returns the field with masked values.
     *
     * @param stored an object, or a text that holds one; anything else is masked as a whole
     */
    static JsonNode shown(JsonNode stored) {
        if (stored.isNull() || (stored.isTextual() && stored.asText().isBlank())) {
            return stored;
        }
        ObjectNode headers = object(stored);
        if (headers == null) {
            return JsonNodeFactory.instance.textNode(KeyMask.HIDDEN);
        }
        ObjectNode shown = Json.mapper().createObjectNode();
        headers.properties().forEach(header -> {
            if (Egress.isCredential(header.getKey())) {
                shown.put(header.getKey(), KeyMask.of(header.getValue().asText()));
            } else {
                shown.set(header.getKey(), header.getValue());
            }
        });
        return formOf(stored, shown);
    }

    /**
     * Returns the field with the stored values in place of masked ones; names are compared in any case.
     *
     * @param before the stored field, {@code null} when there is none
     * @throws IllegalArgumentException with a sentence when a masked value fits no stored one
     */
    static JsonNode restored(JsonNode came, @Nullable JsonNode before) {
        ObjectNode headers = object(came);
        if (headers == null) {
            return came;
        }
        Map<String, JsonNode> stored = new HashMap<>();
        ObjectNode known = before == null ? null : object(before);
        if (known != null) {
            known.properties().forEach(header -> stored.put(lower(header.getKey()), header.getValue()));
        }
        ObjectNode restored = Json.mapper().createObjectNode();
        headers.properties().forEach(header -> {
            String name = header.getKey();
            JsonNode value = header.getValue();
            if (Egress.isCredential(name) && value.asText().contains(KeyMask.HIDDEN)) {
                value = stored.get(lower(name));
                if (value == null
                        || !KeyMask.of(value.asText()).equals(header.getValue().asText())) {
                    throw new IllegalArgumentException(
                            FIELD + ": the value of " + name + " is masked and fits no stored one; write it in full");
                }
            }
            restored.set(name, value);
        });
        return formOf(came, restored);
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private static JsonNode formOf(JsonNode given, ObjectNode headers) {
        return given.isTextual() ? JsonNodeFactory.instance.textNode(headers.toString()) : headers;
    }

    private static @Nullable ObjectNode object(JsonNode field) {
        JsonNode node = field;
        if (node.isTextual()) {
            try {
                node = Json.mapper().readTree(node.asText());
            } catch (JsonProcessingException e) {
                return null;
            }
        }
        return node instanceof ObjectNode object ? object : null;
    }
}
