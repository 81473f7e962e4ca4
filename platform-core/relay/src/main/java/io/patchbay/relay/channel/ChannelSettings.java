package io.patchbay.relay.channel;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import io.patchbay.foundation.config.RelayConfig.UnmappedFields;
import io.patchbay.foundation.json.Json;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an operator may say of a channel beyond the seed's fields. Each is a further field of the channel's form by the
 * name that its reader below uses; a missing or {@code null} field means the default.
 *
 * @param unmappedFields what happens with requests of which the upstream cannot take everything; {@code null} as the site
 *     does
 * @param firstMessageAsUser whether a first message of the assistant is sent as one of the user
 * @param mergeUserMessages whether neighbouring messages of the user are sent as one
 * @param headers headers that replace or join those of each request to the upstream, by name
 * @param parameters top-level fields that replace or join those of the client's request, as JSON text by name;
 *     {@code null} as text removes the field
 * @param firstToken until the first byte of an answer; {@code null} as the site does
 * @param stall between two chunks of an answer; {@code null} as the site does
 * @param channelCap how much the channel is used at most
 * @param keyCap how much each of its keys is used at most
 * @param cost what the channel costs compared with others, for routing by cost; 1 unless set
 */
public record ChannelSettings(
        @Nullable UnmappedFields unmappedFields,
        boolean firstMessageAsUser,
        boolean mergeUserMessages,
        Map<String, String> headers,
        Map<String, String> parameters,
        @Nullable Duration firstToken,
        @Nullable Duration stall,
        Cap channelCap,
        Cap keyCap,
        double cost) {
    private static final int MOST_OVERRIDES = 64;
    private static final int HIGHEST_CAP = 100_000;
    private static final double LONGEST_SECONDS = 24 * 3600;

    /** Headers that belong to the connection or to the host, not to the operator. */
    private static final Set<String> RESERVED_HEADERS = Set.of(
            "host",
            "content-length",
            "transfer-encoding",
            "connection",
            "upgrade",
            "accept-encoding",
            "proxy-authorization",
            "sec-websocket-key",
            "sec-websocket-version",
            "sec-websocket-extensions");

    /**
     * How much something is used at most; 0 stands for no limit.
     *
     * @param concurrent calls at the same time
     * @param perMinute calls begun in a minute
     */
    public record Cap(int concurrent, int perMinute) {
        public static final Cap NONE = new Cap(0, 0);
    }

    public ChannelSettings {
        headers = Map.copyOf(headers);
        parameters = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    /**
     * Reads the further fields of a channel.
     *
     * @param extra JSON texts by name
     * @throws IllegalArgumentException with a sentence that names the field
     */
    static ChannelSettings read(Map<String, String> extra) {
        Fields fields = new Fields(extra);
        return new ChannelSettings(
                unmapped(fields.text(Channel.UNMAPPED_FIELDS)),
                fields.flag("first_message_as_user"),
                fields.flag("merge_consecutive_user_messages"),
                headers(fields.object("header_override")),
                parameters(fields.object("param_override")),
                fields.seconds("first_token_timeout"),
                fields.seconds("stall_timeout"),
                new Cap(fields.count("max_concurrency"), fields.count("max_per_minute")),
                new Cap(fields.count("key_max_concurrency"), fields.count("key_max_per_minute")),
                fields.factor("cost"));
    }

    private static @Nullable UnmappedFields unmapped(String choice) {
        return switch (choice) {
            case "" -> null;
            case "report" -> UnmappedFields.REPORT;
            case "refuse" -> UnmappedFields.REFUSE;
            default -> throw new IllegalArgumentException(Channel.UNMAPPED_FIELDS + ": expected report or refuse");
        };
    }

    private static Map<String, String> headers(Map<String, JsonNode> object) {
        Map<String, String> headers = new LinkedHashMap<>();
        object.forEach((name, value) -> {
            if (!name.matches("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}")) {
                throw new IllegalArgumentException("header_override: \"" + name + "\" is no name of a header");
            }
            if (RESERVED_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
                throw new IllegalArgumentException("header_override: " + name + " is set by the server itself");
            }
            String text = value.asText();
            if (!value.isValueNode() || text.chars().anyMatch(c -> c < 0x20 || c == 0x7f)) {
                throw new IllegalArgumentException("header_override: " + name + ": expected a text in one line");
            }
            headers.put(name, text);
        });
        return headers;
    }

    private static Map<String, String> parameters(Map<String, JsonNode> object) {
        Map<String, String> parameters = new LinkedHashMap<>();
        object.forEach((name, value) -> {
            if (name.equals("model") || name.equals("messages") || name.equals("stream")) {
                throw new IllegalArgumentException("param_override: \"" + name + "\" cannot be replaced"
                        + (name.equals("model") ? "; use the model mapping" : ""));
            }
            if (!name.matches("[^\\p{Cntrl}\"\\\\]{1,100}")) {
                throw new IllegalArgumentException("param_override: \"" + name
                        + "\" is no name of a field: expected up to 100 characters without"
                        + " quotes, backslashes and control characters");
            }
            parameters.put(name, value.toString());
        });
        return parameters;
    }

    /** Reads fields whose names are compared in lower case, as all names of the form are. */
    private static final class Fields {
        private final Map<String, JsonNode> nodes = new LinkedHashMap<>();

        Fields(Map<String, String> extra) {
            extra.forEach((name, text) -> {
                try {
                    nodes.put(name.toLowerCase(Locale.ROOT), Json.mapper().readTree(text));
                } catch (JsonProcessingException e) {
                    throw new IllegalArgumentException(name + ": not valid JSON", e);
                }
            });
        }

        private @Nullable JsonNode find(String name) {
            JsonNode node = nodes.get(name.toLowerCase(Locale.ROOT));
            return node == null
                            || node.isNull()
                            || (node.isTextual() && node.asText().isBlank())
                    ? null
                    : node;
        }

        String text(String name) {
            JsonNode node = find(name);
            return node == null ? "" : node.asText();
        }

        boolean flag(String name) {
            JsonNode node = find(name);
            if (node == null) {
                return false;
            }
            if (node.getNodeType() != JsonNodeType.BOOLEAN) {
                throw new IllegalArgumentException(name + ": expected true or false");
            }
            return node.asBoolean();
        }

        int count(String name) {
            JsonNode node = find(name);
            if (node == null) {
                return 0;
            }
            if (!node.isIntegralNumber() || !node.canConvertToInt() || node.asInt() < 0 || node.asInt() > HIGHEST_CAP) {
                throw new IllegalArgumentException(
                        name + ": expected a whole number up to " + HIGHEST_CAP + ", 0 for no limit");
            }
            return node.asInt();
        }

        double factor(String name) {
            JsonNode node = find(name);
            if (node == null) {
                return 1;
            }
            if (!node.isNumber() || node.asDouble() < 0) {
                throw new IllegalArgumentException(name + ": expected a number that is not below 0");
            }
            return node.asDouble();
        }

        @Nullable
        Duration seconds(String name) {
            JsonNode node = find(name);
            if (node == null || (node.isNumber() && node.decimalValue().signum() == 0)) {
                return null;
            }
            if (!node.isNumber() || node.asDouble() < 0.1 || node.asDouble() > LONGEST_SECONDS) {
                throw new IllegalArgumentException(
                        name + ": expected seconds, 0.1 to 86400, or 0 for the setting of the site");
            }
            return Duration.ofMillis(
                    node.decimalValue().multiply(BigDecimal.valueOf(1000)).longValue());
        }

        /** Takes an object, or a text that holds one, as forms of other products send it. */
        Map<String, JsonNode> object(String name) {
            JsonNode node = find(name);
            if (node != null && node.isTextual()) {
                try {
                    node = Json.mapper().readTree(node.asText());
                } catch (JsonProcessingException e) {
                    throw new IllegalArgumentException(name + ": expected a JSON object", e);
                }
            }
            if (node == null) {
                return Map.of();
            }
            if (!node.isObject() || node.size() > MOST_OVERRIDES) {
                throw new IllegalArgumentException(
                        name + ": expected a JSON object of at most " + MOST_OVERRIDES + " members");
            }
            Map<String, JsonNode> members = new LinkedHashMap<>();
            node.properties().forEach(member -> members.put(member.getKey(), member.getValue()));
            return members;
        }
    }
}
