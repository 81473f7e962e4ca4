package io.patchbay.dialects.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.patchbay.spi.Bytes;
import io.patchbay.spi.Dialect;
import io.patchbay.spi.http.Body;
import io.patchbay.spi.http.Piece;
import io.patchbay.spi.json.Json;
import io.patchbay.spi.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class WireBodyTest {
    private static WireBody read(String json) {
        return WireBody.read(Dialect.OPENAI_CHAT, json.getBytes(StandardCharsets.UTF_8));
    }

    static String text(Body body) {
        StringBuilder text = new StringBuilder();
        for (Piece piece : body.pieces()) {
            text.append(new String(((Piece.Inline) piece).bytes(), StandardCharsets.UTF_8));
        }
        return text.toString();
    }

    private static JsonValue json(String text) {
        return Json.parse(text);
    }

    @Test
    void readsMembersWhenTheyAreAskedFor() {
        WireBody wire = read(" {\"model\" : \"gpt\", \"n\":2,\"messages\":[{\"model\":\"inner\"}], \"é\":null} \n");
        assertThat(wire.dialect()).isEqualTo(Dialect.OPENAI_CHAT);
        assertThat(wire.names()).containsExactly("model", "n", "messages", "é");
        assertThat(wire.get("model")).isEqualTo(JsonValue.of("gpt"));
        assertThat(wire.get("messages")).isEqualTo(json("[{\"model\":\"inner\"}]"));
        assertThat(wire.get("é")).isEqualTo(json("null"));
        assertThat(wire.get("missing")).isNull();
        assertThat(wire.raw("messages")).extracting(Bytes::utf8).isEqualTo("[{\"model\":\"inner\"}]");
        assertThat(wire.raw("missing")).isNull();
        assertThat(wire.length()).isEqualTo(69);
        assertThat(wire).hasToString("openai-chat body of 69 bytes");
    }

    @Test
    void takesAnEmptyObject() {
        WireBody wire = read("{ }");
        assertThat(wire.names()).isEmpty();
        assertThat(text(wire.edited(Map.of("a", JsonValue.of(1)), Map.of(), Set.of())))
                .isEqualTo("{\"a\":1}");
    }

    @Test
    void sharesTheBytesWhenNothingIsEdited() {
        byte[] bytes = "{\"a\":1}".getBytes(StandardCharsets.UTF_8);
        Body body = WireBody.read(Dialect.OPENAI_CHAT, bytes).edited(Map.of(), Map.of("x", "y"), Set.of());
        assertThat(((Piece.Inline) body.pieces().getFirst()).bytes()).isSameAs(bytes);
        assertThat(body.contentType()).isEqualTo("application/json");
    }

    @Test
    void leavesAllOtherBytesAlone() {
        WireBody wire = read(
                "{\"model\" : \"a\",\n \"temperature\": 1.0 ,\"seed\":123456789012345678901234567890, \"x\":\"\\u0041\"}");
        assertThat(text(wire.edited(Map.of("model", JsonValue.of("b")), Map.of(), Set.of())))
                .isEqualTo(
                        "{\"model\":\"b\",\"temperature\": 1.0 ,\"seed\":123456789012345678901234567890, \"x\":\"\\u0041\"}");
    }

    @Test
    void setsInPlaceAndAppendsWhatIsNew() {
        WireBody wire = read("{\"a\":1,\"b\":2,\"c\":3}");
        assertThat(text(wire.edited(Map.of("b", JsonValue.of("x")), Map.of(), Set.of())))
                .isEqualTo("{\"a\":1,\"b\":\"x\",\"c\":3}");
        assertThat(text(wire.edited(Map.of("d", JsonValue.of(4)), Map.of(), Set.of())))
                .isEqualTo("{\"a\":1,\"b\":2,\"c\":3,\"d\":4}");
    }

    @Test
    void removesAnywhere() {
        WireBody wire = read("{\"a\":1, \"b\":2, \"c\":3}");
        assertThat(text(wire.edited(Map.of(), Map.of(), Set.of("a")))).isEqualTo("{\"b\":2, \"c\":3}");
        assertThat(text(wire.edited(Map.of(), Map.of(), Set.of("b")))).isEqualTo("{\"a\":1,\"c\":3}");
        assertThat(text(wire.edited(Map.of(), Map.of(), Set.of("c", "x")))).isEqualTo("{\"a\":1, \"b\":2}");
        assertThat(text(wire.edited(Map.of(), Map.of(), Set.of("a", "b", "c")))).isEqualTo("{}");
    }

    @Test
    void renames() {
        WireBody wire = read("{\"max_tokens\":5,\"n\":1}");
        assertThat(text(wire.edited(Map.of(), Map.of("max_tokens", "max \"x\""), Set.of())))
                .isEqualTo("{\"max \\\"x\\\"\":5,\"n\":1}");
        assertThat(text(wire.edited(Map.of("max_tokens", JsonValue.of(6)), Map.of("max_tokens", "limit"), Set.of())))
                .isEqualTo("{\"limit\":6,\"n\":1}");
    }

    @Test
    void neverWritesANameTwice() {
        WireBody wire = read("{\"max_tokens\":5,\"max_completion_tokens\":7}");
        assertThat(text(wire.edited(Map.of(), Map.of("max_tokens", "max_completion_tokens"), Set.of())))
                .isEqualTo("{\"max_completion_tokens\":7}");
        assertThat(text(wire.edited(Map.of(), Map.of("max_tokens", "m", "max_completion_tokens", "m"), Set.of())))
                .isEqualTo("{\"m\":5}");
    }

    @Test
    void swapsNames() {
        assertThat(text(read("{\"a\":1,\"b\":2}").edited(Map.of(), Map.of("a", "b", "b", "a"), Set.of())))
                .isEqualTo("{\"b\":1,\"a\":2}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`{\"model\":\"a\",\"model\":\"b\"}`|`a member name occurs twice (line 1, column 14)`",
                "`{\"mod\\u0065l\":\"a\"}`|`a member name is written with escapes (line 1, column 2)`",
                "`{\"a\":1} x`|`expected the end of the text, but found 'x' (line 1, column 9)`",
                "`{\"a\":1}{}`|`expected the end of the text, but found '{' (line 1, column 8)`",
                "`[1]`|`the body must be a JSON object (line 1, column 1)`",
                "`\"x\"`|`the body must be a JSON object (line 1, column 1)`",
                "``|`the body must be a JSON object (line 1, column 1)`",
                "`{\"a\":}`|`expected a value, but found '}' (line 1, column 6)`",
                "`{\"a\":[1,]}`|`expected a value, but found ']' (line 1, column 9)`",
                "`{\"a\":1,}`|`expected a member name in quotes, but found '}' (line 1, column 8)`",
                "`{\"a\" 1}`|`expected ':', but found '1' (line 1, column 6)`",
                "`{\"a\":01}`|`expected a value, but found '0' (line 1, column 6)`",
                "`{\"a\":1.}`|`expected a value, but found '1' (line 1, column 6)`",
                "`{\"a\":-}`|`expected a value, but found '-' (line 1, column 6)`",
                "`{\"a\":tru}`|`expected a value, but found 't' (line 1, column 6)`",
                "`{\"a\":\"x`|`expected the closing quote of a string, but the text ends (line 1, column 8)`",
                "`{\"a\":\"\\x\"}`|`expected an escape, but found 'x' (line 1, column 8)`",
                "`{\"a\":\"\\u12g4\"}`|`expected four hexadecimal digits, but found 'g' (line 1, column 11)`",
                "`{\"a\":1`|`expected ',' or '}', but the text ends (line 1, column 7)`",
                "`{a:1}`|`expected a member name in quotes, but found 'a' (line 1, column 2)`",
            })
    void refusesWhatTwoReadersCouldUnderstandDifferently(String body, String problem) {
        assertThatExceptionOfType(WireException.class)
                .isThrownBy(() -> read(body == null ? "" : body))
                .withMessage("invalid JSON body: " + problem);
    }

    @Test
    void tellsLineAndColumn() {
        assertThatExceptionOfType(WireException.class)
                .isThrownBy(() -> read("{\n  \"a\": 1,\n  \"b\": x\n}"))
                .satisfies(e -> {
                    assertThat(e.line()).isEqualTo(3);
                    assertThat(e.column()).isEqualTo(8);
                    assertThat(e.offset()).isEqualTo(19);
                    assertThat(e.getStackTrace()).isEmpty();
                });
    }

    @Test
    void refusesNamesThatAreNotUtf8() {
        byte[] body = "{\"m.del\":1}".getBytes(StandardCharsets.UTF_8);
        body[3] = (byte) 0xC1;
        assertThatExceptionOfType(WireException.class)
                .isThrownBy(() -> WireBody.read(Dialect.OPENAI_CHAT, body))
                .withMessageContaining("a member name is not UTF-8");
    }

    @Test
    void refusesControlCharactersInStrings() {
        assertThatExceptionOfType(WireException.class)
                .isThrownBy(() -> read("{\"a\":\"x\ny\"}"))
                .withMessageContaining("no raw control character inside a string, but found byte 0xa");
    }

    @Test
    void boundsDepthAndMembers() {
        String deep = "{\"a\":" + "[".repeat(511) + "]".repeat(511) + "}";
        assertThat(read(deep).get("a")).isNotNull();
        assertThatExceptionOfType(WireException.class)
                .isThrownBy(() -> read("{\"a\":" + "[".repeat(512) + "]".repeat(512) + "}"))
                .withMessageContaining("nested more than 512 deep");
        StringBuilder wide = new StringBuilder("{");
        for (int i = 0; i < 1_001; i++) {
            wide.append(i == 0 ? "" : ",").append("\"k").append(i).append("\":1");
        }
        assertThatExceptionOfType(WireException.class)
                .isThrownBy(() -> read(wide.append('}').toString()))
                .withMessageContaining("more than 1000 members");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":{\"x\":1,\"x\":2}}", "{\"a\":{\"mod\\u0065l\":1}}"})
    void mindsNamesAtTheTopOnly(String body) {
        assertThat(read(body).names()).containsExactly("a");
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(WireBody wire) {
        return text(wire.edited(Map.of(), Map.of(), Set.of()));
    }

    @Test
    void givesAnotherBodyWithMembersSetAndRemoved() {
        WireBody wire = read(" {\"a\" : 1, \"b\":2,\"c\": \"\\u0041\" , \"d\":4} ");

        WireBody other = wire.with(Map.of("b", utf8("{ \"x\": 1.0 }"), "é", utf8("[]")), Set.of("a", "b", "none"));

        assertThat(text(other)).isEqualTo(" {\"b\":{ \"x\": 1.0 },\"c\": \"\\u0041\" , \"d\":4,\"é\":[]} ");
        assertThat(other.names()).containsExactly("b", "c", "d", "é");
        assertThat(other.raw("b")).extracting(Bytes::utf8).isEqualTo("{ \"x\": 1.0 }");
        assertThat(other.raw("c")).extracting(Bytes::utf8).isEqualTo("\"\\u0041\"");
        assertThat(other.raw("d")).extracting(Bytes::utf8).isEqualTo("4");
        assertThat(other.get("é")).isEqualTo(json("[]"));
        assertThat(other.get("a")).isNull();
        assertThat(other.dialect()).isEqualTo(Dialect.OPENAI_CHAT);
        assertThat(text(wire)).isEqualTo(" {\"a\" : 1, \"b\":2,\"c\": \"\\u0041\" , \"d\":4} ");
    }

    @Test
    void isItsOwnOtherBodyWhenNothingIsToDo() {
        WireBody wire = read("{\"a\":1}");

        assertThat(wire.with(Map.of(), Set.of("b"))).isSameAs(wire);
        assertThat(text(wire.with(Map.of(), Set.of("a")))).isEqualTo("{}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a|``",
                "a|`1,\"b\":2`",
                "a|`1}`",
                "a|`{\"b\":}`",
                "a|nul",
                "`a\"b`|1",
                "`a\\b`|1",
                "`a\tb`|1",
                "`a\uFFFDb`|1",
            })
    void takesNoMemberThatCouldNotBeReadAgain(String name, String text) {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> read("{\"a\":1}").with(Map.of(name, utf8(text)), Set.of()))
                .withMessageStartingWith("a member cannot be set: ");
    }
}
