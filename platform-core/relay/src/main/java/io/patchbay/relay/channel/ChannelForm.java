package io.patchbay.relay.channel;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.foundation.json.Json;
import io.patchbay.relay.address.AddressRefused;
import io.patchbay.relay.exchange.ProxySetting;
import io.patchbay.spi.Secret;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The channel object of the seed's administration API. Secrets go out masked and come in whole; a masked line, or
 * header, that comes back means the one that is stored. Fields this server does not know are kept and given back.
 */
final class ChannelForm {
    private static final String MASK = KeyMask.HIDDEN;
    private static final int MAX_EXTRA = 64;
    private static final int MAX_TEXT = 200_000;
    private static final Set<String> KNOWN = Set.of(
            "id",
            "name",
            "type",
            "priority",
            "weight",
            "models",
            "retry",
            "secret",
            "endpoint",
            "mapper",
            "state",
            "group",
            "proxy");

    private ChannelForm() {}

    /** Returns the object the console sees. */
    static ObjectNode write(Channel channel) {
        ObjectNode form = Json.mapper().createObjectNode();
        form.put("id", channel.id());
        form.put("name", channel.name());
        form.put("type", channel.type());
        form.put("priority", channel.priority());
        form.put("weight", channel.weight());
        channel.models().forEach(form.putArray("models")::add);
        form.put("retry", channel.attempts());
        form.put(
                "secret",
                String.join(
                        "\n", channel.keys().stream().map(ChannelForm::masked).toList()));
        form.put("endpoint", channel.endpoint());
        form.put("mapper", channel.mapping().text());
        form.put("state", channel.active());
        channel.groups().stream().sorted().forEach(form.putArray("group")::add);
        ObjectNode proxy = form.putObject("proxy");
        proxy.put("proxy_type", channel.proxy().type());
        proxy.put("proxy", channel.proxy().proxy());
        proxy.put("username", channel.proxy().username());
        proxy.put("password", channel.proxy().password().isEmpty() ? "" : MASK);
        channel.extra().forEach((name, text) -> {
            JsonNode stored = stored(text);
            form.set(name, HeaderMasks.is(name) ? HeaderMasks.shown(stored) : stored);
        });
        return form;
    }

    private static JsonNode stored(String text) {
        try {
            return Json.mapper().readTree(text);
        } catch (JsonProcessingException e) {
            return JsonNodeFactory.instance.textNode(text);
        }
    }

    /** Shows enough of a key to tell it from the others, and too little to guess the rest. */
    private static String masked(String key) {
        return KeyMask.of(key);
    }

    /**
     * Reads the object the console sends.
     *
     * @param before the channel it replaces, or {@code null} for a new one
     * @throws IllegalArgumentException with a sentence that names the field
     */
    static Channel read(JsonNode form, @Nullable Channel before) {
        Map<String, JsonNode> fields = new LinkedHashMap<>();
        form.properties().forEach(field -> fields.put(field.getKey().toLowerCase(Locale.ROOT), field.getValue()));
        String name = text(fields, "name").trim();
        String type = text(fields, "type").trim();
        if (name.isEmpty()) {
            throw new IllegalArgumentException("name: a channel needs a name");
        }
        if (type.isEmpty()) {
            throw new IllegalArgumentException("type: a channel needs a type, for example openai");
        }
        ProxySetting proxy = proxy(fields.get("proxy"), before);
        try {
            proxy.check();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("proxy: " + e.getMessage(), e);
        }
        return new Channel(
                0,
                limited("name", name, 255),
                limited("type", type, 64),
                integer(fields, "priority", 0),
                Math.max(1, integer(fields, "weight", 1)),
                trimmed(texts(fields, "models")),
                Math.clamp(integer(fields, "retry", 1), 1, 10),
                keys(text(fields, "secret"), before),
                endpoint(text(fields, "endpoint").trim()),
                ModelMapping.read(limited("mapper", text(fields, "mapper"), MAX_TEXT)),
                !fields.containsKey("state") || fields.get("state").asBoolean(true),
                new LinkedHashSet<>(trimmed(texts(fields, "group"))),
                proxy,
                extra(form, before));
    }

    /** Keys with the same mask (short ones) are told apart by their order. */
    private static List<String> keys(String secret, @Nullable Channel before) {
        Map<String, Deque<String>> stored = new HashMap<>();
        if (before != null) {
            before.keys()
                    .forEach(key -> stored.computeIfAbsent(masked(key), mask -> new ArrayDeque<>())
                            .add(key));
        }
        List<String> keys = new ArrayList<>();
        for (String line : ChannelCodec.lines(limited("secret", secret, MAX_TEXT))) {
            String known = stored.getOrDefault(line, new ArrayDeque<>()).poll();
            if (known == null && line.contains(MASK)) {
                throw new IllegalArgumentException("secret: \"" + line + "\" is masked and fits no stored key");
            }
            keys.add(known == null ? line : known);
        }
        return keys;
    }

    private static String endpoint(String endpoint) {
        try {
            EndpointCheck.check(limited("endpoint", endpoint, 2_000));
        } catch (AddressRefused e) {
            throw new IllegalArgumentException("endpoint: " + e.getMessage(), e);
        }
        return endpoint;
    }

    private static ProxySetting proxy(@Nullable JsonNode node, @Nullable Channel before) {
        if (node == null || !node.isObject()) {
            return ProxySetting.NONE;
        }
        String password = node.path("password").asText("");
        if (password.equals(MASK) && before != null) {
            password = before.proxy().password().reveal();
        }
        return new ProxySetting(
                node.path("proxy_type").asInt(0),
                node.path("proxy").asText("").trim(),
                node.path("username").asText("").trim(),
                Secret.of(password));
    }

    private static Map<String, String> extra(JsonNode form, @Nullable Channel before) {
        Map<String, String> extra = new LinkedHashMap<>();
        form.properties().forEach(field -> {
            String name = field.getKey();
            if (!KNOWN.contains(name.toLowerCase(Locale.ROOT))) {
                JsonNode value = HeaderMasks.is(name)
                        ? HeaderMasks.restored(field.getValue(), headers(before))
                        : field.getValue();
                extra.put(limited("field name", name, 100), value.toString());
            }
        });
        if (extra.size() > MAX_EXTRA) {
            throw new IllegalArgumentException("a channel may have at most " + MAX_EXTRA + " further fields");
        }
        extra.forEach((name, value) -> limited(name, value, MAX_TEXT));
        return extra;
    }

    private static @Nullable JsonNode headers(@Nullable Channel before) {
        return before == null
                ? null
                : before.extra().entrySet().stream()
                        .filter(field -> HeaderMasks.is(field.getKey()))
                        .map(field -> stored(field.getValue()))
                        .findFirst()
                        .orElse(null);
    }

    private static String text(Map<String, JsonNode> fields, String name) {
        JsonNode node = fields.get(name);
        if (node == null || node.isNull()) {
            return "";
        }
        if (!node.isValueNode()) {
            throw new IllegalArgumentException(name + ": expected a text");
        }
        return node.asText();
    }

    private static int integer(Map<String, JsonNode> fields, String name, int fallback) {
        JsonNode node = fields.get(name);
        if (node == null || node.isNull()) {
            return fallback;
        }
        if (!node.isNumber() || !node.canConvertToInt()) {
            throw new IllegalArgumentException(name + ": expected a whole number");
        }
        return node.asInt();
    }

    private static List<String> texts(Map<String, JsonNode> fields, String name) {
        JsonNode node = fields.get(name);
        if (node == null || node.isNull()) {
            return List.of();
        }
        if (!(node instanceof ArrayNode array)) {
            throw new IllegalArgumentException(name + ": expected a list of texts");
        }
        List<String> texts = new ArrayList<>();
        array.forEach(element -> texts.add(element.asText()));
        return texts;
    }

    private static List<String> trimmed(List<String> texts) {
        return texts.stream()
                .map(String::trim)
                .filter(text -> !text.isEmpty())
                .distinct()
                .toList();
    }

    private static String limited(String field, String text, int max) {
        if (text.length() > max) {
            throw new IllegalArgumentException(field + ": at most " + max + " characters, found " + text.length());
        }
        return text;
    }
}
