package io.patchbay.spi.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Reader and writer against Jackson. */
final class JsonPropertyTest {
    private static final ObjectMapper JACKSON = JsonMapper.builder(new JsonFactory())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .nodeFactory(JsonNodeFactory.withExactBigDecimals(true))
            .build();
    private static final String[] NUMBERS = {
        "0", "-0", "1", "-17", "3.14", "1.0", "1e3", "1E-3", "2.50e+10", "123456789012345678901234567890", "0.1e0"
    };
    private static final String LETTERS = "ab\"\\/\n\r\t\b\f\u0001\u007fé你\u2028";

    @Property(tries = 1000)
    void readsWhatJacksonWrites(@ForAll long seed) throws JsonProcessingException {
        JsonValue value = value(new Random(seed), 0);
        JsonNode node = JACKSON.readTree(value.toJson());
        String theirs = JACKSON.writerWithDefaultPrettyPrinter().writeValueAsString(node);
        assertThat(Json.parse(theirs).toJson())
                .isEqualTo(Json.parse(node.toString()).toJson());
    }

    @Property(tries = 1000)
    void writesWhatJacksonReads(@ForAll long seed) throws Exception {
        JsonValue value = value(new Random(seed), 0);
        assertThat(JACKSON.readTree(value.toBytes())).isEqualTo(JACKSON.readTree(value.toJson()));
        assertThat(same(value, JACKSON.readTree(value.toBytes()))).isTrue();
    }

    @Property(tries = 1000)
    void readsBackWhatItWrites(@ForAll long seed) {
        JsonValue value = value(new Random(seed), 0);
        assertThat(Json.parse(value.toBytes())).isEqualTo(value);
        assertThat(Json.parse(value.toJson()).toJson()).isEqualTo(value.toJson());
        assertThat(Json.parse(value.toBytes()).hashCode()).isEqualTo(value.hashCode());
    }

    @Property
    void keepsAnyText(@ForAll String text) throws Exception {
        JsonValue value = JsonValue.of(text);
        assertThat(Json.parse(value.toBytes()).string()).isEqualTo(text);
        assertThat(JACKSON.readTree(value.toBytes()).asText()).isEqualTo(text);
    }

    /** On damaged text both refuse or both accept. */
    @Property(tries = 3000)
    void refusesWhatJacksonRefuses(@ForAll long seed) {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder(value(random, 0).toJson());
        for (int changes = random.nextInt(3); changes >= 0 && !text.isEmpty(); changes--) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(3)) {
                case 0 -> text.deleteCharAt(at);
                case 1 -> text.insert(at, "{}[]\",:\\ntf01-.eE+u \n".charAt(random.nextInt(21)));
                default -> text.setLength(at);
            }
        }
        String damaged = text.toString();
        if (damaged.isBlank()) {
            return;
        }
        assertThat(weRead(damaged)).as(damaged).isEqualTo(theyRead(damaged));
    }

    private static boolean weRead(String text) {
        try {
            Json.parse(text);
            return true;
        } catch (JsonException e) {
            return false;
        }
    }

    private static boolean theyRead(String text) {
        // By tokens, not as a tree: Jackson's tree refuses numbers whose exponents it finds too large, the grammar does
        // not.
        try (JsonParser parser = JACKSON.createParser(text)) {
            parser.nextToken();
            parser.skipChildren();
            return parser.nextToken() == null;
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean same(JsonValue ours, JsonNode theirs) {
        return switch (ours) {
            case JsonObject object -> {
                List<String> names = new ArrayList<>();
                theirs.fieldNames().forEachRemaining(names::add);
                yield theirs.isObject()
                        && names.equals(List.copyOf(object.members().keySet()))
                        && object.members().entrySet().stream()
                                .allMatch(m -> same(m.getValue(), theirs.get(m.getKey())));
            }
            case JsonArray array -> {
                boolean all =
                        theirs.isArray() && theirs.size() == array.elements().size();
                for (int i = 0; all && i < array.elements().size(); i++) {
                    all = same(array.elements().get(i), theirs.get(i));
                }
                yield all;
            }
            case JsonString string -> theirs.isTextual() && theirs.asText().equals(string.value());
            case JsonNumber number -> theirs.isNumber() && theirs.decimalValue().compareTo(number.number()) == 0;
            case JsonBoolean flag -> theirs.isBoolean() && theirs.asBoolean() == flag.value();
            case JsonNull ignored -> theirs.isNull();
        };
    }

    private static JsonValue value(Random random, int depth) {
        return switch (random.nextInt(depth > 4 ? 4 : 6)) {
            case 0 -> JsonValue.of(text(random));
            case 1 -> new JsonNumber(NUMBERS[random.nextInt(NUMBERS.length)]);
            case 2 -> JsonValue.of(random.nextBoolean());
            case 3 -> JsonNull.NULL;
            case 4 -> {
                List<JsonValue> elements = new ArrayList<>();
                for (int i = random.nextInt(5); i > 0; i--) {
                    elements.add(value(random, depth + 1));
                }
                yield new JsonArray(elements);
            }
            default -> {
                Map<String, JsonValue> members = new LinkedHashMap<>();
                for (int i = random.nextInt(5); i > 0; i--) {
                    members.put(text(random), value(random, depth + 1));
                }
                yield JsonObject.of(members);
            }
        };
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(6); i > 0; i--) {
            if (random.nextInt(8) == 0) {
                text.appendCodePoint(0x1F600 + random.nextInt(50));
            } else {
                text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
            }
        }
        return new String(text.toString().getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
}
