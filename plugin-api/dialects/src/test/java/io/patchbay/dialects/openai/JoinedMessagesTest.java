package io.patchbay.dialects.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.json.Json;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class JoinedMessagesTest {
    private static @Nullable JsonValue json(@Nullable String text) {
        return text == null ? null : Json.parse(text);
    }

    private static String joined(String first, String second) {
        return JoinedMessages.of(
                        List.of(Json.parse(first).asObject(), Json.parse(second).asObject()))
                .toJson();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"a\"|\"b\"|\"a\\nb\"",
                "\"a\"|[{\"image\":1}]|[{\"type\":\"text\",\"text\":\"a\"},{\"image\":1}]",
                "[{\"image\":1}]|\"b\"|[{\"image\":1},{\"type\":\"text\",\"text\":\"b\"}]",
                "[{\"image\":1},2]|[\"x\"]|[{\"image\":1},2,\"x\"]",
                "\"\"|\"b\"|\"b\"",
                "\"a\"|null|\"a\"",
                "[]|\"b\"|\"b\"",
                "|\"b\"|\"b\"",
                "\"a\"||\"a\"",
                "null||null",
                "||null",
            })
    void contentsAreJoined(@Nullable String first, @Nullable String second, String joined) {
        assertThat(JoinedMessages.content(Arrays.asList(json(first), json(second)), "\n")
                        .toJson())
                .isEqualTo(joined);
    }

    @Test
    void textsInARowStayOneTextUntilAPartComes() {
        JsonValue image = Json.parse("[{\"image\":1}]");

        assertThat(JoinedMessages.content(
                                List.of(
                                        JsonValue.of("a"),
                                        JsonValue.of("b"),
                                        image,
                                        JsonValue.of("c"),
                                        JsonValue.of("d")),
                                "\n")
                        .toJson())
                .isEqualTo("[{\"type\":\"text\",\"text\":\"a\\nb\"},{\"image\":1},"
                        + "{\"type\":\"text\",\"text\":\"c\"},{\"type\":\"text\",\"text\":\"d\"}]");
    }

    /** Joining them two by two would take minutes. */
    @Test
    @Timeout(20)
    void aLotOfMessagesAreJoinedInOneGo() {
        List<JsonObject> messages = Collections.nCopies(
                200_000, Json.parse("{\"role\":\"user\",\"content\":\"word\"}").asObject());

        assertThat(JoinedMessages.of(messages).string("content", "")).hasSize(200_000 * 5 - 1);
    }

    @Test
    void otherMembersOfBothSurvive() {
        assertThat(joined(
                        "{\"x\":1.0,\"role\":\"user\",\"content\":\"a\",\"both\":1}",
                        "{\"content\":\"b\",\"role\":\"user\",\"y\":[1e5],\"both\":2}"))
                .isEqualTo("{\"x\":1.0,\"role\":\"user\",\"content\":\"a\\nb\",\"both\":2,\"y\":[1e5]}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"tool_calls\":null}", "{\"tool_calls\":[],\"tool_call_id\":\"\"}"})
    void plainMessagesAreJoinable(String message) {
        assertThat(JoinedMessages.joinable(Json.parse(message).asObject())).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"tool_calls\":[{}]}", "{\"tool_call_id\":\"c1\"}", "{\"function_call\":{\"name\":\"f\"}}"})
    void callsOfToolsAndTheirResultsAreNot(String message) {
        assertThat(JoinedMessages.joinable(Json.parse(message).asObject())).isFalse();
    }
}
