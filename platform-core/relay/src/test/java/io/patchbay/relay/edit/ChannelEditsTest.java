package io.patchbay.relay.edit;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.dialects.wire.WireBody;
import io.patchbay.relay.channel.Channel;
import io.patchbay.relay.channel.ChannelSettings;
import io.patchbay.relay.channel.ModelMapping;
import io.patchbay.relay.exchange.ProxySetting;
import io.patchbay.spi.Bytes;
import io.patchbay.spi.Dialect;
import io.patchbay.spi.chat.Wire;
import io.patchbay.spi.http.Piece;
import io.patchbay.spi.json.Json;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ChannelEditsTest {
    static final Map<String, String> USER_FIRST = Map.of("first_message_as_user", "true");
    static final Map<String, String> MERGE = Map.of("merge_consecutive_user_messages", "true");
    static final Map<String, String> BOTH =
            Map.of("first_message_as_user", "true", "merge_consecutive_user_messages", "true");

    /** The edits of a channel whose form has these fields. */
    static ChannelEdits edits(Map<String, String> fields) {
        return ChannelEdits.of(settings(fields));
    }

    static ChannelSettings settings(Map<String, String> fields) {
        return new Channel(
                        1,
                        "c",
                        "t",
                        0,
                        1,
                        List.of("m"),
                        1,
                        List.of("k"),
                        "",
                        ModelMapping.read(""),
                        true,
                        Set.of(),
                        ProxySetting.NONE,
                        fields)
                .settings();
    }

    private static ChannelEdits parameters(String object) {
        return edits(Map.of("param_override", object));
    }

    static Wire wire(String json) {
        return WireBody.read(Dialect.OPENAI_CHAT, json.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] bytes(Wire wire) {
        return ((Piece.Inline)
                        wire.edited(Map.of(), Map.of(), Set.of()).pieces().getFirst())
                .bytes();
    }

    static String text(Wire wire) {
        return new String(bytes(wire), StandardCharsets.UTF_8);
    }

    private static String messages(Map<String, String> fields, String messages) {
        String before = "{\"model\": \"m\",\"messages\":" + messages + " , \"x\":1.0}";
        String after = text(edits(fields).apply(wire(before)));
        assertThat(after).startsWith("{\"model\": \"m\"").endsWith(",\"x\":1.0}".substring(1));
        Bytes raw = ((WireBody) wire(after)).raw("messages");
        return raw == null ? "" : raw.utf8();
    }

    @Test
    void aChannelThatSetsNothingEditsNothing() {
        ChannelEdits edits = edits(Map.of());
        Wire wire = wire("{\"model\":\"m\",\"messages\":[{\"role\":\"assistant\",\"content\":\"a\"}]}");
        JsonObject settings = Json.parse("{\"n\":2}").asObject();

        assertThat(edits.none()).isTrue();
        assertThat(edits.apply(wire)).isSameAs(wire);
        assertThat(edits.apply(settings)).isSameAs(settings);
    }

    @ParameterizedTest
    @ValueSource(strings = {"first_message_as_user", "merge_consecutive_user_messages"})
    void aChannelThatSetsSomethingSaysSo(String field) {
        assertThat(edits(Map.of(field, "true")).none()).isFalse();
        assertThat(edits(Map.of(field, "false")).none()).isTrue();
        assertThat(parameters("{\"n\":null}").none()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`[ {\"role\" : \"assistant\",\"content\":\"\\u0041\",\"x\":1.0 } ,{\"role\":\"user\"}]`"
                        + "|`[ {\"role\" : \"user\",\"content\":\"\\u0041\",\"x\":1.0 } ,{\"role\":\"user\"}]`",
                "`[{\"role\":\"system\",\"content\":\"s\"},{\"content\":\"d\",\"role\":\"developer\"}, {\"content\":[],\"role\":\"assistant\"}]`"
                        + "|`[{\"role\":\"system\",\"content\":\"s\"},{\"content\":\"d\",\"role\":\"developer\"}, {\"content\":[],\"role\":\"user\"}]`",
                "`[{\"r\\u006fle\":\"assistant\",\"content\":\"a\"}]`|`[{\"role\":\"user\",\"content\":\"a\"}]`",
                "`[{\"role\":\"assi\\u0073tant\",\"content\":\"a\"}]`|`[{\"role\":\"user\",\"content\":\"a\"}]`",
                "`[{\"role\":\"user\",\"content\":\"a\",\"role\":\"assistant\"}]`|`[{\"role\":\"user\",\"content\":\"a\"}]`",
                "`[{\"role\":\"assistant\",\"content\":\"a\",\"tool_calls\":null}]`"
                        + "|`[{\"role\":\"user\",\"content\":\"a\",\"tool_calls\":null}]`",
            })
    void aFirstMessageOfTheAssistantBecomesTheUsers(String before, String after) {
        assertThat(messages(USER_FIRST, before)).isEqualTo(after);
    }

    @Test
    void theUserSpeaksBeforeAnAssistantThatCallsTools() {
        String call =
                "{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"c1\"}]},{\"role\":\"tool\",\"tool_call_id\":\"c1\"}";

        assertThat(messages(USER_FIRST, "[{\"role\":\"system\",\"content\":\"s\"} , " + call + "]"))
                .isEqualTo("[{\"role\":\"system\",\"content\":\"s\"} , {\"role\":\"user\",\"content\":\" \"}," + call
                        + "]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "[ {\"role\":\"user\",\"content\":\"a\"},{\"role\":\"assistant\",\"content\":\"b\"}]",
                "[{\"role\":\"tool\",\"content\":\"a\"},{\"role\":\"assistant\",\"content\":\"b\"}]",
                "[{\"content\":\"a\"},{\"role\":\"assistant\",\"content\":\"b\"}]",
                "[{\"role\":\"system\",\"content\":\"a\"}]",
                "[\"hi\",{\"role\":\"assistant\",\"content\":\"b\"}]",
                "[{\"role\":[\"assistant\"],\"content\":\"b\"}]",
                "[null,7,[{\"role\":\"assistant\"}]]",
                "\"hi\"",
                "null",
                "{\"role\":\"assistant\"}"
            })
    void otherwiseTheFirstMessageStays(String messages) {
        assertThat(messages(USER_FIRST, messages)).isEqualTo(messages);
        assertThat(messages(BOTH, messages)).isEqualTo(messages);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`[{\"role\":\"user\",\"content\":\"a\"}, {\"role\":\"user\",\"content\":\"b\"} ,{\"role\":\"user\",\"content\":\"c\"}]`"
                        + "|`[{\"role\":\"user\",\"content\":\"a\\nb\\nc\"}]`",
                "`[{\"role\":\"user\",\"content\":\"a\"},{\"role\":\"user\",\"content\":[{\"type\":\"image_url\"}]}]`"
                        + "|`[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"a\"},{\"type\":\"image_url\"}]}]`",
                "`[{\"role\":\"user\",\"content\":[1.0]},{\"role\":\"user\",\"content\":\"b\"}]`"
                        + "|`[{\"role\":\"user\",\"content\":[1.0,{\"type\":\"text\",\"text\":\"b\"}]}]`",
                "`[{\"role\":\"user\",\"content\":[1],\"x\":1e5},{\"role\":\"user\",\"content\":[2],\"y\":{}}]`"
                        + "|`[{\"role\":\"user\",\"content\":[1,2],\"x\":1e5,\"y\":{}}]`",
                "`[{\"role\":\"user\",\"name\":\"ann\",\"content\":\"a\"},{\"role\":\"user\",\"name\":\"ann\",\"content\":\"b\"}]`"
                        + "|`[{\"role\":\"user\",\"name\":\"ann\",\"content\":\"a\\nb\"}]`",
                "`[{\"role\":\"user\",\"name\":null,\"content\":\"a\"},{\"role\":\"user\",\"content\":\"b\"}]`"
                        + "|`[{\"role\":\"user\",\"name\":null,\"content\":\"a\\nb\"}]`",
                "`[{\"role\":\"user\",\"content\":\"\"},{\"role\":\"user\"},{\"role\":\"user\",\"content\":\"b\"}]`"
                        + "|`[{\"role\":\"user\",\"content\":\"b\"}]`",
                "`[{\"role\":\"us\\u0065r\",\"content\":\"a\"},{\"role\":\"user\",\"content\":\"b\"}]`"
                        + "|`[{\"role\":\"user\",\"content\":\"a\\nb\"}]`",
            })
    void neighboursOfTheUsersBecomeOne(String before, String after) {
        assertThat(messages(MERGE, before)).isEqualTo(after);
    }

    @Test
    void groupsAreMergedEachAndWhatLiesBetweenKeepsItsBytes() {
        String between = " , {\"role\": \"assistant\" , \"content\":\"\\u0041\"} ,\n";

        assertThat(messages(
                        MERGE,
                        "[ {\"role\":\"user\",\"content\":\"a\"},{\"role\":\"user\",\"content\":\"b\"}" + between
                                + "{\"role\":\"user\" ,\"content\":\"c\"}" + between
                                + "{\"role\":\"user\",\"content\":\"d\"},{\"role\":\"user\",\"content\":\"e\"} ]"))
                .isEqualTo("[ {\"role\":\"user\",\"content\":\"a\\nb\"}" + between
                        + "{\"role\":\"user\" ,\"content\":\"c\"}" + between
                        + "{\"role\":\"user\",\"content\":\"d\\ne\"} ]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{\"role\":\"user\",\"name\":\"ann\",\"content\":\"a\"}, {\"role\":\"user\",\"name\":\"bob\",\"content\":\"b\"}]",
                "[{\"role\":\"user\",\"name\":\"ann\",\"content\":\"a\"}, {\"role\":\"user\",\"content\":\"b\"}]",
                "[{\"role\":\"user\",\"content\":\"a\"}, {\"role\":\"system\",\"content\":\"s\"},{\"role\":\"user\",\"content\":\"b\"}]",
                "[{\"role\":\"assistant\",\"content\":\"a\"},{\"role\":\"assistant\",\"content\":\"b\"}]",
                "[{\"role\":\"user\",\"content\":{\"type\":\"text\",\"text\":\"a\"}}, {\"role\":\"user\",\"content\":\"b\"}]",
                "[{\"role\":\"user\",\"content\":5}, {\"role\":\"user\",\"content\":\"b\"}]",
                "[{\"content\":\"a\"}, \"b\", {\"role\":\"User\",\"content\":\"c\"}]",
            })
    void whatDoesNotGoTogetherStaysApart(String messages) {
        assertThat(messages(MERGE, messages)).isEqualTo(messages);
    }

    @Test
    void namesThatDifferDoNotKeepLaterOnesApart() {
        assertThat(messages(
                        MERGE,
                        "[{\"role\":\"user\",\"content\":\"a\"} ,{\"role\":\"user\",\"name\":\"n\",\"content\":\"b\"} ,"
                                + "{\"role\":\"user\",\"name\":\"n\",\"content\":\"c\"}]"))
                .isEqualTo("[{\"role\":\"user\",\"content\":\"a\"} ,"
                        + "{\"role\":\"user\",\"name\":\"n\",\"content\":\"b\\nc\"}]");
    }

    @Test
    void whatBecameTheUsersIsMergedToo() {
        assertThat(messages(
                        BOTH,
                        "[{\"role\":\"system\",\"content\":\"s\"},{\"role\":\"assistant\",\"content\":\"a\"},"
                                + "{\"role\":\"user\",\"content\":\"b\"},{\"role\":\"assistant\",\"content\":\"c\"}]"))
                .isEqualTo("[{\"role\":\"system\",\"content\":\"s\"},{\"role\":\"user\",\"content\":\"a\\nb\"},"
                        + "{\"role\":\"assistant\",\"content\":\"c\"}]");
    }

    @Test
    void parametersAreSetInPlaceAddedInOrderAndRemoved() {
        ChannelEdits edits =
                parameters("{\"top_k\":5,\"temperature\":0.7,\"user\":null,\"absent\":null,\"a\":{\"b\":[1]}}");

        Wire after = edits.apply(
                wire(
                        "{\"model\": \"m\", \"user\":\"u\",\"temperature\" : 2,\"messages\":[ ] ,\"seed\":1.0, \"x\":\"\\u0041\"}"));

        assertThat(text(after))
                .isEqualTo("{\"model\": \"m\",\"temperature\":0.7,\"messages\":[ ] ,\"seed\":1.0, \"x\":\"\\u0041\""
                        + ",\"top_k\":5,\"a\":{\"b\":[1]}}");
        assertThat(after.names()).containsExactly("model", "temperature", "messages", "seed", "x", "top_k", "a");
        assertThat(after.get("temperature")).hasToString("0.7");
        assertThat(after.get("user")).isNull();
        assertThat(after.dialect()).isEqualTo(Dialect.OPENAI_CHAT);
    }

    @Test
    void aPluginEditsTheNewWireAsItWouldTheOld() {
        Wire after = parameters("{\"top_p\":1,\"user\":null}")
                .apply(wire("{\"model\":\"m\",\"user\":\"u\", \"max_tokens\":5}"));

        assertThat(new String(
                        ((Piece.Inline) after.edited(
                                                Map.of("model", JsonValue.of("up"), "user", JsonValue.of("mark")),
                                                Map.of("max_tokens", "limit"),
                                                Set.of("top_p"))
                                        .pieces()
                                        .getFirst())
                                .bytes(),
                        StandardCharsets.UTF_8))
                .isEqualTo("{\"model\":\"up\",\"limit\":5,\"user\":\"mark\"}");
    }

    @Test
    void aRequestThatHasTheParametersAlreadyIsLeftAlone() {
        Wire wire = wire("{\"model\":\"m\",\"top_p\": 0.5}");

        assertThat(parameters("{\"top_p\":0.5,\"user\":null}").apply(wire)).isSameAs(wire);
    }

    @Test
    void parametersNoRequestCouldHaveAreLeftOut() {
        ChannelEdits edits = ChannelEdits.of(withParameters(Map.of(
                "bad",
                "{",
                "worse",
                "1,\"model\":2",
                "a\"b",
                "1",
                "deep",
                "[".repeat(600) + "]".repeat(600),
                "top_k",
                "5")));

        assertThat(text(edits.apply(wire("{\"model\":\"m\"}")))).isEqualTo("{\"model\":\"m\",\"top_k\":5}");
        assertThat(ChannelEdits.of(withParameters(Map.of("bad", ""))).none()).isTrue();
    }

    private static ChannelSettings withParameters(Map<String, String> parameters) {
        ChannelSettings none = settings(Map.of());
        return new ChannelSettings(
                none.unmappedFields(),
                false,
                false,
                Map.of(),
                parameters,
                none.firstToken(),
                none.stall(),
                none.channelCap(),
                none.keyCap(),
                none.cost());
    }

    @Test
    void aRequestWithAsManyMembersAsMayBeGetsTheParametersToo() {
        StringBuilder body = new StringBuilder("{\"k0\":0");
        for (int i = 1; i < 1_000; i++) {
            body.append(",\"k").append(i).append("\":0");
        }

        Wire after = parameters("{\"top_k\":5}").apply(wire(body.append('}').toString()));

        assertThat(after.names()).hasSize(1_001).contains("top_k");
    }

    @Test
    void ofACallForImagesOnlyTheParametersAreEdited() {
        ChannelEdits edits = edits(Map.of(
                "param_override",
                "{\"quality\":\"low\",\"response_format\":null,\"prompt\":\"x\",\"image\":null}",
                "merge_consecutive_user_messages",
                "true"));
        String body = "{\"model\":\"m\",\"prompt\":\"a cat\",\"image\":\"u\",\"response_format\":\"url\",\"messages\":"
                + "[{\"role\":\"user\",\"content\":\"a\"},{\"role\":\"user\",\"content\":\"b\"}]}";

        Wire after = edits.apply(WireBody.read(Dialect.OPENAI_IMAGES, body.getBytes(StandardCharsets.UTF_8)));
        JsonObject settings = edits.apply(Json.parse("{\"response_format\":\"url\",\"n\":2,\"image\":\"u\"}")
                .asObject());

        assertThat(text(after))
                .isEqualTo(body.replace("\"response_format\":\"url\",", "").replaceAll("}$", ",\"quality\":\"low\"}"));
        assertThat(settings.toJson()).isEqualTo("{\"n\":2,\"image\":\"u\",\"quality\":\"low\"}");
    }

    /** Joining them two by two would take minutes, and every client can send them. */
    @Test
    @Timeout(20)
    void aLotOfSmallMessagesAreNoTrouble() {
        String message = "{\"role\":\"user\",\"content\":\"word\"}";

        String merged = messages(MERGE, "[" + (message + ",").repeat(200_000) + message + "]");

        assertThat(Json.parse(merged).get(0)).isNotNull();
        assertThat(merged).hasSize(message.length() + 2 + 200_000 * 6);
    }
}
