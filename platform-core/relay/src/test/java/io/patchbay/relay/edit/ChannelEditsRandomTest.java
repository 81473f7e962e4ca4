package io.patchbay.relay.edit;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.dialects.wire.WireBody;
import io.patchbay.spi.Bytes;
import io.patchbay.spi.Dialect;
import io.patchbay.spi.chat.Wire;
import io.patchbay.spi.json.Json;
import io.patchbay.spi.json.JsonValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for any request and any edits. */
final class ChannelEditsRandomTest {
    private static final int ROUNDS = 3_000;
    private static final List<String> NAMES = List.of("temperature", "top_p", "é", "user", "n/1", "stop");
    private static final List<String> VALUES = List.of(
            "1", "1.0", "-0.5e+3", "\"t\\\"e,x}t\"", "[ 1 , {\"role\":\"user\"} ]", "{ }", "true", "\"\\u0041\"");
    private static final List<String> ROLES = List.of(
            "\"user\"",
            "\"user\"",
            "\"user\"",
            "\"assistant\"",
            "\"assistant\"",
            "\"system\"",
            "\"developer\"",
            "7",
            "\"tool\"",
            "\"us\\u0065r\"");
    private static final List<String> CONTENTS = List.of(
            "\"a\"",
            "\"\\u0041\\n\"",
            "\"\"",
            "[ ]",
            "[{\"type\":\"text\", \"text\":\"b\"}]",
            "[ 1.0 , \"c\" ]",
            "null",
            "{\"type\":\"text\"}");

    private final Random random = new Random(0);

    private String one(List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private String blanks() {
        return one(List.of("", "", "", " ", "\n", " \t\r\n"));
    }

    private String member(String name, String value) {
        return "\"" + name + "\"" + blanks() + ":" + blanks() + value;
    }

    private String object(List<String> members) {
        return "{" + blanks() + String.join(blanks() + "," + blanks(), members) + blanks() + "}";
    }

    private String message() {
        if (random.nextInt(20) == 0) {
            return one(VALUES);
        }
        List<String> members = new ArrayList<>();
        if (random.nextInt(15) > 0) {
            members.add(member("role", one(ROLES)));
        }
        if (random.nextInt(15) > 0) {
            members.add(random.nextInt(members.size() + 1), member("content", one(CONTENTS)));
        }
        if (random.nextInt(6) == 0) {
            members.add(member("name", one(List.of("\"ann\"", "\"bob\"", "null"))));
        }
        if (random.nextInt(4) == 0) {
            members.add(random.nextInt(members.size() + 1), member("x" + random.nextInt(2), one(VALUES)));
        }
        if (random.nextInt(8) == 0) {
            members.add(member("tool_calls", one(List.of("null", "[]", "[{\"id\":\"c1\"}]"))));
        }
        if (random.nextInt(20) == 0) {
            members.add(member("role", one(ROLES)));
        }
        return object(members);
    }

    private String body() {
        List<String> members = new ArrayList<>();
        members.add(member("model", "\"m\""));
        for (String name : NAMES) {
            if (random.nextBoolean()) {
                members.add(member(name, one(VALUES)));
            }
        }
        List<String> messages = new ArrayList<>();
        for (int i = random.nextInt(7); i > 0; i--) {
            messages.add(message());
        }
        String list = "[" + blanks() + String.join(blanks() + "," + blanks(), messages) + blanks() + "]";
        members.add(random.nextInt(members.size() + 1), member("messages", list));
        return blanks() + object(members) + blanks();
    }

    private Map<String, String> fields() {
        Map<String, String> fields = new HashMap<>();
        fields.put("first_message_as_user", String.valueOf(random.nextBoolean()));
        fields.put("merge_consecutive_user_messages", String.valueOf(random.nextBoolean()));
        List<String> parameters = new ArrayList<>();
        for (String name : NAMES) {
            switch (random.nextInt(5)) {
                case 0 -> parameters.add(member(name, one(VALUES)));
                case 1 -> parameters.add(member(name, "null"));
                default -> {}
            }
        }
        if (random.nextBoolean()) {
            fields.put("param_override", object(parameters));
        }
        return fields;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 20, 300, 4_000, 50_000})
    void editsTouchOnlyWhatTheyAreAbout(long seed) {
        random.setSeed(seed);
        for (int round = 0; round < ROUNDS; round++) {
            String body = body();
            Map<String, String> fields = fields();
            ChannelEdits edits = ChannelEditsTest.edits(fields);

            Wire before = ChannelEditsTest.wire(body);
            Wire after = edits.apply(before);

            String what = "seed %d, round %d: %s on %s".formatted(seed, round, fields, body);
            Map<String, String> parameters = ChannelEditsTest.settings(fields).parameters();
            assertThat(after.names()).as(what).containsExactlyElementsOf(names(before.names(), parameters));
            for (String name : after.names()) {
                if (parameters.containsKey(name)) {
                    assertThat(raw(after, name)).as(what).isEqualTo(parameters.get(name));
                } else if (!name.equals("messages")) {
                    assertThat(raw(after, name)).as(what).isEqualTo(raw(before, name));
                }
            }
            assertThat(Objects.requireNonNull(after.get("messages")).elements())
                    .as(what)
                    .isEqualTo(MessageRules.expected(
                            Objects.requireNonNull(before.get("messages")).elements(),
                            "true".equals(fields.get("first_message_as_user")),
                            "true".equals(fields.get("merge_consecutive_user_messages"))));
            assertThat(edits.apply(after)).as("again: " + what).isSameAs(after);
            assertThat(WireBody.read(Dialect.OPENAI_CHAT, ChannelEditsTest.bytes(after))
                            .names())
                    .as(what)
                    .containsExactlyElementsOf(after.names());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {7, 80, 900})
    void messagesThatStayKeepTheirBytesAndTheirOrder(long seed) {
        random.setSeed(seed);
        for (int round = 0; round < ROUNDS; round++) {
            Map<JsonValue, String> messages = new IdentityHashMap<>();
            List<JsonValue> values = new ArrayList<>();
            for (int i = random.nextInt(8); i > 0; i--) {
                String message = message();
                values.add(Json.parse(message));
                messages.put(values.getLast(), message);
            }
            String before =
                    String.join(" ,\n", values.stream().map(messages::get).toList());

            Wire after = ChannelEditsTest.edits(ChannelEditsTest.BOTH)
                    .apply(ChannelEditsTest.wire("{\"messages\":[" + before + "]}"));

            String text = ChannelEditsTest.text(after);
            int at = 0;
            for (JsonValue value : MessageRules.expected(values, true, true)) {
                String kept = messages.getOrDefault(value, "");
                int found = text.indexOf(kept, at);
                assertThat(found)
                        .as("seed %d, round %d: %s", seed, round, before)
                        .isNotNegative();
                at = found + kept.length();
            }
        }
    }

    private static List<String> names(Set<String> before, Map<String, String> parameters) {
        List<String> names = new ArrayList<>(before);
        parameters.forEach((name, value) -> {
            if (value.equals("null")) {
                names.remove(name);
            } else if (!names.contains(name)) {
                names.add(name);
            }
        });
        return names;
    }

    private static @Nullable String raw(Wire wire, String name) {
        Bytes raw = ((WireBody) wire).raw(name);
        return raw == null ? null : raw.utf8();
    }
}
