package io.patchbay.dialects.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.spi.Bytes;
import io.patchbay.spi.Dialect;
import io.patchbay.spi.json.Json;
import io.patchbay.spi.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

final class WireBodyPropertyTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> NAMES = List.of("model", "messages", "a", "b", "é", "n/1", "stream");
    private static final List<String> VALUES = List.of(
            "1",
            "-0.5e+3",
            "\"t\\\"e,x}t\"",
            "[ 1 , {\"model\":\"x\"} ]",
            "{ \"a\" : [ ] }",
            "null",
            "true",
            "\"é你\\ud83d\\ude00\"",
            "123456789012345678901234567890");

    @Property(tries = 2000)
    void editsAsATreeWould(@ForAll long seed) throws JsonProcessingException {
        Random random = new Random(seed);
        String body = object(random);
        Map<String, JsonValue> set = new LinkedHashMap<>();
        Map<String, String> rename = new LinkedHashMap<>();
        Set<String> remove = new LinkedHashSet<>();
        for (String name : NAMES) {
            switch (random.nextInt(6)) {
                case 0 -> set.put(name, Json.parse(VALUES.get(random.nextInt(VALUES.size()))));
                case 1 -> rename.put(name, "new " + name);
                case 2 -> remove.add(name);
                case 3 -> {
                    set.put(name, JsonValue.of("set"));
                    rename.put(name, "new " + name);
                }
                default -> {}
            }
        }
        WireBody wire = WireBody.read(Dialect.OPENAI_CHAT, body.getBytes(StandardCharsets.UTF_8));
        String edited = WireBodyTest.text(wire.edited(set, rename, remove));

        // Compared with order: as text of the tree.
        assertThat(JSON.readTree(edited))
                .hasToString(tree(body, set, rename, remove).toString());
        assertThat(WireBody.read(Dialect.OPENAI_CHAT, edited.getBytes(StandardCharsets.UTF_8))
                        .names())
                .hasSize(JSON.readTree(edited).size());
    }

    /** The index of the new body is computed, not read: both must be the same, after several edits too. */
    @Property(tries = 2000)
    void anotherBodyIsWhatReadingItAgainWouldGive(@ForAll long seed) {
        Random random = new Random(seed);
        WireBody wire = WireBody.read(Dialect.OPENAI_CHAT, object(random).getBytes(StandardCharsets.UTF_8));
        for (int edits = 1 + random.nextInt(3); edits > 0; edits--) {
            Map<String, byte[]> set = new LinkedHashMap<>();
            Map<String, JsonValue> values = new LinkedHashMap<>();
            Set<String> remove = new LinkedHashSet<>();
            for (String name : NAMES) {
                if (random.nextInt(4) == 0) {
                    JsonValue value = Json.parse(VALUES.get(random.nextInt(VALUES.size())));
                    values.put(name, value);
                    set.put(name, value.toBytes());
                } else if (wire.names().contains(name) && random.nextInt(4) == 0) {
                    remove.add(name);
                }
            }
            String edited = WireBodyTest.text(wire.edited(values, Map.of(), remove));

            wire = wire.with(set, remove);

            assertThat(WireBodyTest.text(wire.edited(Map.of(), Map.of(), Set.of())))
                    .isEqualTo(edited);
            WireBody read = WireBody.read(Dialect.OPENAI_CHAT, edited.getBytes(StandardCharsets.UTF_8));
            assertThat(wire.names()).containsExactlyElementsOf(read.names());
            for (String name : read.names()) {
                assertThat(wire.raw(name)).extracting(Bytes::utf8).isEqualTo(raw(read, name));
            }
        }
    }

    private static String raw(WireBody wire, String name) {
        Bytes raw = wire.raw(name);
        return raw == null ? "missing" : raw.utf8();
    }

    private static ObjectNode tree(
            String body, Map<String, JsonValue> set, Map<String, String> rename, Set<String> remove)
            throws JsonProcessingException {
        JsonNode before = JSON.readTree(body);
        ObjectNode after = JSON.createObjectNode();
        for (Map.Entry<String, JsonNode> member : before.properties()) {
            String name = member.getKey();
            JsonValue value = set.get(name);
            if (value != null) {
                after.set(rename.getOrDefault(name, name), JSON.readTree(value.toJson()));
            } else if (!remove.contains(name)) {
                after.set(rename.getOrDefault(name, name), member.getValue());
            }
        }
        for (Map.Entry<String, JsonValue> member : set.entrySet()) {
            if (!before.has(member.getKey())) {
                after.set(
                        rename.getOrDefault(member.getKey(), member.getKey()),
                        JSON.readTree(member.getValue().toJson()));
            }
        }
        return after;
    }

    private static String object(Random random) {
        StringBuilder text = new StringBuilder(blanks(random)).append('{').append(blanks(random));
        boolean first = true;
        for (String name : NAMES) {
            if (random.nextInt(3) == 0) {
                continue;
            }
            if (!first) {
                text.append(',').append(blanks(random));
            }
            first = false;
            text.append('"')
                    .append(name)
                    .append('"')
                    .append(blanks(random))
                    .append(':')
                    .append(blanks(random));
            text.append(VALUES.get(random.nextInt(VALUES.size()))).append(blanks(random));
        }
        return text.append('}').append(blanks(random)).toString();
    }

    private static String blanks(Random random) {
        return List.of("", "", " ", "\n", "\t \r\n").get(random.nextInt(5));
    }
}
